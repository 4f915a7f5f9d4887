"""Moving a session and taking it back, changing its facts, canceling it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from practice import clock
from scheduling import attending, canceling, changing, moving
from scheduling.errors import BookingRefusedError, DoubleBookedError
from scheduling.models import Attendance, Session
from tests.scheduling.hands import WEDNESDAY, Desk

NOON = dt.time(12)


def test_a_move_takes_the_clinicians_part_along_and_is_undone(desk: Desk) -> None:
    session = desk.session()
    moved = moving.move(actor=desk.actor, session_id=session.pk, date=WEDNESDAY, time=NOON, minutes=60)
    session.refresh_from_db()
    part = session.session_clinicians.get()
    assert desk.local(session.starts_at) == "2026-11-18 12:00"
    assert (part.starts_at, part.ends_at) == (session.starts_at, session.ends_at)
    moving.undo_move(actor=desk.actor, session_id=session.pk, undo_id=moved.undo_id)
    session.refresh_from_db()
    assert (desk.local(session.starts_at), desk.local(session.ends_at)) == ("2026-11-18 09:00", "2026-11-18 09:50")


def test_a_move_that_was_followed_by_another_is_not_undone(desk: Desk) -> None:
    session = desk.session()
    first = moving.move(actor=desk.actor, session_id=session.pk, date=WEDNESDAY, time=NOON, minutes=50)
    moving.move(actor=desk.actor, session_id=session.pk, date=WEDNESDAY, time=dt.time(15), minutes=50)
    with pytest.raises(BookingRefusedError, match=r"changed again since"):
        moving.undo_move(actor=desk.actor, session_id=session.pk, undo_id=first.undo_id)


def test_a_session_is_handed_to_another_clinician_and_back(desk: Desk) -> None:
    session, mine, theirs = desk.session(), desk.one("clinician").pk, desk.one("other_clinician").pk
    moved = moving.move(
        actor=desk.actor,
        session_id=session.pk,
        date=WEDNESDAY,
        time=dt.time(9),
        minutes=50,
        from_clinician_id=mine,
        to_clinician_id=theirs,
    )
    assert moving.clinicians_of(session) == [theirs]
    moving.undo_move(actor=desk.actor, session_id=session.pk, undo_id=moved.undo_id)
    assert moving.clinicians_of(session) == [mine]


def test_a_move_into_taken_time_is_refused_in_words(desk: Desk) -> None:
    desk.book(time=NOON)
    session = desk.session()
    with pytest.raises(DoubleBookedError, match=r"Charlie has Maya Torres from 12:00 to 12:50 PM that day."):
        moving.move(actor=desk.actor, session_id=session.pk, date=WEDNESDAY, time=dt.time(12, 30), minutes=50)


def test_a_confirmed_or_canceled_session_does_not_move(desk: Desk) -> None:
    session = desk.session()
    canceling.cancel(actor=desk.actor, session_id=session.pk)
    with pytest.raises(BookingRefusedError, match=r"This session is canceled. Restore it first."):
        moving.move(actor=desk.actor, session_id=session.pk, date=WEDNESDAY, time=NOON, minutes=50)
    other = desk.session(time=dt.time(10))
    row = other.attendances.get()
    Attendance.objects.filter(pk=row.pk).update(status="confirmed", confirmed_at=clock.now(), fee="1.00")
    with pytest.raises(BookingRefusedError, match=r"This session is confirmed."):
        moving.move(actor=desk.actor, session_id=other.pk, date=WEDNESDAY, time=NOON, minutes=50)


def test_a_colleagues_session_is_not_there_and_a_biller_may_only_look(desk: Desk) -> None:
    session = desk.session()
    with pytest.raises(Http404):
        moving.move(actor=desk.acting("dana"), session_id=session.pk, date=WEDNESDAY, time=NOON, minutes=50)
    with pytest.raises(PermissionDenied):
        moving.move(actor=desk.acting("bob"), session_id=session.pk, date=WEDNESDAY, time=NOON, minutes=50)
    assert moving.move(actor=desk.acting("charlie"), session_id=session.pk, date=WEDNESDAY, time=NOON, minutes=50)


def test_a_day_without_the_coverage_makes_the_client_pay(desk: Desk) -> None:
    session = desk.session()
    coverage = desk.one("coverage")
    coverage.ends_on = WEDNESDAY
    coverage.save()
    moving.move(actor=desk.actor, session_id=session.pk, date=dt.date(2026, 11, 19), time=NOON, minutes=50)
    row = session.attendances.get()
    assert (row.coverage, row.self_pay) == (None, True)


def test_changing_the_service_changes_what_is_not_confirmed(desk: Desk) -> None:
    session = desk.session()
    wanted = desk.booking(service_id=desk.one("service_90837").pk, minutes=60, note="Bring the form")
    changing.change(actor=desk.actor, session_id=session.pk, booking=wanted)
    session.refresh_from_db()
    assert (session.service, session.note) == (desk.one("service_90837"), "Bring the form")
    assert session.attendances.get().service == desk.one("service_90837")


def test_canceling_frees_the_time_and_restoring_asks_whether_it_is_still_free(desk: Desk) -> None:
    session = desk.session()
    canceled = canceling.cancel(actor=desk.actor, session_id=session.pk, reason="Ill")
    assert (canceled.is_late, session.attendances.get().status) == (True, "late_canceled")
    again = desk.session()
    with pytest.raises(DoubleBookedError, match=r"Charlie has Maya Torres from 9:00 to 9:50 AM"):
        canceling.restore(actor=desk.actor, session_id=session.pk)
    canceling.cancel(actor=desk.actor, session_id=again.pk, late=False)
    canceling.restore(actor=desk.actor, session_id=session.pk)
    session.refresh_from_db()
    assert (session.occupies, session.session_clinicians.get().occupies) == (True, True)
    assert session.attendances.get().status == "scheduled"


@pytest.mark.parametrize(("hours", "late"), [(22, True), (23, False), (24, False)])
def test_a_cancellation_is_late_by_the_practices_hours_unless_somebody_decides(
    desk: Desk, hours: int, late: bool
) -> None:
    settings = desk.one("settings")
    settings.late_cancel_hours = 23
    settings.save()
    soon = desk.session(date=dt.date(2026, 11, 20), time=NOON)
    with clock.at(soon.starts_at - dt.timedelta(hours=hours)):
        assert canceling.is_late(soon, clock.now()) is late
        result = canceling.cancel(actor=desk.actor, session_id=soon.pk, late=not late)
    assert result.is_late is not late


def test_the_slot_is_free_when_the_last_of_a_group_is_canceled_and_taken_again_when_one_comes(desk: Desk) -> None:
    both = (desk.one("client").pk, desk.one("other_client").pk)
    today = clock.today(desk.practice)
    session = desk.session(kind="group", date=today, client_ids=both, service_id=desk.one("service_90853").pk)
    first, second = session.attendances.order_by("pk")
    attending.set_status(actor=desk.actor, attendance_id=first.pk, status="canceled")
    assert Session.objects.get(pk=session.pk).occupies
    attending.set_status(actor=desk.actor, attendance_id=second.pk, status="canceled")
    assert not Session.objects.get(pk=session.pk).occupies
    attending.set_status(actor=desk.actor, attendance_id=second.pk, status="held")
    assert Session.objects.get(pk=session.pk).occupies
    assert session.session_clinicians.get().occupies


def test_a_series_group_takes_a_client_from_now_on_and_lets_one_go(desk: Desk) -> None:
    session = desk.session(
        kind="group",
        client_ids=(desk.one("client").pk,),
        service_id=desk.one("service_90853").pk,
    )
    made = attending.add_client(actor=desk.actor, session_id=session.pk, client_id=desk.one("other_client").pk)
    assert session.attendances.count() == 2
    attending.remove_client(actor=desk.actor, attendance_id=made[0].pk)
    assert session.attendances.get().client == desk.one("client")
