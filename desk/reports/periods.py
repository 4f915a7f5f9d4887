"""The spans of days that a report can be about. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

MONTH, LAST_MONTH, QUARTER, YEAR, CUSTOM = "month", "last-month", "quarter", "year", "custom"
LABELS: Final = {
    MONTH: "This month",
    LAST_MONTH: "Last month",
    QUARTER: "This quarter",
    YEAR: "This year",
    CUSTOM: "Other days",
}
LONGEST: Final = 5 * 366
_DAY: Final = dt.timedelta(days=1)
_LAST_MONTH_OF_YEAR: Final = 12


class BadPeriodError(ValueError):
    """The days asked for are no span; the message says why."""


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both included."""

    key: str
    first: dt.date
    last: dt.date

    def __str__(self) -> str:
        """`Nov 1 – 30, 2026`."""
        if self.first == self.last:
            return _long(self.last)
        if (self.first.year, self.first.month) == (self.last.year, self.last.month):
            return f"{self.first:%b} {self.first.day} – {self.last.day}, {self.last.year}"
        first = f"{self.first:%b} {self.first.day}" if self.first.year == self.last.year else _long(self.first)
        return f"{first} – {_long(self.last)}"


def period_of(key: str, today: dt.date, first: str = "", last: str = "") -> Period:
    """The period with this key; an unknown key is this month. BadPeriodError when other days are no span."""
    if key == CUSTOM:
        return _custom(first, last)
    key = key if key in _SPANS else MONTH
    return Period(key, *_SPANS[key](today))


def week_of(day: dt.date) -> dt.date:
    """The Monday of its week."""
    return day - dt.timedelta(days=day.weekday())


def _custom(first: str, last: str) -> Period:
    days = _date(first), _date(last)
    if days[0] is None or days[1] is None:
        raise BadPeriodError("Enter the first and the last day.")
    if days[0] > days[1]:
        raise BadPeriodError("The last day is before the first.")
    if (days[1] - days[0]).days > LONGEST:
        raise BadPeriodError("A report covers five years at most.")
    return Period(CUSTOM, days[0], days[1])


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _month(today: dt.date) -> tuple[dt.date, dt.date]:
    return today.replace(day=1), _after(today.replace(day=1), 1) - _DAY


def _last_month(today: dt.date) -> tuple[dt.date, dt.date]:
    return _month(today.replace(day=1) - _DAY)


def _quarter(today: dt.date) -> tuple[dt.date, dt.date]:
    first = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    return first, _after(first, 3) - _DAY


def _year(today: dt.date) -> tuple[dt.date, dt.date]:
    return dt.date(today.year, 1, 1), dt.date(today.year, 12, 31)


def _after(first: dt.date, months: int) -> dt.date:
    month = first.month + months
    return first.replace(year=first.year + (month > _LAST_MONTH_OF_YEAR), month=(month - 1) % _LAST_MONTH_OF_YEAR + 1)


def _long(day: dt.date) -> str:
    return f"{day:%b} {day.day}, {day.year}"


_SPANS: Final[dict[str, Callable[[dt.date], tuple[dt.date, dt.date]]]] = {
    MONTH: _month,
    LAST_MONTH: _last_month,
    QUARTER: _quarter,
    YEAR: _year,
}
