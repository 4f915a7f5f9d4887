"""The schedules with their periods, and what is left to do about them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from payroll.calculation import calendars
from payroll.calculation.calendars import Period
from payroll.errors import PayrollRefusedError
from payroll.models import PayPeriod, PayRun, PaySchedule
from payroll.services.schedules import plan_of, refuse_shared
from payroll.words import span
from practice.actors import Actor

PREVIEWED: Final = 8
NO_PERIOD: Final = "No period begins on this day. Choose the first day of one."
_BACK: Final = dt.timedelta(days=40)
_AHEAD: Final = dt.timedelta(days=190)


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """One period: its days in words, its pay date, the nominal one where it moved, and its run."""

    row: PayPeriod
    days: str
    nominal: dt.date | None
    run: PayRun | None
    state: str


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """One schedule with the periods of the last and the next months; `runs_short` where they end in half a year."""

    row: PaySchedule
    pays: str
    periods: list[PeriodRow]
    ends: list[PayPeriod]
    is_over: bool
    last_on: dt.date | None
    runs_short: bool


def schedules(actor: Actor, today: dt.date) -> list[ScheduleRow]:
    """Every schedule, running ones first; three queries."""
    actor.require("payroll:view")
    rows = list(PaySchedule.objects.order_by("starts_on", "pk"))
    periods: dict[int, list[PayPeriod]] = defaultdict(list)
    for one in PayPeriod.objects.filter(schedule__in=[row.pk for row in rows]).order_by("starts_on"):
        periods[one.schedule_id].append(one)
    runs = {run.period_id: run for run in PayRun.objects.filter(period__isnull=False)}
    found = [_row(row, periods[row.pk], runs, today) for row in rows]
    return sorted(found, key=lambda one: (one.is_over, one.row.name))


def previewed(row: PaySchedule) -> list[Period]:
    """The first periods of a schedule that is not saved; nothing where no period begins on its first day."""
    plan = plan_of(row)
    return list(islice(calendars.periods(plan), PREVIEWED)) if calendars.begins_period(plan) else []


def trouble(row: PaySchedule) -> str:
    """Why a schedule that is not saved cannot be, or nothing."""
    try:
        refuse_shared(row)
    except PayrollRefusedError as error:
        return str(error)
    return "" if calendars.begins_period(plan_of(row)) else NO_PERIOD


def _row(row: PaySchedule, periods: Sequence[PayPeriod], runs: dict[int | None, PayRun], today: dt.date) -> ScheduleRow:
    shown = [one for one in periods if today - _BACK <= one.ends_on and one.starts_on <= today + _AHEAD]
    nominal = _nominal(row, shown)
    last_on = periods[-1].ends_on if periods else None
    taken = max((one.starts_on for one in periods if one.pk in runs), default=dt.date.min)
    return ScheduleRow(
        row=row,
        pays=pays(row),
        periods=[_period(one, nominal.get(one.starts_on), runs.get(one.pk), today) for one in shown],
        ends=[one for one in periods if one.starts_on >= taken and one.ends_on >= today - _BACK][:26],
        is_over=row.ends_on is not None and row.ends_on < today,
        last_on=last_on,
        runs_short=row.ends_on is None and last_on is not None and last_on < today + _AHEAD,
    )


def _nominal(row: PaySchedule, shown: Sequence[PayPeriod]) -> dict[dt.date, dt.date]:
    """The day on which each would be paid if every day were a business day."""
    if not shown:
        return {}
    last = shown[-1].starts_on
    found = {}
    for one in calendars.periods(plan_of(row)):
        if one.starts_on > last:
            break
        found[one.starts_on] = one.nominal
    return found


def _period(row: PayPeriod, nominal: dt.date | None, run: PayRun | None, today: dt.date) -> PeriodRow:
    state = "over" if row.ends_on < today else "today" if row.starts_on <= today else "later"
    moved = nominal if nominal != row.pay_on else None
    return PeriodRow(row, span(row.starts_on, row.ends_on), moved, run, state)


def pays(row: PaySchedule) -> str:
    """`Days 1–15 are paid on the last day of the month, the rest on day 15`, or `Paid 5 days after a period ends`."""
    if row.frequency in {PaySchedule.Frequency.WEEKLY, PaySchedule.Frequency.BIWEEKLY}:
        days = "day" if row.pay_lag_days == 1 else "days"
        return f"Paid {row.pay_lag_days} {days} after a period ends"
    if row.frequency == PaySchedule.Frequency.MONTHLY:
        return f"Paid on {_day(row.second_pay_day)}"
    return f"Days 1–{row.first_ends_day} are paid on {_day(row.first_pay_day)}, the rest on {_day(row.second_pay_day)}"


def _day(number: int) -> str:
    return "the last day of the month" if number == 31 else f"day {number}"  # noqa: PLR2004 - as schedules say it
