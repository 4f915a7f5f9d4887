"""Who comes to a session, and what happened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import ProtectedError
from django.http import Http404

from practice import audit, clock, states
from practice.actors import Actor
from practice.models import Practice
from scheduling import booking, canceling, conflicts, locks, making, moving, policies, vouching
from scheduling.errors import AttendanceRefusedError, DoubleBookedError
from scheduling.facts import Span
from scheduling.models import Attendance, Session
from scheduling.words import date_words

SETTABLE: Final = ("scheduled", "held", "late_canceled", "no_show", "canceled")
OF_THE_DAY: Final = frozenset({"held", "no_show"})


@transaction.atomic
def set_status(*, actor: Actor, attendance_id: int, status: str, reason: str = "") -> Attendance:
    """Says what happened. The session's time is free once nobody is left in it who comes.

    Raises AttendanceRefusedError when the state does not lead there, DoubleBookedError when the time was given away.
    """
    practice = Practice.objects.get(pk=actor.practice_id)
    session, attendance = locked(actor, attendance_id)
    if status not in SETTABLE:
        raise AttendanceRefusedError("Sessions are confirmed on the billing day.")
    if attendance.status == Attendance.Status.CONFIRMED:
        raise AttendanceRefusedError("This attendance is confirmed. Undo the confirmation on the billing day first.")
    before = attendance.status
    if status == before:
        return attendance
    _refuse_before_the_day(practice, session, status)
    try:
        states.transition(attendance, status, actor=actor, reason=reason)
    except states.InvalidTransitionError as error:
        raise AttendanceRefusedError(_not_from(attendance, status)) from error
    if before in canceling.FREEING and status not in canceling.FREEING:
        _refuse_elsewhere(actor, practice, [session], attendance.client_id)
    canceling.free_or_take(actor, practice, session)
    _record("attendance.changed", actor, attendance, before=before, after=status)
    vouching.lapse(attendance, actor=actor)
    return attendance


@transaction.atomic
def add_client(*, actor: Actor, session_id: int, client_id: int, following: bool = False) -> list[Attendance]:
    """Takes a client into a group: this session, or this and the later ones of its series."""
    practice = Practice.objects.get(pk=actor.practice_id)
    session = locks.session(actor, session_id)
    moving.refuse_settled(session)
    _refuse_other_kinds(session)
    booking.refuse_strange_clients(actor, (client_id,))
    rows = [session, *_later(session)] if following else [session]
    locks.people_and_room((), None, (client_id,))
    present = Attendance.objects.filter(session__in=[row.pk for row in rows], client_id=client_id)
    there = set(present.values_list("session_id", flat=True))
    if session.pk in there and not following:
        raise AttendanceRefusedError("This client is in the group already.", "clients")
    free = [row for row in rows if row.pk not in there]
    _refuse_full(session)
    _refuse_elsewhere(actor, practice, free, client_id)
    made = making.add_attendances([client_id], free, practice=practice, actor=actor)
    after = {"client": client_id, "sessions": [row.pk for row in free]}
    audit.record("session.client_added", actor=actor, row=session, client_id=client_id, after=after)
    return made


@transaction.atomic
def remove_client(*, actor: Actor, attendance_id: int) -> Session:
    """Takes somebody out of a group who was to come and of whom nothing is recorded yet."""
    session, attendance = locked(actor, attendance_id)
    _refuse_other_kinds(session)
    if attendance.status != Attendance.Status.SCHEDULED:
        raise AttendanceRefusedError("Something is recorded of this attendance already. Cancel it instead.")
    before, client_id = audit.snapshot(attendance), attendance.client_id
    try:
        attendance.delete()
    except ProtectedError as error:
        raise AttendanceRefusedError("There is a note of this attendance. Cancel it instead.") from error
    audit.record("session.client_removed", actor=actor, row=session, client_id=client_id, before=before)
    return session


def session_id_of(actor: Actor, attendance_id: int) -> int:
    """Which session an attendance belongs to; Http404 when the actor may not see it."""
    found = policies.visible_attendances(actor).filter(pk=attendance_id).values_list("session_id", flat=True).first()
    if found is None:
        raise Http404
    return found


def locked(actor: Actor, attendance_id: int) -> tuple[Session, Attendance]:
    """An attendance and its session, both locked; Http404 when not visible, PermissionDenied when not to be changed."""
    found = policies.visible_attendances(actor).filter(pk=attendance_id).first()
    if found is None:
        raise Http404
    if not actor.may("calendar:edit", "billing:edit"):
        _refuse_others(actor, found)
    rows = Session.objects.filter(pk=found.session_id)
    session = locks.sessions(rows)[0]
    return session, locks.attendances(Attendance.objects.filter(pk=found.pk))[0]


def _refuse_others(actor: Actor, attendance: Attendance) -> None:
    actor.require("calendar:own")
    if not policies.changeable_sessions(actor).filter(pk=attendance.session_id).exists():
        raise PermissionDenied("You may change your own sessions only.")


def _not_from(attendance: Attendance, status: str) -> str:
    wanted = Attendance.Status(status).label.lower()
    return f"What is {attendance.get_status_display().lower()} cannot become {wanted}."


def _refuse_other_kinds(session: Session) -> None:
    if session.kind != Session.Kind.GROUP:
        raise AttendanceRefusedError("Only a group has clients who come and go. Book a session of their own.")


def _refuse_full(session: Session) -> None:
    seats = session.room.seats if session.room else None
    coming = session.attendances.exclude(status__in=canceling.FREEING).count()
    if seats is not None and coming >= seats:
        raise AttendanceRefusedError(f"{session.room} has {seats} seats, and all are taken.")


def _refuse_elsewhere(actor: Actor, practice: Practice, rows: Sequence[Session], client_id: int) -> None:
    """DoubleBookedError, with its date, for the first of the sessions at whose time the client has another."""
    spans = [Span(row.starts_at, row.ends_at) for row in rows]
    taken = conflicts.find(spans, (), None, (client_id,), except_ids=[row.pk for row in rows])
    hits = [hit for span in spans for hit in conflicts.against(span, taken)]
    if hits:
        day = date_words(clock.local(practice, hits[0].span.starts_at).date(), clock.today(practice))
        raise DoubleBookedError(f"{day}: {conflicts.sentence(actor, practice, hits[0])}", "clients")


def _refuse_before_the_day(practice: Practice, session: Session, status: str) -> None:
    day, today = clock.local(practice, session.starts_at).date(), clock.today(practice)
    if status in OF_THE_DAY and day > today:
        raise AttendanceRefusedError(f"This session is on {date_words(day, today)}. Say then what happened.")


def _later(session: Session) -> list[Session]:
    rows = Session.objects.filter(series_id=session.series_id or 0, starts_at__gt=session.starts_at, occupies=True)
    return locks.sessions(rows)


def _record(action: str, actor: Actor, attendance: Attendance, *, before: str, after: str) -> None:
    audit.record(
        action,
        actor=actor,
        row=attendance,
        client_id=attendance.client_id,
        before={"status": before},
        after={"status": after},
    )
