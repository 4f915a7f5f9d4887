"""How runs, their states and the rules behind them are said on pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from billing.claims.words import Chip
from payroll.calculation.words import money, share
from payroll.models import PayRule, PayRun, PaySchedule, TaxClass
from payroll.words import span

S: Final = PayRun.Status
CHIPS: Final[dict[str, Chip]] = {
    S.DRAFT: Chip("wait", "ready", S.DRAFT.label),
    S.COMPUTED: Chip("wait", "half", S.COMPUTED.label),
    S.APPROVED: Chip("move", "three-quarter", S.APPROVED.label),
    S.EXPORTED: Chip("done", "done", S.EXPORTED.label),
    S.LOCKED: Chip("calm", "locked", S.LOCKED.label),
}
TAX_CLASSES: Final[dict[str, str]] = {TaxClass.W2: TaxClass.W2.label, TaxClass.CONTRACTOR: TaxClass.CONTRACTOR.label}
_M: Final = PayRule.Method
_MERGED: Final = frozenset({_M.PERCENT, _M.FLAT})
_SHOWN: Final = 2
_NAMED: Final = 6


def title(run: PayRun, today: dt.date) -> str:
    """`Pay run, November 1–15`, or `Off-cycle pay run, November 20`; the year where it is not this one."""
    if run.kind == PayRun.Kind.OFF_CYCLE:
        return f"Off-cycle pay run, {long_span(run.pay_on, run.pay_on, today)}"
    return f"Pay run, {long_span(run.starts_on, run.ends_on, today)}"


def short_title(run: PayRun) -> str:
    """`Nov 1–15, 2026`, as the way to the page says it."""
    if run.kind == PayRun.Kind.OFF_CYCLE:
        return f"Off-cycle, {span(run.pay_on, run.pay_on)}, {run.pay_on.year}"
    said = span(run.starts_on, run.ends_on)
    return said if run.starts_on.year != run.ends_on.year else f"{said}, {run.ends_on.year}"


def long_span(first: dt.date, last: dt.date, today: dt.date) -> str:
    """`November 1–15`, `October 16–November 15`; with years where they are not this one."""
    year = f", {last.year}" if last.year != today.year else ""
    begun = f", {first.year}" if first.year != last.year else ""
    if first == last:
        return f"{_long(first)}{year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{_long(first)}–{last.day}{year}"
    return f"{_long(first)}{begun}–{_long(last)}{year or (f', {last.year}' if begun else '')}"


def long_day(day: dt.date, today: dt.date) -> str:
    """`Monday, November 30`, with the year when it is not this one."""
    year = f", {day.year}" if day.year != today.year else ""
    return f"{day:%A}, {_long(day)}{year}"


def frequency(schedule: PaySchedule) -> str:
    """`Twice a month (semi-monthly, 24 a year)`."""
    return schedule.get_frequency_display().replace("/yr", " a year")


def how_paid(rules: Iterable[PayRule]) -> str:
    """`68% or 72% of collected, $28.00 an hour`; what is more than two is counted."""
    by_method: dict[str, list[PayRule]] = {}
    for rule in rules:
        by_method.setdefault(rule.method if rule.method in _MERGED else f"{rule.method} {rule.pk}", []).append(rule)
    said = list(dict.fromkeys(filter(None, (_rules(found) for found in by_method.values()))))
    left = len(said) - _SHOWN
    return ", ".join(said[:_SHOWN]) + (f" and {left} more" if left > 0 else "")


def people(count: int) -> str:
    """`1 person`, `10 people`."""
    return f"{count:,} {'person' if count == 1 else 'people'}"


def on_draw(names: Sequence[str]) -> str:
    """Why owners and partners are not among the people; nothing where there are none."""
    if not names:
        return ""
    if len(names) == 1:
        return f"{names[0]} is paid by draw, as owners and partners are, and is not in this run."
    listed = f"{', '.join(names[:-1])} and {names[-1]}"
    return f"{listed} are paid by draw, as owners and partners are, and are not in this run."


def unfiled(names: Sequence[str], amount: Decimal) -> str:
    """Whose pay is in no file yet: `Lena Brandt is in no file yet: $630.00 reaches no provider.`; a few by name."""
    if not names:
        return ""
    left = len(names) - _NAMED
    said = [*names[:_NAMED], *([people(left)] if left > 0 else [])]
    listed = said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
    return f"{listed} {'is' if len(names) == 1 else 'are'} in no file yet: {money(amount)} has reached no provider."


def _rules(found: Sequence[PayRule]) -> str:
    """Shares, and amounts for each session, in one phrase: the two, or the lowest and the highest."""
    values = sorted({value for rule in found if (value := _value(rule)) is not None})
    if len(values) < _SHOWN:
        return _rule(found[0])
    is_share = found[0].method == _M.PERCENT
    low, high = (share(value) if is_share else money(value) for value in (values[0], values[-1]))
    between = "or" if len(values) == _SHOWN else "to"
    return f"{low} {between} {high} {'of collected' if is_share else 'per session'}"


def _value(rule: PayRule) -> Decimal | None:
    value: Decimal | None = rule.rate if rule.method == _M.PERCENT else rule.amount
    return value


def _rule(rule: PayRule) -> str:
    if rule.method == _M.SALARY:
        return "Salary"
    if rule.method == _M.PERCENT:
        return f"{share(rule.rate)} of collected" if rule.rate is not None else ""
    if rule.amount is None:
        return ""
    amount = money(rule.amount)
    if rule.method == _M.HOURLY:
        return f"{amount} an hour"
    return f"{amount} over {rule.threshold}" if rule.method == _M.BONUS else f"{amount} per session"


def _long(day: dt.date) -> str:
    return f"{day:%B} {day.day}"
