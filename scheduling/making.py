"""Writes sessions with their clinicians and attendances, many at once; the callers have asked for conflicts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from clients.models import Coverage
from practice import clock, states
from practice.actors import Actor
from practice.errors.database import constraint_of
from practice.models import Practice
from practice.overlaps import sharing_a_day
from scheduling import conflicts
from scheduling.errors import DoubleBookedError
from scheduling.facts import Booking, Span
from scheduling.models import Attendance, Series, Session, SessionClinician

_DOUBLE = {conflicts.CLINICIAN_TAKEN, conflicts.ROOM_TAKEN}


def sessions(
    booking: Booking, spans: Sequence[Span], *, practice: Practice, actor: Actor, series: Series | None = None
) -> list[Session]:
    """One session per span, with its rows, in a fixed number of statements."""
    moment = clock.now()
    made = Session.objects.bulk_create([_session(booking, span, moment, series) for span in spans], batch_size=200)
    SessionClinician.objects.bulk_create(
        [part for session in made for part in _parts(session, booking.clinician_ids)], batch_size=500
    )
    add_attendances(booking.client_ids, made, others=booking.others, practice=practice, actor=actor)
    return made


def add_attendances(
    client_ids: Sequence[int], made: Sequence[Session], *, practice: Practice, actor: Actor, others: str = ""
) -> list[Attendance]:
    """An attendance of each client in each session, with the primary coverage of the day or as self-pay."""
    if not client_ids or not made:
        return []
    coverages = _primary(client_ids, practice, made)
    rows = [
        _attendance(session, client_id, coverages.get(client_id, []), practice, others)
        for session in made
        for client_id in client_ids
    ]
    created = Attendance.objects.bulk_create(rows, batch_size=500)
    states.record_first(created, actor=actor)
    return created


def renew_coverage(moved: Sequence[Session], practice: Practice) -> None:
    """Gives attendances whose coverage does not run on their new day the one that does, or none."""
    open_states = (Attendance.Status.SCHEDULED, Attendance.Status.HELD)
    rows = Attendance.objects.filter(session__in=[session.pk for session in moved], status__in=open_states)
    insured = list(rows.filter(coverage__isnull=False).select_related("session"))
    if not insured:
        return
    coverages = _primary([row.client_id for row in insured], practice, moved)
    for row in insured:
        row.coverage = _running(coverages.get(row.client_id, []), row.session, practice)
        row.self_pay = row.coverage is None
    Attendance.objects.bulk_update(insured, ["coverage", "self_pay"], batch_size=200)


@contextmanager
def the_constraint_in_words(
    actor: Actor, practice: Practice, spans: Sequence[Span], clinician_ids: Sequence[int], room_id: int | None
) -> Iterator[None]:
    """Turns the database's refusal of a double booking into the sentence that asking beforehand gives."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if constraint_of(error) not in _DOUBLE:
            raise
        taken = conflicts.find(spans, clinician_ids, room_id)
        hits = [hit for span in spans for hit in conflicts.against(span, taken)]
        words = conflicts.sentence(actor, practice, hits[0]) if hits else "That time was taken a moment ago."
        raise DoubleBookedError(words, "time") from error


def _session(booking: Booking, span: Span, moment: dt.datetime, series: Series | None) -> Session:
    return Session(
        kind=booking.kind,
        title=booking.title,
        service_id=booking.service_id,
        starts_at=span.starts_at,
        ends_at=span.ends_at,
        location_id=booking.location_id,
        room_id=booking.room_id,
        telehealth=booking.telehealth,
        series=series,
        note=booking.note,
        made_at=moment,
        made_on_billing_day=booking.made_on_billing_day,
    )


def _parts(session: Session, clinician_ids: Sequence[int]) -> list[SessionClinician]:
    return [
        SessionClinician(
            session=session,
            clinician_id=clinician_id,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            is_lead=place == 0,
        )
        for place, clinician_id in enumerate(clinician_ids)
    ]


def _primary(client_ids: Sequence[int], practice: Practice, made: Sequence[Session]) -> dict[int, list[Coverage]]:
    days = [clock.local(practice, session.starts_at).date() for session in made]
    rows = Coverage.objects.filter(client_id__in=client_ids, rank=Coverage.Rank.PRIMARY)
    found: dict[int, list[Coverage]] = {}
    for row in sharing_a_day(rows, min(days), max(days)):
        found.setdefault(row.client_id, []).append(row)
    return found


def _running(coverages: list[Coverage], session: Session, practice: Practice) -> Coverage | None:
    day = clock.local(practice, session.starts_at).date()
    return next(
        (row for row in coverages if row.starts_on <= day and (row.ends_on is None or day <= row.ends_on)), None
    )


def _attendance(
    session: Session, client_id: int, coverages: list[Coverage], practice: Practice, others: str
) -> Attendance:
    coverage = _running(coverages, session, practice)
    return Attendance(
        session=session,
        client_id=client_id,
        others=others,
        service_id=session.service_id,
        coverage=coverage,
        self_pay=coverage is None,
    )
