"""Moves a session in time or to another clinician, and takes that back."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.http import Http404

from practice import audit, clock
from practice.actors import Actor
from practice.models import AuditEvent, Practice
from scheduling import conflicts, locks, making, policies
from scheduling.errors import BookingRefusedError, DoubleBookedError
from scheduling.facts import LONGEST, SHORTEST, Span
from scheduling.models import Attendance, Session, SessionClinician

MOVED: Final = "session.moved"


@dataclass(frozen=True, slots=True)
class Change:
    """A session as it is now, and the record by which the change is taken back."""

    session: Session
    undo_id: uuid.UUID


@transaction.atomic
def move(
    *,
    actor: Actor,
    session_id: int,
    date: dt.date,
    time: dt.time,
    minutes: int,
    from_clinician_id: int | None = None,
    to_clinician_id: int | None = None,
) -> Change:
    """Gives the session another time or length, and hands it from one clinician to another where both are named."""
    practice = Practice.objects.get(pk=actor.practice_id)
    session = locks.session(actor, session_id)
    refuse_settled(session)
    span = Span.of(clock.instant(practice, date, time), minutes)
    people = _handed_over(clinicians_of(session), from_clinician_id, to_clinician_id)
    return place(actor=actor, practice=practice, session=session, span=span, clinician_ids=people)


@transaction.atomic
def undo_move(*, actor: Actor, session_id: int, undo_id: uuid.UUID) -> Change:
    """Puts the session back where it was before that move, unless it was changed since."""
    practice = Practice.objects.get(pk=actor.practice_id)
    session = locks.session(actor, session_id)
    event = undo_record(session, undo_id, MOVED)
    refuse_settled(session)
    if _where(session, clinicians_of(session)) != _read(event.after):
        raise BookingRefusedError("This session was changed again since. Move it by hand.")
    before = _read(event.before)
    span = Span(before["starts_at"], before["ends_at"])
    return place(actor=actor, practice=practice, session=session, span=span, clinician_ids=before["clinicians"])


def place(*, actor: Actor, practice: Practice, session: Session, span: Span, clinician_ids: Sequence[int]) -> Change:
    """Writes a locked session's time and clinicians after asking whether they are free."""
    if not SHORTEST <= span.minutes <= LONGEST:
        raise BookingRefusedError(f"A session takes {SHORTEST} to {LONGEST} minutes.", "minutes")
    before = _where(session, clinicians_of(session))
    _refuse_strangers(actor, set(clinician_ids) - set(before["clinicians"]))
    clients = clients_of(session)
    locks.people_and_room(clinician_ids, session.room_id, clients)
    refuse_taken(actor, practice, session, span, clinician_ids, client_ids=clients)
    with making.the_constraint_in_words(actor, practice, [span], clinician_ids, session.room_id):
        write(session, span, clinician_ids)
    making.renew_coverage([session], practice)
    undo_id = audit.record(
        MOVED,
        actor=actor,
        row=session,
        client_id=only_client(session),
        before=before,
        after=_where(session, clinician_ids),
    )
    return Change(session, undo_id)


def write(session: Session, span: Span, clinician_ids: Sequence[int]) -> None:
    """Saves the time on the session and on its clinicians' parts, and who they are."""
    session.starts_at, session.ends_at = span.starts_at, span.ends_at
    session.save(update_fields=["starts_at", "ends_at", "occupies"])
    parts = {part.clinician_id: part for part in session.session_clinicians.all()}
    gone = [part.pk for clinician_id, part in parts.items() if clinician_id not in clinician_ids]
    SessionClinician.objects.filter(pk__in=gone).delete()
    for number, clinician_id in enumerate(clinician_ids):
        part = parts.get(clinician_id) or SessionClinician(session=session, clinician_id=clinician_id)
        part.starts_at, part.ends_at, part.occupies = span.starts_at, span.ends_at, session.occupies
        part.is_lead = number == 0
        part.save()


def refuse_taken(
    actor: Actor,
    practice: Practice,
    session: Session,
    span: Span,
    clinician_ids: Sequence[int],
    *,
    client_ids: Sequence[int],
) -> None:
    """DoubleBookedError with its sentence when a clinician, the session's room or a client has something else then."""
    taken = conflicts.find([span], clinician_ids, session.room_id, client_ids, except_ids=[session.pk])
    hits = conflicts.against(span, taken)
    if hits:
        raise DoubleBookedError(conflicts.sentence(actor, practice, hits[0]), hits[0].field)


def refuse_settled(session: Session) -> None:
    """BookingRefusedError for a session that is canceled, or confirmed and so billed as it was."""
    if not session.occupies:
        raise BookingRefusedError("This session is canceled. Restore it first.")
    if session.attendances.filter(status=Attendance.Status.CONFIRMED).exists():
        raise BookingRefusedError("This session is confirmed. Undo the confirmation on the billing day first.")


def undo_record(session: Session, undo_id: uuid.UUID, *actions: str) -> AuditEvent:
    """The record of a change of this session; Http404 when there is none."""
    rows = AuditEvent.objects.filter(kind=session._meta.label_lower, object_id=str(session.pk), action__in=actions)
    event = rows.filter(pk=undo_id).first()
    if event is None:
        raise Http404
    return event


def clinicians_of(session: Session) -> list[int]:
    """The ids of the session's clinicians, who leads first."""
    parts = session.session_clinicians.order_by("-is_lead", "pk")
    return list(parts.values_list("clinician_id", flat=True))


def clients_of(session: Session) -> list[int]:
    """The ids of the clients who come, whoever canceled for themselves left out."""
    gone = (Attendance.Status.CANCELED, Attendance.Status.LATE_CANCELED)
    return list(session.attendances.exclude(status__in=gone).order_by("pk").values_list("client_id", flat=True))


def only_client(session: Session) -> int | None:
    """The client's id where there is exactly one."""
    found = list(session.attendances.values_list("client_id", flat=True)[:2])
    return found[0] if len(found) == 1 else None


def _handed_over(people: list[int], from_id: int | None, to_id: int | None) -> list[int]:
    if from_id is None or to_id is None or from_id == to_id:
        return people
    if to_id in people:
        raise BookingRefusedError("That clinician is in this session already.")
    return [to_id if person == from_id else person for person in people]


def _refuse_strangers(actor: Actor, clinician_ids: set[int]) -> None:
    if policies.bookable_clinicians(actor).filter(pk__in=clinician_ids).count() != len(clinician_ids):
        raise BookingRefusedError("You may book for yourself only.", "clinicians")


def _where(session: Session, clinician_ids: Sequence[int]) -> dict[str, Any]:
    return {"starts_at": session.starts_at, "ends_at": session.ends_at, "clinicians": list(clinician_ids)}


def _read(facts: Any) -> dict[str, Any]:
    moments = {name: dt.datetime.fromisoformat(facts[name]) for name in ("starts_at", "ends_at")}
    return moments | {"clinicians": list(facts["clinicians"])}
