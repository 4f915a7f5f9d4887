"""Cancels a session or the rest of its series, which frees the time, and restores what was canceled."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet

from practice import audit, clock, due, states
from practice.actors import Actor
from practice.models import Practice, PracticeSettings
from scheduling import locks, making, moving, series
from scheduling.errors import BookingRefusedError
from scheduling.facts import Span
from scheduling.models import Attendance, Series, Session, SessionClinician

CANCELED: Final = "session.canceled"
REST_CANCELED: Final = "series.canceled"
FREEING: Final = (Attendance.Status.CANCELED, Attendance.Status.LATE_CANCELED)


@dataclass(frozen=True, slots=True)
class Cancellation:
    """What was canceled, whether as a late cancel, and the record by which it is taken back."""

    session: Session
    count: int
    is_late: bool
    undo_id: uuid.UUID


def is_late(session: Session, at: dt.datetime) -> bool:
    """Whether a cancellation then is late by the practice's rule; it is offered, and a person may decide otherwise."""
    hours = PracticeSettings.objects.values_list("late_cancel_hours", flat=True).first()
    return at > session.starts_at - dt.timedelta(hours=24 if hours is None else hours)


@transaction.atomic
def cancel(
    *, actor: Actor, session_id: int, reason: str = "", late: bool | None = None, following: bool = False
) -> Cancellation:
    """Cancels for everybody in it. `late` None asks the practice's rule; `following` cancels the rest of the series."""
    session = locks.session(actor, session_id)
    moving.refuse_settled(session)
    decided = is_late(session, clock.now()) if late is None else late
    gone = _cancel([session], decided, actor, reason)
    facts: dict[str, object] = {"attendances": gone}
    later = 0
    if following and session.series is not None:
        rest = _cancel_rest(actor, session, session.series, reason)
        later = len(rest["sessions"]) - 1
        facts = rest | {"attendances": [*gone, *rest["attendances"]]}
    after = {"sessions": [session.pk], "late": decided, "reason": reason} | facts
    action = REST_CANCELED if "series_ended_on" in facts else CANCELED
    undo_id = audit.record(action, actor=actor, row=session, client_id=moving.only_client(session), after=after)
    return Cancellation(session, 1 + later, decided, undo_id)


@transaction.atomic
def undo_cancel(*, actor: Actor, session_id: int, undo_id: uuid.UUID) -> int:
    """Takes a cancellation back, the rest of the series with it; how many sessions are on the calendar again."""
    practice = Practice.objects.get(pk=actor.practice_id)
    session = locks.session(actor, session_id)
    event = moving.undo_record(session, undo_id, CANCELED, REST_CANCELED)
    facts: dict[str, Any] = event.after or {}
    rows = locks.sessions(Session.objects.filter(pk__in=facts["sessions"], occupies=False))
    _restore(actor, practice, rows, facts["attendances"])
    if event.action == REST_CANCELED and session.series is not None:
        _reopen(practice, session.series, facts)
    audit.record("session.restored", actor=actor, row=session, after={"sessions": [row.pk for row in rows]})
    return len(rows)


@transaction.atomic
def restore(*, actor: Actor, session_id: int) -> Session:
    """Puts a canceled session back on the calendar, with everybody who was canceled."""
    practice = Practice.objects.get(pk=actor.practice_id)
    session = locks.session(actor, session_id)
    if session.occupies:
        raise BookingRefusedError("This session is on the calendar already.")
    canceled = session.attendances.filter(status__in=FREEING)
    _restore(actor, practice, [session], list(canceled.values_list("pk", flat=True)))
    audit.record("session.restored", actor=actor, row=session, after={"sessions": [session.pk]})
    return session


def free_or_take(actor: Actor, practice: Practice, session: Session) -> None:
    """Lets the time go when nobody is left who comes, and takes it again, if it is free, when somebody does."""
    statuses = list(session.attendances.values_list("status", flat=True))
    occupies = not statuses or any(status not in FREEING for status in statuses)
    if occupies == session.occupies:
        return
    if occupies:
        _refuse_taken(actor, practice, [session], {session.pk: moving.clients_of(session)})
    _occupy([session], actor, practice, occupies=occupies)


def _cancel(rows: Sequence[Session], late: bool, actor: Actor, reason: str) -> list[int]:
    """The ids of the attendances that were canceled with the sessions."""
    attendances = locks.attendances(Attendance.objects.filter(session__in=[row.pk for row in rows]))
    status = Attendance.Status.LATE_CANCELED if late else Attendance.Status.CANCELED
    going = [row for row in attendances if row.status not in FREEING]
    states.transition_many(going, status, actor=actor, reason=reason)
    ids = [row.pk for row in rows]
    Session.objects.filter(pk__in=ids).update(occupies=False)
    SessionClinician.objects.filter(session_id__in=ids).update(occupies=False)
    for row in rows:
        row.occupies = False
    return [row.pk for row in going]


def _cancel_rest(actor: Actor, session: Session, old: Series, reason: str) -> dict[str, Any]:
    """Cancels what follows and is not confirmed, and ends the series."""
    practice = Practice.objects.get(pk=actor.practice_id)
    rows = locks.sessions(_open_after(session))
    gone = _cancel(rows, False, actor, reason)
    was = old.ends_on
    old.ends_on = max(clock.local(practice, session.starts_at).date() - dt.timedelta(days=1), old.starts_on)
    old.save(update_fields=["ends_on"])
    due.done(series.KIND, practice_id=practice.pk, object_id=old.pk)
    return {
        "sessions": [session.pk, *(row.pk for row in rows)],
        "attendances": gone,
        "series_ended_on": old.ends_on,
        "series_was_until": was,
    }


def _open_after(session: Session) -> QuerySet[Session]:
    later = Session.objects.filter(series_id=session.series_id or 0, starts_at__gt=session.starts_at, occupies=True)
    confirmed = Attendance.objects.filter(session__in=later.values("pk"), status=Attendance.Status.CONFIRMED)
    return later.exclude(pk__in=confirmed.values("session_id"))


def _restore(actor: Actor, practice: Practice, rows: Sequence[Session], attendance_ids: Sequence[int]) -> None:
    canceled = Attendance.objects.filter(pk__in=attendance_ids, status__in=FREEING)
    coming: dict[int, list[int]] = {}
    for session_id, client_id in canceled.values_list("session_id", "client_id"):
        coming.setdefault(session_id, []).append(client_id)
    _refuse_taken(actor, practice, rows, coming)
    states.transition_many(locks.attendances(canceled), Attendance.Status.SCHEDULED, actor=actor)
    _occupy(rows, actor, practice, occupies=True)


def _refuse_taken(
    actor: Actor, practice: Practice, rows: Sequence[Session], clients: Mapping[int, Sequence[int]]
) -> None:
    for row in rows:
        people = moving.clinicians_of(row)
        coming = clients.get(row.pk, [])
        locks.people_and_room(people, row.room_id, coming)
        moving.refuse_taken(actor, practice, row, Span(row.starts_at, row.ends_at), people, client_ids=coming)


def _occupy(rows: Sequence[Session], actor: Actor, practice: Practice, *, occupies: bool) -> None:
    ids = [row.pk for row in rows]
    spans = [Span(row.starts_at, row.ends_at) for row in rows]
    people = list(SessionClinician.objects.filter(session_id__in=ids).values_list("clinician_id", flat=True))
    with making.the_constraint_in_words(actor, practice, spans, people, rows[0].room_id if rows else None):
        Session.objects.filter(pk__in=ids).update(occupies=occupies)
        SessionClinician.objects.filter(session_id__in=ids).update(occupies=occupies)
    for row in rows:
        row.occupies = occupies


def _reopen(practice: Practice, row: Series, facts: dict[str, Any]) -> None:
    until = facts["series_was_until"]
    row.ends_on = dt.date.fromisoformat(until) if until else None
    row.save(update_fields=["ends_on"])
    series.plan(practice, row)
