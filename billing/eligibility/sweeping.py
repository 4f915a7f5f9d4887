"""Asking by itself: every night for the coming week's sessions, and through the day for first visits that come soon."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final, NamedTuple

from django.db import transaction

from billing.eligibility import asking, content, standing
from billing.eligibility.asking import Wanted
from billing.eligibility.facts import from_data
from billing.eligibility.standing import Standing
from billing.models import EligibilityCheck
from clients.models import Client, Coverage
from practice import clock, due
from practice.actors import Actor
from practice.models import Practice
from practice.tenancy.context import practice_context
from scheduling.models import Attendance

SWEEP: Final = "eligibility.sweep"
EVERY: Final = dt.timedelta(hours=1)
WEEK: Final = dt.timedelta(days=7)
SOON: Final = dt.timedelta(days=2)
NIGHT: Final = range(1, 5)  # hours of the practice's own clock
MOST: Final = 300  # questions of one round; the next round goes on
APART: Final = dt.timedelta(seconds=10)
REST: Final = dt.timedelta(hours=20)
S, A = EligibilityCheck.Status, Attendance.Status


class Visit(NamedTuple):
    """A session that is to come: whose, when, and the coverage it is booked with, if any."""

    client_id: int
    coverage_id: int | None
    on: dt.date


@due.handles(SWEEP)
def sweep(practice_id: int, object_id: str) -> None:
    """Plans the questions of this round, one after the other, and the next round."""
    with transaction.atomic(), practice_context(practice_id, phi=True):
        due.plan(SWEEP, practice_id=practice_id, object_id=object_id, due_at=clock.now() + EVERY)
        practice = Practice.objects.get(pk=practice_id)
        known = standing.load(clock.today(practice))
        if known.connection is None or not known.wishes.asks_by_itself:
            return
        is_night = clock.local(practice, clock.now()).hour in NIGHT
        wanted = to_ask(practice, known, is_night=is_night)[:MOST]
        times = [clock.now() + APART * place for place in range(len(wanted))]
        asking.plan(wanted, known, actor=Actor.system(practice_id), at=times)


def to_ask(practice: Practice, known: Standing, *, is_night: bool) -> list[Wanted]:
    """Whom to ask about now: at night the week's sessions, by day first visits alone. Six queries.

    Nobody is asked again while an answer to the same facts is good for the session's day.
    """
    coming = visits(practice, WEEK if is_night else SOON)
    new = _first_visits({one.client_id for one in coming})
    if not is_night:
        coming = [one for one in coming if one.client_id in new]
    people = {row.pk: row for row in Client.objects.filter(pk__in={one.client_id for one in coming})}
    plans = coverages(list(people))
    pairs: dict[int, tuple[Coverage, Visit]] = {}
    for one in coming:
        coverage = coverage_of(one, plans.get(one.client_id, []))
        if coverage is not None:
            pairs.setdefault(coverage.pk, (coverage, one))
    good = _good(list(pairs), known)
    wanted = []
    for pk, (coverage, one) in pairs.items():
        client = people[one.client_id]
        if known.why_not(coverage, client) or _is_known(good.get(pk), coverage, client, one.on, known):
            continue
        reason = EligibilityCheck.Reason.FIRST_VISIT if one.client_id in new else EligibilityCheck.Reason.SWEEP
        wanted.append(Wanted(coverage, client, one.on, reason))
    return wanted


def visits(practice: Practice, ahead: dt.timedelta) -> list[Visit]:
    """The coming sessions that an insurer would pay for, the soonest first."""
    now = clock.now()
    rows = Attendance.objects.filter(
        status=A.SCHEDULED, self_pay=False, session__starts_at__gte=now, session__starts_at__lt=now + ahead
    )
    found = rows.order_by("session__starts_at", "pk").values_list("client_id", "coverage_id", "session__starts_at")
    return [Visit(client, coverage, clock.local(practice, at).date()) for client, coverage, at in found]


def _first_visits(client_ids: set[int]) -> set[int]:
    """Of these clients those who were never here."""
    been = Attendance.objects.filter(client__in=client_ids, status__in=(A.HELD, A.CONFIRMED))
    return client_ids - set(been.values_list("client_id", flat=True).distinct())


def coverages(client_ids: Sequence[int]) -> dict[int, list[Coverage]]:
    """The coverages of these clients, the primary and latest first; one query."""
    rows = Coverage.objects.filter(client__in=client_ids).select_related("payer").order_by("rank", "-starts_on")
    found: dict[int, list[Coverage]] = {}
    for row in rows:
        found.setdefault(row.client_id, []).append(row)
    return found


def coverage_of(visit: Visit, plans: Sequence[Coverage]) -> Coverage | None:
    """The coverage of the booking, else the primary one that runs that day."""
    if visit.coverage_id is not None:
        return next((row for row in plans if row.pk == visit.coverage_id), None)
    primary = (row for row in plans if row.rank == Coverage.Rank.PRIMARY and row.starts_on <= visit.on)
    return next((row for row in primary if row.ends_on is None or row.ends_on >= visit.on), None)


def _good(coverage_ids: Sequence[int], known: Standing) -> dict[int, EligibilityCheck]:
    """By coverage, the last question that still counts: answered lately, or not answered within the day."""
    now = clock.now()
    since = now - dt.timedelta(days=known.wishes.good_for_days)
    rows = EligibilityCheck.objects.filter(coverage__in=coverage_ids, made_at__gte=since - REST).order_by("pk")
    kept = {}
    for row in rows:
        if (row.status == S.ANSWERED and row.checked_at and row.checked_at >= since) or (
            row.status in {S.FAILED, S.UNKNOWN} and row.made_at >= now - REST
        ):
            kept[row.coverage_id] = row
    return kept


def _is_known(
    check: EligibilityCheck | None, coverage: Coverage, client: Client, day: dt.date, known: Standing
) -> bool:
    """Whether the last question was about the same facts, and its answer reaches the day."""
    if check is None:
        return False
    if check.fingerprint != content.fingerprint(coverage, client, known.number_of(coverage.payer)):
        return False
    until = from_data(check.facts).until if check.status == S.ANSWERED else None
    return until is None or until >= day or check.outcome == EligibilityCheck.Outcome.INACTIVE
