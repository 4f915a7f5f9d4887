"""The days of a practice as steps, each at its moment: what somebody does, and what a worker and a payer do then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from desk.demo import answers, billing, clients, days, money, papers, paydays, reopened, worked
from desk.demo.stage import Stage
from payroll.calculation.calendars import Period

KIND: Final = "demo.step"
_DAY: Final = dt.timedelta(days=1)
WORKDAYS: Final = 5
_AT_NIGHT, _NOON = 1, 12
Act = Callable[[Stage], None]


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happens once. `fetches` the payer's answers before it, `sends` what waits after it."""

    key: str
    moment: dt.datetime
    stage: Stage
    act: Act
    fetches: bool = False
    sends: bool = False


def founding_moment(monday: dt.date) -> dt.datetime:
    """When the practice is founded and set up: in the week before its first Monday."""
    return dt.datetime.combine(monday - 5 * _DAY, dt.time(15), tzinfo=dt.UTC)


def steps(stage: Stage, until: dt.datetime) -> list[Step]:
    """Everything up to a moment, in the order of time."""
    found = [one for week in range(stage.script.weeks + 1) for one in _week(stage, week)]
    found += _pay(stage, until)
    return sorted((one for one in found if one.moment <= until), key=lambda one: (one.moment, one.key))


def _week(stage: Stage, week: int) -> Iterator[Step]:
    """Newcomers and billing on Monday, the payers' answers on Thursday, clients' money on Friday."""
    monday = stage.monday + dt.timedelta(weeks=week)

    def step(name: str, day: int, hour: int, act: Act, **ways: bool) -> Step:
        date = monday + day * _DAY
        return Step(f"{date}:{name}", stage.moment(date, hour), stage, act, **ways)

    if week < stage.script.weeks:
        yield step("1-welcome", -1 if week else 0, 7, partial(clients.welcome, week=week))
    for day in range(WORKDAYS):
        yield step("2-morning", day, 8, partial(days.morning, date=monday + day * _DAY))
        yield step("7-evening", day, 20, partial(days.evening, date=monday + day * _DAY))
        yield step("7-hours", day, 21, partial(worked.enter, date=monday + day * _DAY))
    if week:
        yield step("3-cosign", 0, 9, days.cosign)
        yield step("4-bill", 0, 10, billing.bill, sends=True)
        yield step("5-post", 3, 9, answers.post, fetches=True)
        yield step("6-correct", 3, 11, answers.correct)
        yield step("6-money", 4, 16, partial(money.take, week=week))
        yield step("1-attest", 0, 9, partial(papers.attest, week=week))
    if money.is_time_to_tidy(week, stage.script.weeks):
        yield step("6-tidy", 4, 17, money.tidy_up)


def _pay(stage: Stage, until: dt.datetime) -> list[Step]:
    """Each period's run; the one opened last is approved by nobody and waits."""
    opened = [one for one in paydays.ended(stage.monday, until.date()) if _opening(stage, one).moment <= until]
    found = [_opening(stage, one) for one in opened]
    for one in opened[:-1]:
        found.append(_on_payday(stage, one, "approve", one.ends_on + paydays.APPROVED_AFTER, paydays.approve))
        found.append(_on_payday(stage, one, "lock", one.pay_on, paydays.lock))
    if reopened.is_here(stage):
        for one in opened:
            found.append(_on_payday(stage, one, "reopen", one.ends_on, reopened.reopen))
            found.append(_on_payday(stage, one, "sign", one.ends_on + reopened.SIGNS_AFTER, reopened.sign_again))
    return found


def _opening(stage: Stage, period: Period) -> Step:
    on = period.ends_on + paydays.OPENS_AFTER
    return _on_payday(stage, period, "open", on, paydays.open_and_compute, hour=_AT_NIGHT)


def _on_payday(
    stage: Stage, period: Period, name: str, on: dt.date, act: paydays.PayDate, *, hour: int = _NOON
) -> Step:
    return Step(f"{on}:8-{name}", stage.moment(on, hour), stage, lambda stage: act(stage, period))
