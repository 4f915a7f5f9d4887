"""Pay periods and pay dates: D1, D2, holidays, and that nobody is paid on two schedules."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise, takewhile

import pytest

from payroll import services
from payroll.calculation.calendars import Period, Plan, business_day, holidays, periods, workweek_of
from payroll.errors import PayrollRefusedError
from payroll.models import PayPeriod
from tests.payroll.desk import Desk


def until(plan: Plan, last: dt.date) -> list[Period]:
    return list(takewhile(lambda one: one.starts_on <= last, periods(plan)))


def test_d1_twice_a_month_moves_eight_pay_dates_of_2026_to_the_day_before() -> None:
    plan = Plan("semi_monthly", dt.date(2026, 1, 1), first_pay_day=15, second_pay_day=31)
    found = until(plan, dt.date(2026, 12, 31))
    assert len(found) == 24
    moved = {one.nominal: one.pay_on for one in found if one.nominal != one.pay_on}
    wanted = ["01-30", "02-13", "02-27", "03-13", "05-29", "08-14", "10-30", "11-13"]
    assert [f"{day:%m-%d}" for day in moved.values()] == wanted
    assert [one.number for one in found] == list(range(1, 25))


def test_d2_every_two_weeks_has_27_pay_dates_in_2026_and_26_in_2027() -> None:
    plan = Plan("biweekly", dt.date(2025, 12, 15), pay_lag_days=5)
    found = until(plan, dt.date(2027, 12, 31))
    assert found[0].nominal == dt.date(2026, 1, 2)
    dates = [one.pay_on for one in found]
    assert dt.date(2026, 6, 18) in dates
    assert dt.date(2026, 12, 31) in dates
    assert sum(day.year == 2026 for day in dates) == 27
    assert sum(day.year == 2027 for day in dates) == 26


def test_the_federal_reserve_closes_on_monday_for_a_sunday_and_not_at_all_for_a_saturday() -> None:
    assert dt.date(2026, 7, 4).weekday() == 5
    assert dt.date(2026, 7, 3) not in holidays(2026)
    assert dt.date(2027, 7, 5) in holidays(2027)
    assert business_day(dt.date(2026, 11, 26)) == dt.date(2026, 11, 25)
    assert business_day(dt.date(2026, 11, 26), following=True) == dt.date(2026, 11, 27)
    assert len(holidays(2026)) == 11


@pytest.mark.parametrize("starts", range(7))
def test_a_workweek_has_seven_days_and_begins_on_its_weekday(starts: int) -> None:
    for offset in range(14):
        day = dt.date(2026, 11, 1) + dt.timedelta(days=offset)
        first = workweek_of(day, starts)
        assert first.weekday() == starts
        assert 0 <= (day - first).days < 7


def test_periods_cover_every_day_once() -> None:
    for plan in (
        Plan("semi_monthly", dt.date(2026, 1, 16)),
        Plan("monthly", dt.date(2026, 1, 1), second_pay_day=5),
        Plan("weekly", dt.date(2026, 1, 7)),
        Plan("biweekly", dt.date(2026, 1, 7)),
    ):
        found = until(plan, dt.date(2028, 3, 1))
        assert found[0].starts_on == plan.starts_on
        for one, after in pairwise(found):
            assert after.starts_on == one.ends_on + dt.timedelta(days=1)
            assert one.ends_on - dt.timedelta(days=3) <= one.pay_on


def test_a_schedule_comes_with_its_periods_of_the_next_year(desk: Desk) -> None:
    schedule = desk.schedule()
    found = PayPeriod.objects.filter(schedule=schedule).order_by("starts_on")
    first = found[0]
    assert (first.ends_on, first.pay_on) == (dt.date(2026, 11, 15), dt.date(2026, 11, 30))
    assert found.count() == 28
    assert services.make_periods(actor=desk.owner, schedule_id=schedule.pk, through=dt.date(2027, 12, 1)) == []


def test_nobody_is_paid_on_two_schedules(desk: Desk) -> None:
    desk.schedule(payees="employees")
    with pytest.raises(PayrollRefusedError, match=r"“Twice a month” pays employees"):
        desk.schedule(name="All", payees="everyone")
    contractors = desk.schedule(name="Contractors", payees="contractors", frequency="monthly")
    with pytest.raises(PayrollRefusedError, match=r"End it first"):
        desk.schedule(name="Again", payees="contractors", starts_on=dt.date(2027, 1, 1))
    services.end_schedule(actor=desk.owner, schedule_id=contractors.pk, ends_on=dt.date(2026, 12, 31))
    desk.schedule(name="Again", payees="contractors", starts_on=dt.date(2027, 1, 1))


def test_a_schedule_begins_where_a_period_can(desk: Desk) -> None:
    with pytest.raises(PayrollRefusedError, match=r"No period begins on this day"):
        desk.schedule(starts_on=dt.date(2026, 11, 3))
