"""What a session is before it is stored: plain facts by the practice's wall clock."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Final

SHORTEST: Final = 5
LONGEST: Final = 720


@dataclass(frozen=True, slots=True)
class Span:
    """From one instant to another."""

    starts_at: dt.datetime
    ends_at: dt.datetime

    @classmethod
    def of(cls, starts_at: dt.datetime, minutes: int) -> Span:
        """So many minutes from an instant on."""
        return cls(starts_at, starts_at + dt.timedelta(minutes=minutes))

    @property
    def minutes(self) -> int:
        """Its whole minutes."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


@dataclass(frozen=True, slots=True)
class Repeat:
    """How a session comes again: every one or two weeks, until a date or for ever."""

    every_weeks: int
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Booking:
    """Everything that makes a session. The first clinician leads; ids are of the open practice."""

    kind: str
    date: dt.date
    time: dt.time
    minutes: int
    clinician_ids: tuple[int, ...]
    client_ids: tuple[int, ...] = ()
    service_id: int | None = None
    title: str = ""
    others: str = ""
    location_id: int | None = None
    room_id: int | None = None
    telehealth: bool = False
    note: str = ""
    repeat: Repeat | None = None
    made_on_billing_day: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why one date of a series was left out, as a sentence."""

    date: dt.date
    sentence: str


@dataclass(frozen=True, slots=True)
class Booked:
    """What a booking made: the first session's id, how many there are, and the dates that were left out."""

    session_id: int
    count: int = 1
    skipped: list[Conflict] = field(default_factory=list)
