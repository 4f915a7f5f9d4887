"""The only source of the time: now(), and today() where a practice is.

`at()` lets it stand still or lie in the past for the demo, the rehearsal and tests; production refuses it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol
from zoneinfo import ZoneInfo

from django.conf import settings

_standing: ContextVar[dt.datetime | None] = ContextVar("standing_clock", default=None)


class HasTimeZone(Protocol):
    """Whatever has a local time: a practice."""

    time_zone: str


class ClockMayNotStandError(RuntimeError):
    """Somebody tried to set the clock of an installation where people work."""


def now() -> dt.datetime:
    """The present instant, aware, in UTC."""
    return _standing.get() or dt.datetime.now(dt.UTC)


def zone(practice: HasTimeZone) -> ZoneInfo:
    """The practice's time zone."""
    return ZoneInfo(practice.time_zone)


def today(practice: HasTimeZone) -> dt.date:
    """The present date where the practice is."""
    return now().astimezone(zone(practice)).date()


def local(practice: HasTimeZone, instant: dt.datetime) -> dt.datetime:
    """The instant as the practice's wall clock shows it."""
    return instant.astimezone(zone(practice))


def instant(practice: HasTimeZone, date: dt.date, time: dt.time) -> dt.datetime:
    """The instant at which the practice's wall clock shows this date and time.

    A time that a clock change skips is the instant the clock shows after the jump; one that occurs twice is
    the first.
    """
    local_time = dt.datetime.combine(date, time, tzinfo=zone(practice))
    return local_time.astimezone(dt.UTC)


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Makes now() say `moment` (aware) for the block; ClockMayNotStandError where people work."""
    if not settings.CLOCK_MAY_STAND:
        raise ClockMayNotStandError("The clock of this installation cannot be set.")
    if moment.tzinfo is None:
        raise ValueError("The clock needs an instant with a time zone.")
    token = _standing.set(moment.astimezone(dt.UTC))
    try:
        yield
    finally:
        _standing.reset(token)


def standing() -> dt.datetime | None:
    """The instant the clock stands at, or None when it runs; travels with a task."""
    return _standing.get()
