"""Booking a session: what it makes, what it refuses, and who may."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from practice.models import AuditEvent, StateChange
from scheduling import booking as bookings
from scheduling.errors import BookingRefusedError, DoubleBookedError
from scheduling.models import Room, Session
from tests.scheduling.hands import Desk


def test_a_session_has_its_clinician_its_attendance_and_a_trail(desk: Desk) -> None:
    session = desk.session()
    part = session.session_clinicians.get()
    attendance = session.attendances.get()
    assert (part.clinician, part.is_lead, part.occupies) == (desk.one("clinician"), True, True)
    assert (part.starts_at, part.ends_at) == (session.starts_at, session.ends_at)
    assert (attendance.status, attendance.service) == ("scheduled", session.service)
    assert StateChange.objects.filter(object_id=attendance.pk, after="scheduled").count() == 1
    assert AuditEvent.objects.filter(action="session.booked", client_id=desk.one("client").pk).exists()


def test_the_coverage_of_the_day_is_taken_and_without_one_the_client_pays(desk: Desk) -> None:
    insured = desk.attendance()
    before = desk.attendance(date=dt.date(2025, 11, 18))
    assert (insured.coverage, insured.self_pay) == (desk.one("coverage"), False)
    assert insured.coverage is not None
    assert insured.coverage.copay == Decimal("25.00")
    assert (before.coverage, before.self_pay) == (None, True)


def test_a_taken_clinician_is_said_in_words_and_named_only_to_those_who_may_see_the_client(desk: Desk) -> None:
    desk.book(clinician_ids=(desk.one("other_clinician").pk,), client_ids=(desk.one("other_client").pk,), minutes=55)
    with pytest.raises(DoubleBookedError, match=r"Dana has Owen Hale from 9:00 to 9:55 AM that day."):
        desk.book(clinician_ids=(desk.one("other_clinician").pk,), time=dt.time(9, 30))


def test_a_clinician_is_not_told_whom_a_colleague_sees(desk: Desk) -> None:
    room = desk.one("room")
    desk.book(
        clinician_ids=(desk.one("other_clinician").pk,), client_ids=(desk.one("other_client").pk,), room_id=room.pk
    )
    charlie = desk.acting("charlie")
    with pytest.raises(DoubleBookedError, match=r"Room 2 is taken by another session from 9:00 to 9:50 AM that day."):
        bookings.book(actor=charlie, booking=desk.booking(room_id=room.pk))


def test_sessions_that_touch_are_no_double_booking(desk: Desk) -> None:
    desk.book()
    assert desk.book(time=dt.time(9, 50)).count == 1
    assert desk.book(time=dt.time(8, 10)).count == 1


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"client_ids": ()}, "Choose the client."),
        ({"minutes": 4}, "A session takes 5 to 720 minutes."),
        ({"clinician_ids": ()}, "Choose the clinician."),
        ({"service_id": None}, "Choose the service."),
        ({"kind": "meeting", "client_ids": ()}, "Say what the time is for."),
    ],
)
def test_what_is_no_session_is_refused_in_words(desk: Desk, facts: dict[str, object], sentence: str) -> None:
    with pytest.raises(BookingRefusedError, match=sentence):
        desk.book(**facts)


def test_an_individual_session_has_one_client(desk: Desk) -> None:
    both = (desk.one("client").pk, desk.one("other_client").pk)
    with pytest.raises(BookingRefusedError, match=r"For several, choose a group."):
        desk.book(client_ids=both)


def test_a_family_has_one_attendance_with_the_others_named(desk: Desk) -> None:
    attendance = desk.attendance(kind="family", service_id=desk.one("service_90847").pk, others="Ana and Luis Torres")
    assert (attendance.client, attendance.others) == (desk.one("client"), "Ana and Luis Torres")


def test_a_group_has_an_attendance_for_each(desk: Desk) -> None:
    both = (desk.one("client").pk, desk.one("other_client").pk)
    session = desk.session(kind="group", title="Skills", client_ids=both, service_id=desk.one("service_90853").pk)
    assert sorted(session.attendances.values_list("client_id", flat=True)) == sorted(both)


def test_a_room_of_another_place_and_a_room_for_telehealth_are_refused(desk: Desk) -> None:
    elsewhere = Room.objects.create(location=desk.one("telehealth"), name="Nowhere")
    with pytest.raises(BookingRefusedError, match=r"Nowhere is at Telehealth."):
        desk.book(room_id=elsewhere.pk)
    with pytest.raises(BookingRefusedError, match=r"Telehealth needs no room."):
        desk.book(room_id=desk.one("room").pk, telehealth=True)


def test_a_clinician_books_for_themselves_and_their_own_clients_only(desk: Desk) -> None:
    charlie = desk.acting("charlie")
    assert bookings.book(actor=charlie, booking=desk.booking()).count == 1
    other = desk.booking(clinician_ids=(desk.one("other_clinician").pk,), time=dt.time(12))
    with pytest.raises(BookingRefusedError, match=r"You may book for yourself only."):
        bookings.book(actor=charlie, booking=other)
    stranger = desk.booking(client_ids=(desk.one("other_client").pk,), time=dt.time(12))
    with pytest.raises(BookingRefusedError, match=r"That client is not on your list."):
        bookings.book(actor=charlie, booking=stranger)


def test_a_biller_who_sees_the_calendar_books_nothing(desk: Desk) -> None:
    before = Session.objects.count()
    with pytest.raises(PermissionDenied):
        bookings.book(actor=desk.acting("bob"), booking=desk.booking())
    assert Session.objects.count() == before
