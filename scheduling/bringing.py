"""Sessions of a former system, many at once: its history, and what is still to come; and taking them back.

History was billed there. It is confirmed with what it cost, makes no charge and no claim, and needs no note here.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.db.models import ProtectedError

from practice import audit, clock, states
from practice.actors import Actor
from practice.money import ZERO
from scheduling import locks
from scheduling.errors import BookingRefusedError
from scheduling.facts import LONGEST, Span
from scheduling.models import Attendance, AttendanceAddOn, Session, SessionClinician

_BATCH: Final = 100  # the driver takes short statements apart faster, value by value
_FREEING: Final = frozenset({"canceled", "late_canceled"})
_CONFIRMED: Final = Attendance.Status.CONFIRMED


@dataclass(frozen=True, slots=True)
class Part:
    """One client's part: what happened, and what the former system billed or what is planned."""

    client_id: int
    status: str
    fee: Decimal = ZERO
    coverage_id: int | None = None
    diagnoses: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    units: int = 1
    place_of_service: str = ""
    supervising_id: int | None = None
    add_ons: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Former:
    """One session. `is_history`: it was billed in the former system; `has_time`: more than its day is known."""

    span: Span
    clinician_id: int
    service_id: int
    kind: str
    parts: tuple[Part, ...]
    is_history: bool
    location_id: int | None = None
    telehealth: bool = False
    note: str = ""
    has_time: bool = True
    title: str = ""


@dataclass
class _Taken:
    """A clinician's time by its start; history may stand beside what is there, the rest may not."""

    spans: list[tuple[dt.datetime, dt.datetime]] = field(default_factory=list)

    def hits(self, span: Span) -> bool:
        at = bisect_left(self.spans, (span.ends_at, span.ends_at))
        reach = span.starts_at - dt.timedelta(minutes=LONGEST)
        while at > 0 and self.spans[at - 1][0] >= reach:
            at -= 1
            if self.spans[at][1] > span.starts_at:
                return True
        return False

    def add(self, span: Span) -> None:
        one = (span.starts_at, span.ends_at)
        self.spans.insert(bisect_left(self.spans, one), one)


@transaction.atomic
def bring_over(*, actor: Actor, sessions: Sequence[Former], reason: str) -> list[Session | None]:
    """Makes the sessions, each in its place; None for one whose clinician has something else at that time.

    History keeps its time only where it is free, because a former system may have two at once.
    """
    actor.require("calendar:edit")
    if any(one.is_history for one in sessions):
        actor.require("billing:edit")
    taken = _taken(sessions)
    answers: list[Session | None] = [_session(one, taken[one.clinician_id]) for one in sessions]
    pairs = [(row, one) for row, one in zip(answers, sessions, strict=True) if row is not None]
    Session.objects.bulk_create([row for row, _ in pairs], batch_size=_BATCH)
    SessionClinician.objects.bulk_create([_clinician(row, one) for row, one in pairs], batch_size=_BATCH)
    _add_parts(actor, pairs, reason)
    audit.record("sessions.brought_over", actor=actor, after=_said([row for row, _ in pairs], reason))
    return answers


@transaction.atomic
def take_back(*, actor: Actor, ids: Collection[int]) -> int:
    """Removes sessions that were brought over. BookingRefusedError when one was confirmed, billed or noted since."""
    actor.require("calendar:edit")
    rows = locks.sessions(Session.objects.filter(pk__in=ids))
    parts = locks.attendances(Attendance.objects.filter(session__in=[row.pk for row in rows]))
    for part in parts:
        if part.status == _CONFIRMED and not part.brought_over:
            raise BookingRefusedError("A session that was brought over has been confirmed here since. Undo that first.")
    audit.record("sessions.taken_back", actor=actor, before=_said(rows, ""))
    try:
        AttendanceAddOn.objects.filter(attendance__in=[part.pk for part in parts]).delete()
        Session.objects.filter(pk__in=[row.pk for row in rows]).delete()
    except ProtectedError as error:
        words = "A session that was brought over has been billed or documented here since. Undo that first."
        raise BookingRefusedError(words) from error
    return len(rows)


def _taken(sessions: Sequence[Former]) -> dict[int, _Taken]:
    found: dict[int, _Taken] = defaultdict(_Taken)
    if not sessions:
        return found
    reach = dt.timedelta(minutes=LONGEST)
    ids = {one.clinician_id for one in sessions}
    locks.people_and_room(ids, None)
    rows = SessionClinician.objects.filter(
        clinician__in=ids,
        occupies=True,
        starts_at__gte=min(one.span.starts_at for one in sessions) - reach,
        starts_at__lt=max(one.span.ends_at for one in sessions),
    )
    for clinician_id, starts_at, ends_at in rows.values_list("clinician_id", "starts_at", "ends_at"):
        found[clinician_id].add(Span(starts_at, ends_at))
    return found


def _session(one: Former, taken: _Taken) -> Session | None:
    frees = all(part.status in _FREEING for part in one.parts)
    is_taken = not frees and one.has_time and taken.hits(one.span)
    if is_taken and not one.is_history:
        return None
    occupies = not (frees or is_taken) and one.has_time
    if occupies:
        taken.add(one.span)
    return Session(
        kind=one.kind,
        title=one.title,
        service_id=one.service_id,
        starts_at=one.span.starts_at,
        ends_at=one.span.ends_at,
        location_id=one.location_id,
        telehealth=one.telehealth,
        occupies=occupies,
        note=one.note,
        made_at=clock.now(),
    )


def _clinician(row: Session, one: Former) -> SessionClinician:
    return SessionClinician(
        session=row,
        clinician_id=one.clinician_id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        occupies=row.occupies,
    )


def _add_parts(actor: Actor, pairs: Sequence[tuple[Session, Former]], reason: str) -> None:
    parts = [(row, one, part) for row, one in pairs for part in one.parts]
    rows = [_attendance(row, one, part, actor) for row, one, part in parts]
    made = Attendance.objects.bulk_create(rows, batch_size=_BATCH)
    states.record_first(made, actor=actor, reason=reason)
    add_ons = [
        AttendanceAddOn(attendance=row, service_id=number)
        for row, (_, _, part) in zip(made, parts, strict=True)
        for number in part.add_ons
    ]
    AttendanceAddOn.objects.bulk_create(add_ons, batch_size=_BATCH)


def _attendance(row: Session, one: Former, part: Part, actor: Actor) -> Attendance:
    is_closed = one.is_history and part.status != Attendance.Status.CANCELED
    closed = {
        "outcome": part.status, "fee": part.fee, "confirmed_at": clock.now(), "confirmed_by_id": actor.user_id,
        "rendering_id": one.clinician_id,
    }  # fmt: skip
    was_held = part.status == Attendance.Status.HELD
    return Attendance(
        session=row,
        client_id=part.client_id,
        status=_CONFIRMED if is_closed else part.status,
        service_id=one.service_id,
        coverage_id=part.coverage_id,
        self_pay=part.coverage_id is None,
        actual_start=row.starts_at if was_held and one.has_time else None,
        actual_stop=row.ends_at if was_held and one.has_time else None,
        diagnoses=list(part.diagnoses),
        modifiers=list(part.modifiers),
        units=part.units,
        place_of_service=part.place_of_service,
        supervising_id=part.supervising_id,
        brought_over=is_closed,
        **(closed if is_closed else {}),
    )


def _said(rows: Sequence[Session], reason: str) -> dict[str, object]:
    """Which sessions, and from when to when; their states stand in the table of states."""
    days = [row.starts_at for row in rows]
    facts: dict[str, object] = {"sessions": [row.pk for row in rows], "reason": reason}
    return facts | ({"first": min(days), "last": max(days)} if days else {})
