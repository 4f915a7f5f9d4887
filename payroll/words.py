"""How spans and runs read in payroll's sentences."""

from __future__ import annotations

import datetime as dt

from payroll.calculation.words import dated, short
from payroll.models import PayRun


def span(first: dt.date, last: dt.date) -> str:
    """`Nov 1–15`, `Oct 16–Nov 15`, with the years where they differ."""
    if first == last:
        return short(first)
    if first.year != last.year:
        return f"{dated(first)}–{dated(last)}"
    return f"{short(first)}–{last.day}" if first.month == last.month else f"{short(first)}–{short(last)}"


def since(first: dt.date, last: dt.date | None) -> str:
    """`from Jan 1, 2026`, or `Jan 1, 2026 to May 31, 2026`."""
    return f"from {dated(first)}" if last is None else f"{dated(first)} to {dated(last)}"


def run_name(run: PayRun) -> str:
    """`the run of Nov 1–15`, or `the off-cycle run of Nov 20`."""
    if run.kind == PayRun.Kind.OFF_CYCLE:
        return f"the off-cycle run of {short(run.pay_on)}"
    return f"the run of {span(run.starts_on, run.ends_on)}"
