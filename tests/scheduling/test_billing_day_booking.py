"""Who bills adds what took place without being on the calendar, and nothing else."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from scheduling.booking import book
from scheduling.errors import BookingRefusedError
from scheduling.facts import Booking, Repeat
from scheduling.models import Session
from tests.people import Cast
from tests.scheduling.readiness import made


@pytest.fixture
def booking(people: Cast, inside: Any) -> Any:
    with inside(people.fernhollow):
        practice = made.practice()
        client, _ = made.client(1, practice["payer"])
        yield Booking(
            kind="individual",
            date=dt.date(2026, 11, 16),
            time=dt.time(16),
            minutes=45,
            clinician_ids=(practice["clinician"].pk,),
            client_ids=(client.pk,),
            service_id=practice["service"].pk,
            location_id=practice["place"].pk,
            made_on_billing_day=True,
        )


def test_a_biller_adds_a_session_that_took_place(people: Cast, booking: Booking) -> None:
    book(actor=people.actor(people.bob), booking=booking)
    assert Session.objects.get().made_on_billing_day


def test_a_biller_books_nothing_that_is_still_to_come(people: Cast, booking: Booking) -> None:
    bob = people.actor(people.bob)
    for later in (replace(booking, date=dt.date(2026, 11, 18)), replace(booking, repeat=Repeat(1))):
        with pytest.raises(BookingRefusedError, match="Only what has taken place"):
            book(actor=bob, booking=later)
    with pytest.raises(PermissionDenied):
        book(actor=bob, booking=replace(booking, made_on_billing_day=False))
    assert not Session.objects.exists()


def test_who_books_on_the_calendar_does_not_add_to_the_billing_day(people: Cast, booking: Booking) -> None:
    for user in (people.frank, people.charlie, people.erin, people.ivan):
        with pytest.raises(PermissionDenied):
            book(actor=people.actor(user), booking=booking)
