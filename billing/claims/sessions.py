"""Which claims ask for which sessions, and how a session is taken off a claim that others stand on too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db.models import QuerySet

from billing.claims import events
from billing.models import Claim, ClaimEvent, ClaimLine, ClaimSession
from billing.models.claim_session import sessions_of
from practice import audit
from practice.actors import Actor
from practice.money import total
from practice.templatetags.caseload import day, money


def asking_for(attendance_ids: Collection[int]) -> QuerySet[Claim]:
    """The claims that ask for any of these sessions."""
    rows = ClaimSession.objects.filter(attendance__in=list(attendance_ids))
    return Claim.objects.filter(pk__in=rows.values("claim"))


def sessions_by_claim(claim_ids: Collection[int]) -> dict[int, list[int]]:
    """The sessions of each claim, in the order in which they stand on it; one query."""
    found: dict[int, list[int]] = {}
    rows = ClaimSession.objects.filter(claim__in=list(claim_ids)).order_by("pk")
    for claim_id, attendance_id in rows.values_list("claim_id", "attendance_id"):
        found.setdefault(claim_id, []).append(attendance_id)
    return found


def copy_sessions(pairs: Iterable[tuple[Claim, Claim]]) -> None:
    """Lets new claims ask for the sessions of those they come from or stand in place of; two statements."""
    known = list(pairs)
    asked = sessions_by_claim([before.pk for before, _ in known])
    record_sessions((after, asked.get(before.pk, [before.attendance_id])) for before, after in known)


def record_sessions(found: Iterable[tuple[Claim, Iterable[int]]]) -> None:
    """Writes down which sessions new claims ask for, in one statement."""
    rows = [session for claim, attendance_ids in found for session in sessions_of(claim, attendance_ids)]
    ClaimSession.objects.bulk_create(rows, batch_size=1000)


def take_off(claims: Sequence[Claim], attendance_ids: Collection[int], *, actor: Actor, reason: str) -> None:
    """Takes sessions off locked claims that keep others: lines go, and what is said of them all follows.

    A constant number of statements. The numbers of the lines that stay are what they were.
    """
    gone = set(attendance_ids)
    ids = [claim.pk for claim in claims]
    left, taken = _lines(ids, gone)
    for claim in claims:
        _shorten(claim, left[claim.pk])
    ClaimLine.objects.filter(pk__in=[line.pk for lines in taken.values() for line in lines]).delete()
    ClaimSession.objects.filter(claim__in=ids, attendance__in=gone).delete()
    changed = ["attendance", "total", "service_on", "served_until", "session_count", "file_by"]
    Claim.objects.bulk_update(claims, changed, batch_size=500)
    _tell(claims, taken, actor, reason)


def _lines(claim_ids: Collection[int], gone: set[int]) -> tuple[dict[int, list[ClaimLine]], dict[int, list[ClaimLine]]]:
    """The lines of each claim that stay, and those that go."""
    left: dict[int, list[ClaimLine]] = {pk: [] for pk in claim_ids}
    taken: dict[int, list[ClaimLine]] = {pk: [] for pk in claim_ids}
    rows = ClaimLine.objects.filter(claim__in=list(claim_ids)).select_related("charge").order_by("claim_id", "position")
    for line in rows:
        (taken if line.charge.attendance_id in gone else left)[line.claim_id].append(line)
    return left, taken


def _shorten(claim: Claim, lines: Sequence[ClaimLine]) -> None:
    """What a claim says of all its sessions, from the lines that stay; its deadline moves with its first day."""
    first, last = min(line.service_on for line in lines), max(line.service_on for line in lines)
    if claim.file_by is not None:
        claim.file_by += first - claim.service_on
    claim.attendance_id = next(line.charge.attendance_id for line in lines if line.service_on == first)
    claim.total = total(line.amount for line in lines)
    claim.service_on, claim.served_until = first, _later(last, first)
    claim.session_count = len({line.charge.attendance_id for line in lines})


def _later(last: dt.date, first: dt.date) -> dt.date | None:
    return last if last > first else None


def _tell(claims: Sequence[Claim], taken: Mapping[int, Sequence[ClaimLine]], actor: Actor, reason: str) -> None:
    said = {claim.pk: f"{_said(taken[claim.pk])}\n{reason}" for claim in claims}
    kind, title = ClaimEvent.Kind.CORRECTED, "Taken off the claim"
    events.record(events.event(claim, kind, title, actor=actor, detail=said[claim.pk]) for claim in claims)
    audit.record_many(
        audit.event(
            "claim.session_taken_off", actor=actor, row=claim, client_id=claim.client_id, after={"what": said[claim.pk]}
        )
        for claim in claims
    )


def _said(lines: Sequence[ClaimLine]) -> str:
    """`90834 of Fri, Oct 9, $150.00`, a line each."""
    return "\n".join(f"{line.code} of {day(line.service_on)}, {money(line.amount)}" for line in lines)
