"""Short ways to book and look, for the tests of the calendar."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from practice import clock
from practice.actors import Actor
from practice.models import Practice
from scheduling import booking as bookings
from scheduling.facts import Booked, Booking
from scheduling.models import Attendance, Session
from tests.matrix.world import World

WEDNESDAY = dt.date(2026, 11, 18)

ROOMS = ("members", "setup", "clinicians", "clients", "scheduling")
"""The builders of the world that the calendar needs."""


@dataclass
class Desk:
    """One practice, and who acts there."""

    world: World
    practice: Practice
    actor: Actor

    def one(self, name: str) -> Any:
        """An object of the world by its name."""
        return self.world.one(self.practice, name)

    def acting(self, persona: str) -> Actor:
        """Somebody of the cast at this practice."""
        return self.world.people.actor(getattr(self.world.people, persona), self.practice)

    def booking(self, **facts: Any) -> Booking:
        """An individual session of the clinician with the client, Wednesday at 9:00 for 50 minutes."""
        usual: dict[str, Any] = {
            "kind": Session.Kind.INDIVIDUAL,
            "date": WEDNESDAY,
            "time": dt.time(9),
            "minutes": 50,
            "clinician_ids": (self.one("clinician").pk,),
            "client_ids": (self.one("client").pk,),
            "service_id": self.one("service_90834").pk,
            "location_id": self.one("office").pk,
        }
        return Booking(**usual | facts)

    def book(self, **facts: Any) -> Booked:
        """Books as `booking` says."""
        return bookings.book(actor=self.actor, booking=self.booking(**facts))

    def session(self, **facts: Any) -> Session:
        """Books and returns the session."""
        return Session.objects.get(pk=self.book(**facts).session_id)

    def attendance(self, **facts: Any) -> Attendance:
        """Books and returns the one attendance."""
        return self.session(**facts).attendances.get()

    def local(self, moment: dt.datetime) -> str:
        """An instant as the wall clock shows it: `2026-11-18 09:00`."""
        return f"{clock.local(self.practice, moment):%Y-%m-%d %H:%M}"
