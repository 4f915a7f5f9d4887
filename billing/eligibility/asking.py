"""Asking a payer about a coverage: by hand, many at once, when coverage is added or changed."""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.http import Http404

from billing.claims.batching import ring
from billing.eligibility import content, standing
from billing.eligibility.errors import EligibilityRefusedError
from billing.eligibility.standing import Standing
from billing.models import EligibilityCheck
from clients.models import Client, Coverage
from clients.policies import visible_clients
from practice import audit, clock, due, states
from practice.actors import Actor
from practice.models import Practice
from practice.records import today_of
from scheduling.models import Attendance

ASK: Final = "eligibility.ask"
MOST_AT_ONCE: Final = 200
_LETTERS: Final = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_TRACE: Final = 15
_AHEAD: Final = dt.timedelta(days=31)
_UNDER_WAY: Final = (EligibilityCheck.Status.READY, EligibilityCheck.Status.SENDING)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One coverage to ask about, for which day and why."""

    coverage: Coverage
    client: Client
    service_on: dt.date
    reason: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a click asked: its id, how many questions it made, and how many were left out, with the first reason."""

    together: uuid.UUID
    count: int
    left: int = 0
    why: str = ""


@transaction.atomic
def ask(*, actor: Actor, coverage_id: int) -> EligibilityCheck:
    """Asks about one coverage now, or gives the check under way; EligibilityRefusedError says what is missing."""
    actor.require("eligibility:edit")
    (wanted,) = _wanted(actor, [coverage_id]) or (None,)
    if wanted is None:
        raise Http404
    under_way = EligibilityCheck.objects.filter(coverage=coverage_id, status__in=_UNDER_WAY).first()
    if under_way is not None:
        return under_way
    known = standing.load(today_of(actor))
    if refusal := known.why_not(wanted.coverage, wanted.client):
        raise EligibilityRefusedError(refusal)
    (check,) = plan([wanted], known, actor=actor)
    return check


@transaction.atomic
def ask_many(*, actor: Actor, coverage_ids: Collection[int]) -> Asked:
    """Asks about many with one click, at most `MOST_AT_ONCE`; EligibilityRefusedError when none can be asked."""
    actor.require("eligibility:edit")
    if not coverage_ids:
        raise EligibilityRefusedError("Choose the clients whose insurance is to be verified.")
    if len(coverage_ids) > MOST_AT_ONCE:
        raise EligibilityRefusedError(f"At most {MOST_AT_ONCE} are verified at once. Choose fewer.")
    known, together = standing.load(today_of(actor)), uuid.uuid4()
    rows = _wanted(actor, coverage_ids)
    refusals = [why for one in rows if (why := known.why_not(one.coverage, one.client))]
    good = [one for one in rows if not known.why_not(one.coverage, one.client)]
    made = plan(good, known, actor=actor, together=together)
    if not made:
        raise EligibilityRefusedError(refusals[0] if refusals else "These are being asked already.")
    return Asked(together, len(made), len(rows) - len(made), refusals[0] if refusals else "")


def on_coverage(actor: Actor, coverage: Coverage) -> None:
    """Coverage was added or changed, in the caller's transaction: what was said about other facts counts no more.

    The payer is asked where it can be; where it cannot, nothing happens, and the page says what is missing.
    """
    today = today_of(actor)
    known = standing.load(today)
    client = coverage.client
    now = content.fingerprint(coverage, client, known.number_of(coverage.payer))
    current = EligibilityCheck.objects.filter(coverage=coverage, is_current=True).first()
    if current is not None and current.fingerprint != now:
        EligibilityCheck.objects.filter(pk=current.pk).update(is_current=False)
    is_over = coverage.ends_on is not None and coverage.ends_on < today
    is_known = current is not None and current.fingerprint == now
    if known.wishes.asks_by_itself and not is_over and not is_known and not known.why_not(coverage, client):
        day = min(max(today, coverage.starts_on), today + _AHEAD)
        plan([Wanted(coverage, client, day, EligibilityCheck.Reason.ADDED)], known, actor=actor)


def plan(
    wanted: Sequence[Wanted],
    known: Standing,
    *,
    actor: Actor,
    together: uuid.UUID | None = None,
    service_types: Sequence[str] = (),
    at: Iterable[dt.datetime] = (),
) -> list[EligibilityCheck]:
    """Makes the questions that are not under way yet and plans them: now, or one after the other at these times."""
    busy = EligibilityCheck.objects.filter(coverage__in=[one.coverage.pk for one in wanted], status__in=_UNDER_WAY)
    taken = set(busy.values_list("coverage_id", flat=True))
    types = list(service_types) or [known.wishes.service_type]
    rows = [_new(one, known, types, actor, together) for one in wanted if one.coverage.pk not in taken]
    EligibilityCheck.objects.bulk_create(rows, batch_size=500)
    states.record_first(rows, actor=actor)
    audit.record_many(audit.event("eligibility.asked", actor=actor, row=row, client_id=row.client_id) for row in rows)
    times = iter(at)
    for row in rows:
        _plan_one(row, next(times, None))
    return rows


def _plan_one(row: EligibilityCheck, at: dt.datetime | None) -> None:
    due.plan(ASK, practice_id=row.practice_id, object_id=row.pk, due_at=at or clock.now())
    if at is None:
        transaction.on_commit(lambda: ring(ASK, row.practice_id, row.pk), robust=True)


def _new(one: Wanted, known: Standing, types: list[str], actor: Actor, together: uuid.UUID | None) -> EligibilityCheck:
    return EligibilityCheck(
        client=one.client,
        coverage=one.coverage,
        payer=one.coverage.payer,
        reason=one.reason,
        service_on=one.service_on,
        service_types=types,
        fingerprint=content.fingerprint(one.coverage, one.client, known.number_of(one.coverage.payer)),
        trace="".join(secrets.choice(_LETTERS) for _ in range(_TRACE)),
        together=together,
        made_at=clock.now(),
        made_by_id=actor.user_id,
        made_by_name=actor.name,
    )


def _wanted(actor: Actor, coverage_ids: Collection[int]) -> list[Wanted]:
    """These coverages of clients the actor sees, each for the next session or today; three queries."""
    rows = Coverage.objects.filter(pk__in=coverage_ids, client__in=visible_clients(actor))
    found = list(rows.select_related("payer", "client").order_by("pk"))
    today = today_of(actor)
    following = _next_sessions([row.client_id for row in found])
    return [
        Wanted(row, row.client, _within(following.get(row.client_id, today), row, today), EligibilityCheck.Reason.HAND)
        for row in found
    ]


def _within(day: dt.date, coverage: Coverage, today: dt.date) -> dt.date:
    """A day on which the coverage runs by our record; today where the session is after its end."""
    if coverage.ends_on is not None and coverage.ends_on < day:
        return today
    return max(day, coverage.starts_on)


def _next_sessions(client_ids: Collection[int]) -> dict[int, dt.date]:
    """By client, the local day of the next session within a month; two queries."""
    now = clock.now()
    rows = Attendance.objects.filter(
        client__in=client_ids,
        status=Attendance.Status.SCHEDULED,
        session__starts_at__gte=now,
        session__starts_at__lt=now + _AHEAD,
    )
    pairs = list(rows.order_by("-session__starts_at").values_list("practice_id", "client_id", "session__starts_at"))
    if not pairs:
        return {}
    practice = Practice.objects.get(pk=pairs[0][0])
    return {client: clock.local(practice, starts_at).date() for _, client, starts_at in pairs}
