"""A client is in one session at a time: asked wherever a session gets a time, and said in words."""

from __future__ import annotations

import datetime as dt

import pytest

from practice import clock
from scheduling import attending, booking, canceling, changing, moving
from scheduling.errors import AttendanceRefusedError, DoubleBookedError
from scheduling.facts import Repeat
from scheduling.models import Attendance, Session
from scheduling.selectors.session import session_page
from tests.scheduling.hands import WEDNESDAY, Desk

TAKEN = r"Maya Torres has another session from 9:00 to 9:50 AM that day\."


def with_another(desk: Desk, **facts: object) -> Session:
    return desk.session(clinician_ids=(desk.one("other_clinician").pk,), **facts)


def group(desk: Desk, **facts: object) -> Session:
    usual = {"kind": "group", "title": "Skills", "client_ids": (), "service_id": desk.one("service_90853").pk}
    return with_another(desk, **usual | facts)


def test_the_same_client_at_the_same_time_is_refused_whoever_sees_them(desk: Desk) -> None:
    desk.book()
    with pytest.raises(DoubleBookedError, match=TAKEN) as refused:
        with_another(desk, time=dt.time(9, 30))
    assert refused.value.field == "time"
    assert with_another(desk, time=dt.time(9, 50)).occupies


def test_the_taken_date_of_a_series_is_left_out(desk: Desk) -> None:
    desk.book(date=dt.date(2026, 12, 2))
    booked = booking.book(
        actor=desk.actor,
        booking=desk.booking(clinician_ids=(desk.one("other_clinician").pk,), repeat=Repeat(1, dt.date(2026, 12, 9))),
    )
    assert booked.count == 3
    assert [one.sentence for one in booked.skipped] == [
        "Wed, Dec 2: Maya Torres has another session from 9:00 to 9:50 AM that day."
    ]


def test_moving_changing_and_restoring_ask_too(desk: Desk) -> None:
    desk.book()
    other = with_another(desk, time=dt.time(14))
    with pytest.raises(DoubleBookedError, match=TAKEN):
        moving.move(actor=desk.actor, session_id=other.pk, date=WEDNESDAY, time=dt.time(9, 15), minutes=50)
    wanted = desk.booking(clinician_ids=(desk.one("other_clinician").pk,), time=dt.time(9, 15))
    with pytest.raises(DoubleBookedError, match=TAKEN):
        changing.change(actor=desk.actor, session_id=other.pk, booking=wanted)
    other.refresh_from_db()
    assert desk.local(other.starts_at) == "2026-11-18 14:00"


def test_a_canceled_session_comes_back_only_while_the_client_is_free(desk: Desk) -> None:
    canceled = with_another(desk)
    canceling.cancel(actor=desk.actor, session_id=canceled.pk, late=False)
    desk.book()
    with pytest.raises(DoubleBookedError, match=TAKEN):
        canceling.restore(actor=desk.actor, session_id=canceled.pk)


def test_whoever_called_off_a_group_for_themselves_is_free_then(desk: Desk) -> None:
    session = group(desk, client_ids=(desk.one("client").pk, desk.one("other_client").pk))
    own = session.attendances.get(client=desk.one("client"))
    attending.set_status(actor=desk.actor, attendance_id=own.pk, status="canceled")
    assert desk.book().count == 1
    with pytest.raises(DoubleBookedError, match=TAKEN):
        attending.set_status(actor=desk.actor, attendance_id=own.pk, status="scheduled")


def test_a_group_takes_nobody_who_is_elsewhere_on_any_of_its_dates(desk: Desk) -> None:
    session = group(desk, repeat=Repeat(1, dt.date(2026, 12, 9)))
    desk.book(date=dt.date(2026, 12, 2))
    with pytest.raises(DoubleBookedError, match=r"Wed, Dec 2: " + TAKEN):
        attending.add_client(actor=desk.actor, session_id=session.pk, client_id=desk.one("client").pk, following=True)
    assert not Attendance.objects.filter(session__series_id=session.series_id or 0).exists()
    assert attending.add_client(actor=desk.actor, session_id=session.pk, client_id=desk.one("client").pk)


@pytest.mark.parametrize("status", ["held", "no_show"])
def test_nobody_says_before_the_day_what_happened_on_it(desk: Desk, status: str) -> None:
    row = desk.attendance(date=WEDNESDAY)
    with pytest.raises(AttendanceRefusedError, match=r"This session is on Wed, Nov 18\. Say then what happened\."):
        attending.set_status(actor=desk.actor, attendance_id=row.pk, status=status)
    assert attending.set_status(actor=desk.actor, attendance_id=row.pk, status="canceled").status == "canceled"


def test_undoing_the_cancellation_of_the_rest_leaves_alone_who_had_called_off_before(desk: Desk) -> None:
    both = (desk.one("client").pk, desk.one("other_client").pk)
    session = group(desk, client_ids=both, repeat=Repeat(1, dt.date(2026, 12, 9)))
    first = session.attendances.get(client=desk.one("client"))
    attending.set_status(actor=desk.actor, attendance_id=first.pk, status="canceled")
    done = canceling.cancel(actor=desk.actor, session_id=session.pk, late=False, following=True)
    canceling.undo_cancel(actor=desk.actor, session_id=session.pk, undo_id=done.undo_id)
    statuses = dict(session.attendances.values_list("client_id", "status"))
    assert statuses == {both[0]: "canceled", both[1]: "scheduled"}


def test_the_page_of_a_series_keeps_which_dates_were_left_out_and_not_by_whom(desk: Desk) -> None:
    desk.book(date=dt.date(2026, 12, 2), client_ids=(desk.one("other_client").pk,))
    session = desk.session(repeat=Repeat(1, dt.date(2026, 12, 9)))
    [step] = session_page(desk.actor, desk.practice, session).history
    assert step.title == "Booked as a series"
    assert step.note.endswith(". Left out, taken already: Wed, Dec 2")


def test_of_a_later_day_only_canceling_is_offered(desk: Desk) -> None:
    [ahead] = session_page(desk.actor, desk.practice, desk.session()).rows
    assert {act.status for act in ahead.acts} == {"canceled", "late_canceled"}
    today = desk.session(date=clock.today(desk.practice), time=dt.time(15))
    [row] = session_page(desk.actor, desk.practice, today).rows
    assert {act.status for act in row.acts} == {"held", "no_show", "canceled", "late_canceled"}
