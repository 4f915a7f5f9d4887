"""Pay periods and pay dates (`payroll.md` 2.1): pure dates."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_DAY: Final = dt.timedelta(days=1)
_FRIDAY, _SATURDAY, _SUNDAY = 4, 5, 6
BUSINESS_DAYS_TO_ARRIVE: Final = 3
PERIODS_A_YEAR: Final = {"semi_monthly": 24, "biweekly": 26, "weekly": 52, "monthly": 12}


@dataclass(frozen=True, slots=True)
class Period:
    """One period, both days included, with its nominal and its actual pay date and its place in the year."""

    starts_on: dt.date
    ends_on: dt.date
    nominal: dt.date
    pay_on: dt.date
    number: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What a schedule says, as `PaySchedule` keeps it."""

    frequency: str
    starts_on: dt.date
    first_ends_day: int = 15
    first_pay_day: int = 31
    second_pay_day: int = 15
    pay_lag_days: int = 5
    following: bool = False


def periods(plan: Plan) -> Iterator[Period]:
    """The periods from the first day on, without end."""
    first = plan.starts_on
    number, year = 0, 0
    while True:
        last = _last_day(plan, first)
        nominal = _nominal(plan, last)
        number = number + 1 if nominal.year == year else _number_at_start(plan, nominal)
        year = nominal.year
        shown = _place(plan, last) or number
        yield Period(first, last, nominal, business_day(nominal, following=plan.following), shown)
        first = last + _DAY


def begins_period(plan: Plan) -> bool:
    """Whether the first day is one on which a period can begin."""
    if plan.frequency == "semi_monthly":
        return plan.starts_on.day in {1, plan.first_ends_day + 1}
    return plan.frequency != "monthly" or plan.starts_on.day == 1


def business_day(day: dt.date, *, following: bool = False) -> dt.date:
    """The day itself, or the nearest business day of the Federal Reserve before (or after) it."""
    while day.weekday() >= _SATURDAY or day in holidays(day.year):
        day += _DAY if following else -_DAY
    return day


def approve_by(pay_on: dt.date) -> dt.date:
    """The last day to approve what arrives on `pay_on`: three business days before, so that a provider can move money.

    Providers differ in what they need, and so do a practice's terms with one; no source gives one number for all.
    """
    day = pay_on
    for _ in range(BUSINESS_DAYS_TO_ARRIVE):
        day = business_day(day - _DAY)
    return day


@lru_cache(maxsize=64)
def holidays(year: int) -> frozenset[dt.date]:
    """The days on which the Federal Reserve is closed: a holiday on a Sunday moves to Monday, on a Saturday nowhere."""
    fixed = [dt.date(year, *one) for one in ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25))]
    moved = [day + _DAY if day.weekday() == _SUNDAY else day for day in fixed]
    nth = [_nth(year, 1, 0, 3), _nth(year, 2, 0, 3), _nth(year, 9, 0, 1), _nth(year, 10, 0, 2), _nth(year, 11, 3, 4)]
    return frozenset([*moved, *nth, _last_monday(year, 5)])


def workweek_of(day: dt.date, starts: int) -> dt.date:
    """The first day of the workweek that holds the day; `starts` is a weekday, Monday 0."""
    return day - _DAY * ((day.weekday() - starts) % 7)


def _last_day(plan: Plan, first: dt.date) -> dt.date:
    if plan.frequency == "biweekly":
        return first + 13 * _DAY
    if plan.frequency == "weekly":
        return first + 6 * _DAY
    if plan.frequency == "semi_monthly" and first.day <= plan.first_ends_day:
        return first.replace(day=plan.first_ends_day)
    return _in_month(first, 31)


def _nominal(plan: Plan, last: dt.date) -> dt.date:
    """The first day of that number in a month on or after the period's end, or so many days after it."""
    if plan.frequency in {"biweekly", "weekly"}:
        return last + plan.pay_lag_days * _DAY
    is_first = plan.frequency == "semi_monthly" and last.day == plan.first_ends_day
    wanted = plan.first_pay_day if is_first else plan.second_pay_day
    same = _in_month(last, wanted)
    return same if same >= last else _in_month(_in_month(last, 31) + _DAY, wanted)


def _place(plan: Plan, last: dt.date) -> int | None:
    if plan.frequency == "monthly":
        return last.month
    if plan.frequency == "semi_monthly":
        return last.month * 2 - (1 if last.day == plan.first_ends_day else 0)
    return None


def _number_at_start(plan: Plan, nominal: dt.date) -> int:
    """How many pay dates of the cycle fall into the year up to this one."""
    step = 14 if plan.frequency == "biweekly" else 7
    return (nominal - dt.date(nominal.year, 1, 1)).days // step + 1


def _in_month(day: dt.date, number: int) -> dt.date:
    return day.replace(day=min(number, calendar.monthrange(day.year, day.month)[1]))


def _nth(year: int, month: int, weekday: int, count: int) -> dt.date:
    first = dt.date(year, month, 1)
    return first + _DAY * ((weekday - first.weekday()) % 7 + 7 * (count - 1))


def _last_monday(year: int, month: int) -> dt.date:
    last = dt.date(year, month, calendar.monthrange(year, month)[1])
    return last - _DAY * last.weekday()
