"""A pay period's way to the bank: opened and computed the day after it, approved and filed later, locked on pay day.

The owner decides, the accountant makes the files. The last period's run is left computed: it waits for the owner.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import takewhile
from typing import Any, Final

from clinicians.policies import visible_clinicians
from desk.demo import agreements, fate
from desk.demo.agreements import ADP_RUN, CONTRACTORS, GUSTO, HOURLY, RAISED
from desk.demo.stage import Stage
from payroll import selectors
from payroll import services as payroll
from payroll.calculation.calendars import Period, periods
from payroll.exports import export_run
from payroll.policies import visible_runs
from practice import clock
from practice.money import cents

OPENS_AFTER: Final = dt.timedelta(days=1)
APPROVED_AFTER: Final = dt.timedelta(days=8)
MOVED_TO_GUSTO: Final = 4  # the period, counted from the first, since which employees are paid there
RAISE_AFTER: Final = 6
Extra = tuple[str, Decimal, str]
EXTRAS: Final[tuple[Extra, ...]] = (
    ("reimbursement", Decimal("98.00"), "License renewal fee"),
    ("bonus", Decimal("56.00"), "Covered the intake line on two evenings"),
    ("reimbursement", Decimal("42.00"), "Continuing education, ethics course"),
    ("bonus", Decimal("36.00"), "Led the case conference"),
)
_PER_MILLE: Final = 130
_HALF: Final = Decimal("0.5")
PayDate = Callable[[Stage, Period], None]


def ended(monday: dt.date, until: dt.date) -> list[Period]:
    """The periods of a history that are over and opened by a day, the first one first."""
    ours = periods(agreements.plan(monday))
    return list(takewhile(lambda one: one.ends_on + OPENS_AFTER <= until, ours))


def joins_on(monday: dt.date, until: dt.date) -> dt.date:
    """When who came last joined: with the period that ended last, so that only its run pays them."""
    found = ended(monday, until)
    return found[-1].starts_on if found else agreements.starts_on(monday)


def open_and_compute(stage: Stage, period: Period) -> None:
    """The owner opens the run, enters what was agreed for it, and has it computed."""
    owner = stage.owner.actor
    run = payroll.open_run(actor=owner, schedule_id=selectors.schedules(owner)[0].pk)
    for clinician_id, (kind, dollars, reason) in _extras(stage, period):
        payroll.add_manual_line(
            actor=owner, run_id=run.pk, clinician_id=clinician_id, kind=kind, amount=dollars, reason=reason
        )
    _compute(stage, run.pk)


def _extras(stage: Stage, period: Period) -> Iterator[tuple[int, Extra]]:
    """What is paid beside the rules now and then; whoever is paid by no rule, or came last, gets nothing."""
    for place, one in enumerate(stage.script.team):
        question = stage.draws(), "extra", place, period.ends_on
        if one.name in agreements.RULES and place != stage.script.newcomer and fate.happens(_PER_MILLE, *question):
            yield stage.clinician_ids[place], fate.choose(EXTRAS, "which", *question)


def approve(stage: Stage, period: Period) -> None:
    """Computed once more with what was confirmed meanwhile, approved, and its files made by the accountant."""
    owner, run = stage.owner.actor, _run(stage, period)
    _compute(stage, run.pk)
    run = payroll.approve(actor=owner, run_id=run.pk)
    classes = {one.tax_class for one in selectors.people(owner, run)}
    employees = ADP_RUN if _place(stage, period) < MOVED_TO_GUSTO else GUSTO
    targets = [target for target, wanted in ((employees, "w2"), (CONTRACTORS, "1099")) if wanted in classes]
    for target in targets:
        export_run(run=run, target=target, actor=stage.accountant, practice=stage.practice)
    if not targets:
        payroll.mark_exported(actor=owner, run_id=run.pk)
    if _place(stage, period) == RAISE_AFTER:
        _raise(stage, period)


def lock(stage: Stage, period: Period) -> None:
    """The money is out."""
    payroll.lock(actor=stage.owner.actor, run_id=_run(stage, period).pk)


def _compute(stage: Stage, run_id: int) -> None:
    """Computes the run; hours over 40 are paid half the rate on top, entered by hand, and it is computed again."""
    owner = stage.owner.actor
    over = [one for one in payroll.compute(actor=owner, run_id=run_id).findings if one["code"] == "overtime"]
    for one in over:
        hours = Decimal(one["hours"])
        payroll.add_manual_line(
            actor=owner,
            run_id=run_id,
            clinician_id=one["clinician_id"],
            kind="overtime",
            amount=cents(hours * HOURLY * _HALF),
            reason=f"The team evening made {hours.normalize():f} hours over 40 that week",
            week_of=dt.date.fromisoformat(one["week"]),
            hours=hours,
        )
    if over:
        payroll.compute(actor=owner, run_id=run_id)


def _raise(stage: Stage, period: Period) -> None:
    place = next((place for place, one in enumerate(stage.script.team) if one.name == RAISED), None)
    if place is not None:
        today = clock.today(stage.practice)
        row = visible_clinicians(stage.owner.actor).get(pk=stage.clinician_ids[place])
        first = next(one.starts_on for one in periods(agreements.plan(stage.monday)) if one.starts_on > today)
        agreements.raise_share(stage.owner.actor, stage.script.team[place], row, first)


def _place(stage: Stage, period: Period) -> int:
    """Which period of the history it is, the first is 1."""
    return len(ended(stage.monday, period.ends_on + OPENS_AFTER))


def _run(stage: Stage, period: Period) -> Any:
    return visible_runs(stage.owner.actor).get(ends_on=period.ends_on)
