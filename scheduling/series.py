"""Series: a session again every week or two by the wall clock, made ahead and extended at night."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from practice import audit, clock, due
from practice.actors import Actor
from practice.models import Practice
from scheduling import conflicts, making, recurrence
from scheduling.facts import Booked, Booking, Conflict, Repeat, Span
from scheduling.models import Attendance, Series, Session
from scheduling.words import date_words

KIND: Final = "scheduling.extend_series"
_NIGHT: Final = dt.time(2, 30)


def start(*, actor: Actor, practice: Practice, booking: Booking, repeat: Repeat) -> Booked:
    """A new series with its sessions up to the horizon; the callers have asked whether the first date is free."""
    row = Series.objects.create(
        every_weeks=repeat.every_weeks,
        local_time=booking.time,
        minutes=booking.minutes,
        starts_on=booking.date,
        ends_on=repeat.until,
    )
    made, skipped = materialize(actor=actor, practice=practice, series=row, booking=booking, after=None)
    plan(practice, row)
    record("series.booked", actor, row, booking=booking, made=made, skipped=skipped)
    return Booked(made[0].pk, len(made), skipped)


def materialize(
    *, actor: Actor, practice: Practice, series: Series, booking: Booking, after: dt.date | None
) -> tuple[list[Session], list[Conflict]]:
    """Makes the sessions later than `after` that do not exist yet; dates that are taken are left out, in words."""
    until = recurrence.last_date(clock.today(practice), series.starts_on, series.ends_on)
    dates = list(recurrence.occurrences(series.starts_on, series.every_weeks, after=after, until=until))
    spans = {date: Span.of(clock.instant(practice, date, series.local_time), series.minutes) for date in dates}
    skipped = _conflicts(actor, practice, spans, booking)
    left_out = {conflict.date for conflict in skipped}
    free = [span for date, span in spans.items() if date not in left_out]
    with making.the_constraint_in_words(actor, practice, free, booking.clinician_ids, booking.room_id):
        made = making.sessions(booking, free, practice=practice, actor=actor, series=series)
    series.made_until = until
    series.save(update_fields=["made_until"])
    return made, skipped


def plan(practice: Practice, series: Series) -> None:
    """Makes the next extension due in the night in which the next date comes within the horizon; none after the end."""
    today = clock.today(practice)
    made = series.made_until or series.starts_on
    step = dt.timedelta(weeks=series.every_weeks)
    following = next(recurrence.occurrences(series.starts_on, series.every_weeks, after=made, until=made + step))
    if series.ends_on is not None and following > series.ends_on:
        due.done(KIND, practice_id=practice.pk, object_id=series.pk)
        return
    night = clock.instant(practice, max(following - recurrence.HORIZON, today + dt.timedelta(days=1)), _NIGHT)
    due.plan(KIND, practice_id=practice.pk, object_id=series.pk, due_at=night)


def like(practice: Practice, session: Session) -> Booking:
    """The facts of a session, to make another of the same kind. Clients who left before are not taken along."""
    start_at = clock.local(practice, session.starts_at)
    attendances = session.attendances.exclude(status=Attendance.Status.CANCELED).order_by("pk")
    rows = list(attendances) or list(session.attendances.order_by("pk"))
    parts = session.session_clinicians.order_by("-is_lead", "pk")
    return Booking(
        kind=session.kind,
        date=start_at.date(),
        time=start_at.time(),
        minutes=Span(session.starts_at, session.ends_at).minutes,
        clinician_ids=tuple(part.clinician_id for part in parts),
        client_ids=tuple(row.client_id for row in rows),
        service_id=session.service_id,
        title=session.title,
        others=rows[0].others if rows else "",
        location_id=session.location_id,
        room_id=session.room_id,
        telehealth=session.telehealth,
        note=session.note,
    )


def extend(*, actor: Actor, practice: Practice, series: Series) -> list[Conflict]:
    """Makes what came within the horizon since, like the latest session, and plans the next night."""
    latest = series.sessions.order_by("-starts_at").first()
    if latest is None:
        due.done(KIND, practice_id=practice.pk, object_id=series.pk)
        return []
    booking = like(practice, latest)
    made, skipped = materialize(actor=actor, practice=practice, series=series, booking=booking, after=series.made_until)
    plan(practice, series)
    if made or skipped:
        record("series.extended", actor, series, booking=booking, made=made, skipped=skipped)
    return skipped


def record(
    action: str, actor: Actor, row: Series, *, booking: Booking, made: Sequence[Session], skipped: list[Conflict]
) -> None:
    """The audit row of a series, with the dates that were left out."""
    audit.record(
        action,
        actor=actor,
        row=row,
        client_id=booking.client_ids[0] if len(booking.client_ids) == 1 else None,
        after=audit.snapshot(row)
        | {
            "sessions": [session.pk for session in made],
            "clients": list(booking.client_ids),
            "skipped": [conflict.sentence for conflict in skipped],
        },
    )


def _conflicts(actor: Actor, practice: Practice, spans: dict[dt.date, Span], booking: Booking) -> list[Conflict]:
    taken = conflicts.find(list(spans.values()), booking.clinician_ids, booking.room_id, booking.client_ids)
    hits = {date: found[0] for date, span in spans.items() if (found := conflicts.against(span, taken))}
    words = conflicts.sentences(actor, practice, hits.values())
    today = clock.today(practice)
    return [Conflict(date, f"{date_words(date, today)}: {words[hit]}") for date, hit in hits.items()]
