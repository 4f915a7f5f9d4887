"""Series keep the wall clock across clock changes, leave out what is taken, and end where they are told to."""

from __future__ import annotations

import datetime as dt

from practice import clock, due
from practice.actors import Actor
from practice.models import AuditEvent, DueWork
from scheduling import canceling, changing, extending, recurrence, series
from scheduling.facts import Repeat
from scheduling.models import Series, Session
from tests.scheduling.hands import WEDNESDAY, Desk

WEEKLY = Repeat(1)


def test_nine_stays_nine_when_the_clocks_change(desk: Desk) -> None:
    booked = desk.book(date=dt.date(2026, 2, 25), repeat=Repeat(1, dt.date(2026, 3, 18)))
    made = Session.objects.get(pk=booked.session_id).series.sessions.order_by("starts_at")
    assert [desk.local(row.starts_at) for row in made] == [
        "2026-02-25 09:00", "2026-03-04 09:00", "2026-03-11 09:00", "2026-03-18 09:00",
    ]  # fmt: skip
    assert [row.starts_at.hour for row in made] == [14, 14, 13, 13]


def test_nine_stays_nine_in_autumn_every_two_weeks(desk: Desk) -> None:
    booked = desk.book(date=dt.date(2026, 10, 21), repeat=Repeat(2, dt.date(2026, 11, 18)))
    made = Session.objects.get(pk=booked.session_id).series.sessions.order_by("starts_at")
    assert [(f"{row.starts_at:%m-%d}", row.starts_at.hour) for row in made] == [
        ("10-21", 13),
        ("11-04", 14),
        ("11-18", 14),
    ]


def test_a_time_that_does_not_exist_is_the_one_after_the_jump_and_one_that_occurs_twice_is_the_first(
    desk: Desk,
) -> None:
    spring = desk.book(date=dt.date(2026, 3, 1), time=dt.time(2, 30), repeat=Repeat(1, dt.date(2026, 3, 15)))
    rows = Session.objects.get(pk=spring.session_id).series.sessions.order_by("starts_at")
    assert [desk.local(row.starts_at)[-5:] for row in rows] == ["02:30", "03:30", "02:30"]
    autumn = desk.book(date=dt.date(2026, 10, 25), time=dt.time(1, 30), repeat=Repeat(1, dt.date(2026, 11, 1)))
    last = Session.objects.get(pk=autumn.session_id).series.sessions.order_by("-starts_at").first()
    assert last is not None
    assert last.starts_at == dt.datetime(2026, 11, 1, 5, 30, tzinfo=dt.UTC)
    assert last.ends_at - last.starts_at == dt.timedelta(minutes=50)


def test_taken_dates_are_left_out_and_reported(desk: Desk) -> None:
    desk.book(date=dt.date(2026, 12, 2), time=dt.time(9, 15))
    booked = desk.book(repeat=Repeat(1, dt.date(2026, 12, 9)))
    assert booked.count == 3
    assert [one.sentence for one in booked.skipped] == [
        "Wed, Dec 2: Charlie has Maya Torres from 9:15 to 10:05 AM that day."
    ]


def test_an_open_series_is_made_26_weeks_ahead_and_extended_at_night(desk: Desk) -> None:
    booked = desk.book(repeat=WEEKLY)
    row = Session.objects.get(pk=booked.session_id).series
    assert row is not None
    assert booked.count == 27
    work = DueWork.objects.get(kind=series.KIND, object_id=str(row.pk))
    assert desk.local(work.due_at) == "2026-11-25 02:30"
    with clock.at(work.due_at):
        extending.extend_series(desk.practice.pk, str(row.pk))
        extending.extend_series(desk.practice.pk, str(row.pk))
    assert row.sessions.count() == 28
    work.refresh_from_db()
    assert desk.local(work.due_at) == "2026-12-02 02:30"
    assert AuditEvent.objects.filter(action="series.extended", actor_id=None).count() == 1


def test_an_extension_does_not_repeat_a_session_that_was_moved_ahead(desk: Desk) -> None:
    booked = desk.book(repeat=WEEKLY)
    row = Session.objects.get(pk=booked.session_id).series
    assert row is not None
    Session.objects.filter(pk=row.sessions.order_by("-starts_at").first().pk).delete()
    assert series.extend(actor=Actor.system(desk.practice.pk), practice=desk.practice, series=row) == []
    assert row.sessions.count() == 26


def test_the_rest_of_a_series_is_canceled_and_comes_back(desk: Desk) -> None:
    booked = desk.book(repeat=WEEKLY)
    third = Session.objects.get(pk=booked.session_id).series.sessions.order_by("starts_at")[2]
    canceled = canceling.cancel(actor=desk.actor, session_id=third.pk, reason="Moved away", following=True)
    row = Series.objects.get(pk=third.series_id)
    assert (canceled.count, row.sessions.filter(occupies=True).count()) == (25, 2)
    assert row.ends_on == WEDNESDAY + dt.timedelta(days=13)
    assert not DueWork.objects.filter(kind=series.KIND, object_id=str(row.pk)).exists()
    assert canceling.undo_cancel(actor=desk.actor, session_id=third.pk, undo_id=canceled.undo_id) == 25
    again = Series.objects.get(pk=row.pk)
    assert (again.ends_on, again.sessions.filter(occupies=True).count()) == (None, 27)
    assert DueWork.objects.filter(kind=series.KIND, object_id=str(row.pk)).exists()


def test_this_and_the_following_get_another_time_length_and_clinician(desk: Desk) -> None:
    booked = desk.book(repeat=WEEKLY)
    third = Session.objects.get(pk=booked.session_id).series.sessions.order_by("starts_at")[2]
    other = desk.one("other_clinician").pk
    wanted = desk.booking(date=dt.date(2026, 12, 3), time=dt.time(10), minutes=45, clinician_ids=(other,))
    changed = changing.change(actor=desk.actor, session_id=third.pk, booking=wanted, following=True)
    assert changed.count == 25
    new = changed.session.series
    assert new is not None
    rows = list(new.sessions.order_by("starts_at"))
    assert {desk.local(row.starts_at)[-5:] for row in rows} == {"10:00"}
    assert desk.local(rows[0].starts_at) == "2026-12-03 10:00"
    assert {part.clinician_id for row in rows for part in row.session_clinicians.all()} == {other}
    assert all(row.occupies and part.occupies for row in rows for part in row.session_clinicians.all())
    assert Series.objects.get(pk=third.series_id).sessions.count() == 2
    assert DueWork.objects.filter(kind=series.KIND, object_id=str(new.pk)).exists()


def test_a_week_later_the_rest_changes_places_without_meeting_itself(desk: Desk) -> None:
    booked = desk.book(repeat=Repeat(1, dt.date(2026, 12, 30)))
    wanted = desk.booking(date=WEDNESDAY + dt.timedelta(weeks=1))
    changed = changing.change(actor=desk.actor, session_id=booked.session_id, booking=wanted, following=True)
    assert (changed.count, changed.skipped) == (7, [])


def test_due_work_of_a_series_that_is_gone_is_struck_off(desk: Desk) -> None:
    due.plan(series.KIND, practice_id=desk.practice.pk, object_id=987654, due_at=clock.now())
    extending.extend_series(desk.practice.pk, "987654")
    assert not DueWork.objects.filter(object_id="987654").exists()


def test_occurrences_after_a_day_keep_their_step() -> None:
    first = dt.date(2026, 1, 5)
    found = list(recurrence.occurrences(first, 2, after=dt.date(2026, 1, 25), until=dt.date(2026, 2, 28)))
    assert found == [dt.date(2026, 2, 2), dt.date(2026, 2, 16)]
