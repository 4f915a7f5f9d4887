"""How a run, a period and its state are said to the person it pays."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.utils import dateformat

from billing.claims.words import Chip
from payroll.models import PayRun
from payroll.runs.words import long_day, long_span
from payroll.words import span

S = PayRun.Status
_KNOWN: Final[dict[str, Chip]] = {
    S.DRAFT: Chip("calm", "draft", "Open"),
    S.COMPUTED: Chip("wait", "half", "Waits for approval"),
    S.APPROVED: Chip("move", "three-quarter", "Approved"),
    S.EXPORTED: Chip("move", "three-quarter", "With payroll"),
    S.LOCKED: Chip("move", "three-quarter", "With payroll"),
}


def chip(status: str, pay_on: dt.date, today: dt.date) -> Chip:
    """The state in the words of who is paid; it is paid when the provider took the file and the pay date came."""
    if status == S.LOCKED and pay_on <= today:
        return Chip("done", "done", f"Paid on {dateformat.format(pay_on, 'M j')}")
    return _KNOWN[status]


def arrives(pay_on: dt.date, today: dt.date) -> str:
    """`Pay date Monday, November 30.`"""
    return f"Pay date {long_day(pay_on, today)}."


def period(kind: str, starts_on: dt.date, ends_on: dt.date, pay_on: dt.date) -> str:
    """`Nov 1–15`, or `Off-cycle, Nov 20`."""
    if kind == PayRun.Kind.OFF_CYCLE:
        return f"Off-cycle, {dateformat.format(pay_on, 'M j')}"
    return span(starts_on, ends_on)


def of_run(run: PayRun) -> str:
    """The period of a run."""
    return period(run.kind, run.starts_on, run.ends_on, run.pay_on)


def full_period(run: PayRun, today: dt.date) -> str:
    """`November 1–15`, or `the off-cycle run of November 20`."""
    if run.kind == PayRun.Kind.OFF_CYCLE:
        return f"the off-cycle run of {long_span(run.pay_on, run.pay_on, today)}"
    return long_span(run.starts_on, run.ends_on, today)


def day(value: dt.date, year: int) -> str:
    """`Nov 2`, with the year when it is another."""
    return dateformat.format(value, "M j" if value.year == year else "M j, Y")
