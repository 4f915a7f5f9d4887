"""Hours, salaries and what is entered by hand (`payroll.md` S12)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Final

from payroll.calculation import words
from payroll.calculation.facts import Hours, Line, Manual, Rule, RuleSet, Terms
from payroll.calculation.words import money, short
from practice.money import ZERO, cents

HOURS_WORDS: Final = {
    "sessions": "of sessions",
    "notes": "of notes and admin",
    "meeting": "of meetings",
    "training": "of training",
    "supervision": "of supervision",
    "travel": "of travel",
    "time_off": "of paid time off",
    "other": "of other work",
}


def hours_line(entry: Hours, terms: Terms, rules: RuleSet, rule: Rule) -> Line:
    """Hours at their rate."""
    rate = rule.amount or ZERO
    amount = cents(entry.hours * rate)
    said = f"{words.plain(entry.hours)} hours {HOURS_WORDS[entry.kind]} on {short(entry.on)} at {money(rate)} an hour."
    line = _line(terms, "hours", f"hours:{entry.id}", amount, entry.on)
    line.words, line.rule_id, line.rule_set_id, line.code = said, rule.id, rules.id, entry.kind
    line.quantity, line.hours_entry_id, line.is_adjustment = entry.hours, entry.id, entry.hours < 0
    line.rate = rate
    line.steps = [
        {"label": "An hour", "note": f"Version {rules.version}", "amount": str(rate)},
        {"label": f"{words.plain(entry.hours)} × {rate} = {words.plain(entry.hours * rate)}"},
        {"label": "Your pay", "amount": str(amount)},
    ]
    return line


def salary_part(annual: Decimal, number: int, periods: int) -> Decimal:
    """Period `number` of `periods`: the parts of a year sum to it exactly."""
    return cents(annual * number / periods) - cents(annual * (number - 1) / periods)


def salary_line(
    terms: Terms, rules: RuleSet, rule: Rule, period: tuple[dt.date, dt.date], *, number: int, periods: int
) -> Line | None:
    """The salary of a period, by calendar days where the terms cover only a part of it; None where they cover none."""
    annual = rule.amount or ZERO
    first = max(period[0], rules.starts_on, terms.starts_on)
    last = min(filter(None, (period[1], rules.ends_on, terms.ends_on)))
    if last < first:
        return None
    divisor = rule.periods_a_year or periods
    full = salary_part(annual, number, divisor)
    days, whole = (last - first).days + 1, (period[1] - period[0]).days + 1
    amount = full if days == whole else cents(full * days / whole)
    said = f"Salary of {money(annual)} a year, period {number} of {divisor}."
    steps = [{"label": f"{money(annual)}, period {number} of {divisor}", "amount": str(full)}]
    if days != whole:
        said = f"{said} {short(first)} to {short(last)}: {days} of {whole} days."
        steps.append({"label": f"{full} × {days} ÷ {whole}", "amount": str(amount)})
    line = _line(terms, "salary", f"salary:{rules.id}:{period[0]}", amount, last)
    line.words, line.rule_id, line.rule_set_id, line.steps = said, rule.id, rules.id, steps
    return line


def manual_line(entry: Manual, terms: Terms, day: dt.date) -> Line:
    """What somebody entered, with the reason."""
    said = entry.reason if entry.reason.endswith((".", "!", "?")) else f"{entry.reason}."
    line = _line(terms, entry.kind, f"manual:{entry.id}", entry.amount, day)
    line.words, line.manual_line_id, line.quantity = said, entry.id, entry.hours
    line.steps = [{"label": "Entered by hand", "note": entry.reason, "amount": str(entry.amount)}]
    line.is_adjustment = entry.kind == "correction"
    return line


def _line(terms: Terms, kind: str, key: str, amount: Decimal, day: dt.date) -> Line:
    return Line(
        clinician_id=terms.clinician_id,
        engagement_id=terms.id,
        tax_class=terms.tax_class,
        kind=kind,
        event_kind=key.partition(":")[0],
        event_key=key,
        amount=amount,
        happened_on=day,
        words="",
    )
