"""The dates of a series. Pure: no ORM, no clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

HORIZON: Final = dt.timedelta(weeks=26)


def occurrences(first: dt.date, every_weeks: int, *, after: dt.date | None, until: dt.date) -> Iterator[dt.date]:
    """The dates from `first` on in steps of whole weeks, later than `after`, up to and with `until`."""
    step = dt.timedelta(weeks=every_weeks)
    date = first if after is None or after < first else first + step * ((after - first) // step + 1)
    while date <= until:
        yield date
        date += step


def last_date(today: dt.date, first: dt.date, ends_on: dt.date | None) -> dt.date:
    """How far sessions are made now: 26 weeks from today (or from a later first date), or to the series' end."""
    horizon = max(today, first) + HORIZON
    return min(horizon, ends_on) if ends_on else horizon
