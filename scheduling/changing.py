"""Changes what a session is: time, clinicians, service, place; this one, or this and the following of a series."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

from django.db import transaction

from practice import audit, clock
from practice.actors import Actor
from practice.models import Practice
from scheduling import booking as bookings
from scheduling import conflicts, locks, making, moving, series
from scheduling.errors import DoubleBookedError
from scheduling.facts import Booking, Conflict, Repeat, Span
from scheduling.models import Attendance, Series, Session, SessionClinician
from scheduling.words import date_words

_FACTS = ("title", "service_id", "location_id", "room_id", "telehealth", "note")


@dataclass(frozen=True, slots=True)
class Changed:
    """How many sessions were changed, and which dates of the series stayed as they were, in words."""

    session: Session
    count: int = 1
    skipped: list[Conflict] = field(default_factory=list)


@transaction.atomic
def change(*, actor: Actor, session_id: int, booking: Booking, following: bool = False) -> Changed:
    """Makes the session what `booking` says; its clients stay. `following` changes the rest of its series too.

    Later sessions that somebody changed, confirmed or canceled, and dates that are taken, stay as they were.
    """
    practice = Practice.objects.get(pk=actor.practice_id)
    session = locks.session(actor, session_id)
    moving.refuse_settled(session)
    clients = tuple(session.attendances.order_by("pk").values_list("client_id", flat=True))
    if session.kind == Session.Kind.GROUP:
        clients = tuple(moving.clients_of(session))
    wanted = replace(booking, kind=session.kind, client_ids=clients)
    bookings.check(actor, wanted, already=moving.clinicians_of(session))
    if not following or session.series is None:
        return _one(actor, practice, session, wanted)
    return _rest(actor, practice, session, session.series, wanted)


def _one(actor: Actor, practice: Practice, session: Session, booking: Booking) -> Changed:
    before = _snapshot(session)
    locks.people_and_room(booking.clinician_ids, booking.room_id, booking.client_ids)
    bookings.refuse_taken(actor, practice, bookings.span_of(practice, booking), booking, session.pk)
    _write([(session, bookings.span_of(practice, booking))], actor, practice, booking)
    _record("session.changed", actor, session, before)
    return Changed(session)


def _rest(actor: Actor, practice: Practice, session: Session, old: Series, booking: Booking) -> Changed:
    rest = _following(session)
    locks.people_and_room(booking.clinician_ids, booking.room_id, booking.client_ids)
    shift = booking.date - clock.local(practice, session.starts_at).date()
    spans = [_shifted(practice, row, shift, booking) for row in rest]
    free, skipped = _split(actor, practice, rest, spans, booking)
    if not any(row.pk == session.pk for row, _ in free):
        raise DoubleBookedError(skipped[0].sentence, "time")
    before = _snapshot(session)
    new = _successor(practice, old, session, booking)
    _write(free, actor, practice, booking, new)
    series.plan(practice, new)
    session = next(row for row, _ in free if row.pk == session.pk)
    _record("series.changed", actor, session, before, sessions=len(free), skipped=[one.sentence for one in skipped])
    return Changed(session, len(free), skipped)


def _following(session: Session) -> list[Session]:
    """This and the later sessions of the series that nobody settled, locked."""
    rows = Session.objects.filter(series_id=session.series_id or 0, starts_at__gte=session.starts_at, occupies=True)
    settled = Attendance.objects.filter(session__in=rows.values("pk")).exclude(status=Attendance.Status.SCHEDULED)
    not_open = set(settled.values_list("session_id", flat=True))
    return [row for row in locks.sessions(rows) if row.pk not in not_open or row.pk == session.pk]


def _shifted(practice: Practice, session: Session, shift: dt.timedelta, booking: Booking) -> Span:
    date = clock.local(practice, session.starts_at).date() + shift
    return bookings.span_of(practice, booking, date)


def _split(
    actor: Actor, practice: Practice, rest: list[Session], spans: list[Span], booking: Booking
) -> tuple[list[tuple[Session, Span]], list[Conflict]]:
    """The sessions whose new time is free, and a sentence for each of the others."""
    own = [row.pk for row in rest]
    taken = conflicts.find(spans, booking.clinician_ids, booking.room_id, booking.client_ids, except_ids=own)
    hits = {place: found[0] for place, span in enumerate(spans) if (found := conflicts.against(span, taken))}
    words = conflicts.sentences(actor, practice, hits.values())
    free = [(row, span) for place, (row, span) in enumerate(zip(rest, spans, strict=True)) if place not in hits]
    dates = {place: clock.local(practice, spans[place].starts_at).date() for place in hits}
    today = clock.today(practice)
    return free, [
        Conflict(dates[place], f"{date_words(dates[place], today)}: {words[hit]}") for place, hit in hits.items()
    ]


def _successor(practice: Practice, old: Series, session: Session, booking: Booking) -> Series:
    """Ends the series before this session and begins one with the new time."""
    repeat = booking.repeat or Repeat(old.every_weeks, old.ends_on)
    starts_on = clock.local(practice, session.starts_at).date()
    new = Series.objects.create(
        every_weeks=old.every_weeks,
        local_time=booking.time,
        minutes=booking.minutes,
        starts_on=booking.date,
        ends_on=max(repeat.until, booking.date) if repeat.until else None,
        made_until=max(old.made_until or booking.date, booking.date),
    )
    old.ends_on = max(starts_on - dt.timedelta(days=1), old.starts_on)
    old.save(update_fields=["ends_on"])
    series.plan(practice, old)
    return new


def _write(
    rows: list[tuple[Session, Span]], actor: Actor, practice: Practice, booking: Booking, new: Series | None = None
) -> None:
    """Writes facts, times and clinicians. The old times are let go first, because the rows may change places."""
    ids = [row.pk for row, _ in rows]
    spans = [span for _, span in rows]
    with making.the_constraint_in_words(actor, practice, spans, booking.clinician_ids, booking.room_id):
        Session.objects.filter(pk__in=ids).update(occupies=False)
        SessionClinician.objects.filter(session_id__in=ids).update(occupies=False)
        for row, span in rows:
            _write_facts(row, booking, new)
            moving.write(row, span, booking.clinician_ids)
    making.renew_coverage([row for row, _ in rows], practice)


def _write_facts(row: Session, booking: Booking, new_series: Series | None) -> None:
    was = row.service_id
    for name in _FACTS:
        setattr(row, name, getattr(booking, name))
    row.occupies = True
    row.series = new_series or row.series
    row.save(update_fields=[*_FACTS, "series"])
    row.attendances.filter(service_id=was or 0).update(service_id=row.service_id)


def _snapshot(session: Session) -> dict[str, object]:
    return audit.snapshot(session) | {"clinicians": moving.clinicians_of(session)}


def _record(action: str, actor: Actor, session: Session, before: dict[str, object], **more: object) -> None:
    was, became = audit.changes(before, _snapshot(session) | more)
    audit.record(action, actor=actor, row=session, client_id=moving.only_client(session), before=was, after=became)
