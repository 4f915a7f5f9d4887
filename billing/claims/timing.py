"""When a batch leaves: after the practice's delay, or at the next of the times of day it chose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from billing.models import SendingTimes
from practice import clock
from practice.models import Practice
from practice.setup.selectors import get_settings


def leaves_at(practice_id: int) -> dt.datetime:
    """The moment for a batch that is added to now: never before the delay is over, in which it can be taken back."""
    earliest = clock.now() + dt.timedelta(minutes=get_settings().send_delay_minutes)
    times = chosen()
    return next_of(times, earliest, Practice.objects.get(pk=practice_id)) if times else earliest


def chosen() -> list[dt.time]:
    """The practice's times of day, in order; none where claims leave after the delay. One query."""
    found = SendingTimes.objects.values_list("times", flat=True).first()
    return sorted(found or [])


def next_of(times: Sequence[dt.time], earliest: dt.datetime, practice: clock.HasTimeZone) -> dt.datetime:
    """The first of these times, as the practice's wall clock shows them, that is not before a moment."""
    day = clock.local(practice, earliest).date()
    days = (day, day + dt.timedelta(days=1))
    return min(at for at in _instants(days, times, practice) if at >= earliest)


def _instants(days: Iterable[dt.date], times: Sequence[dt.time], practice: clock.HasTimeZone) -> Iterable[dt.datetime]:
    return [clock.instant(practice, day, time) for day in days for time in times]
