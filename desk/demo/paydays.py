"""What happens at a pay date: the functions below are called with the practice and the date, in their order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final

from desk.demo.stage import Stage

PayDate = Callable[[Stage, dt.date], None]
AT_PAY_DATE: Final[tuple[PayDate, ...]] = ()
MIDDLE: Final = 15
AFTER: Final = dt.timedelta(days=5)  # from the end of a period (the 15th, the last of the month) to its pay date


def dates(first: dt.date, last: dt.date) -> list[dt.date]:
    """The pay dates of semi-monthly periods that lie between two days, both included."""
    days = (first + dt.timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in days if _ends_period(day - AFTER)]


def _ends_period(day: dt.date) -> bool:
    return day.day == MIDDLE or (day + dt.timedelta(days=1)).day == 1


def pay(stage: Stage, on: dt.date) -> None:
    """Everything that the practice does on this pay date."""
    for what in AT_PAY_DATE:
        what(stage, on)
