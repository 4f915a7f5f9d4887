"""Pay schedules and their periods."""

from __future__ import annotations

import datetime as dt
from itertools import takewhile
from typing import Any, Final

from django.db import transaction

from payroll.calculation import calendars
from payroll.errors import PayrollRefusedError
from payroll.locks import hold_payroll
from payroll.models import PayPeriod, PayRun, PaySchedule
from payroll.words import since
from practice import audit
from practice.actors import Actor
from practice.overlaps import sharing_a_day
from practice.records import find, save_changed, save_new, today_of

_PAYEES: Final = PaySchedule.Payees
_AHEAD: Final = dt.timedelta(days=400)
_SHARED: Final = "Another schedule pays the same people on these days."


@transaction.atomic
def add_schedule(*, actor: Actor, starts_on: dt.date, ends_on: dt.date | None = None, **values: Any) -> PaySchedule:
    """A schedule with its periods of the next year. PayrollRefusedError where people would have two on a day."""
    actor.require("payroll:edit")
    hold_payroll()
    row = PaySchedule(starts_on=starts_on, ends_on=ends_on, **values)
    row.name = row.name.strip() or row.get_frequency_display()
    PayrollRefusedError.if_reversed(starts_on, ends_on, "The last day is before the first.", "ends_on")
    if not calendars.begins_period(plan_of(row)):
        raise PayrollRefusedError("No period begins on this day. Choose the first day of one.", "starts_on")
    refuse_shared(row)
    with PayrollRefusedError.instead_of("pay_schedule_one_at_a_time", _SHARED, "starts_on"):
        save_new("pay_schedule.added", actor, row)
    make_periods(actor=actor, schedule_id=row.pk, through=max(starts_on, today_of(actor)) + _AHEAD)
    return row


@transaction.atomic
def end_schedule(*, actor: Actor, schedule_id: int, ends_on: dt.date) -> PaySchedule:
    """The last day of a schedule, which ends a period; later periods go. Refused where a run was opened for one."""
    actor.require("payroll:edit")
    hold_payroll()
    row = find(PaySchedule, schedule_id)
    if not PayPeriod.objects.filter(schedule=row, ends_on=ends_on).exists():
        raise PayrollRefusedError("No period ends on this day. Choose the last day of one.", "ends_on")
    later = PayPeriod.objects.filter(schedule=row, starts_on__gt=ends_on)
    if PayRun.objects.filter(period__in=list(later.values_list("pk", flat=True))).exists():
        raise PayrollRefusedError("There is a run for a later period already.", "ends_on")
    later.delete()
    save_changed("pay_schedule.ended", actor, row, {"ends_on": ends_on})
    return row


@transaction.atomic
def keep_schedule(*, actor: Actor, schedule_id: int) -> PaySchedule:
    """Takes the last day of a schedule away; its later periods come back. Refused where another schedule follows it."""
    actor.require("payroll:edit")
    hold_payroll()
    row = find(PaySchedule, schedule_id)
    refuse_shared(row, None)
    with PayrollRefusedError.instead_of("pay_schedule_one_at_a_time", _SHARED):
        save_changed("pay_schedule.kept", actor, row, {"ends_on": None})
    make_periods(actor=actor, schedule_id=row.pk, through=max(row.starts_on, today_of(actor)) + _AHEAD)
    return row


@transaction.atomic
def make_periods(*, actor: Actor, schedule_id: int, through: dt.date) -> list[PayPeriod]:
    """The periods that begin up to a day and are not there yet, in order."""
    actor.require("payroll:edit")
    hold_payroll()
    row = find(PaySchedule, schedule_id)
    there = set(PayPeriod.objects.filter(schedule=row).values_list("starts_on", flat=True))
    last = min(through, row.ends_on or through)
    wanted = takewhile(lambda one: one.starts_on <= last, calendars.periods(plan_of(row)))
    made = PayPeriod.objects.bulk_create(
        PayPeriod(schedule=row, starts_on=one.starts_on, ends_on=one.ends_on, pay_on=one.pay_on, number=one.number)
        for one in wanted
        if one.starts_on not in there
    )
    if made:
        audit.record("pay_schedule.periods_made", actor=actor, row=row, after={"periods": len(made)})
    return made


def plan_of(row: PaySchedule) -> calendars.Plan:
    """What the schedule says about its dates."""
    return calendars.Plan(
        frequency=row.frequency,
        starts_on=row.starts_on,
        first_ends_day=row.first_ends_day,
        first_pay_day=row.first_pay_day,
        second_pay_day=row.second_pay_day,
        pay_lag_days=row.pay_lag_days,
        following=row.shift == PaySchedule.Shift.FOLLOWING,
    )


def refuse_shared(row: PaySchedule, *ends_on: dt.date | None) -> None:
    """PayrollRefusedError where another schedule pays the same people on a day up to its end, or another one."""
    others = PaySchedule.objects.exclude(pk=row.pk or 0)
    if row.payees != _PAYEES.EVERYONE:
        others = others.filter(payees__in=[row.payees, _PAYEES.EVERYONE])
    last = ends_on[0] if ends_on else row.ends_on
    for other in sharing_a_day(others, row.starts_on, last):
        span = since(other.starts_on, other.ends_on)
        raise PayrollRefusedError(
            f"“{other.name}” pays {other.get_payees_display().lower()} {span}. End it first, or choose other days.",
            "starts_on",
        )
