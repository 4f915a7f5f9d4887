"""How a line's amount came about, row by row, as the calculation wrote it down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from payroll.calculation.facts import Step
from payroll.calculation.words import money, plain, share
from payroll.explained.shapes import Group, Sum
from payroll.models import EventKind, PayLine, PayRule
from practice.money import ZERO

_RESULT: Final = "Your pay"
_PART: Final = "From this payment"
_ONE: Final = Decimal(1)


def sums(group: Group) -> list[Sum]:
    """The arithmetic of each line, closed by what it pays; several are added up."""
    if len(group.lines) == 1:
        return of_line(group.first)
    rows = [row for line in group.lines for row in of_line(line, result=_PART)]
    return [*rows, Sum(_said(group.first), amount=group.amount, is_result=True)]


def of_line(line: PayLine, result: str = "") -> list[Sum]:
    """The steps, then the amount of the line; `result` is what that is called where the line is a part."""
    steps = [step for step in line.steps if step["label"] != _RESULT]
    rows = [_sum(step, line) for step in steps]
    return [*rows, *_units(line), Sum(result or _said(line), amount=line.amount, is_result=True)]


def not_counted(lines: Sequence[PayLine]) -> list[str]:
    """What was collected and yet is no part of the pay, by line."""
    return list(_not_counted(lines))


def _not_counted(lines: Sequence[PayLine]) -> Iterator[str]:
    for line in lines:
        if line.basis is None or line.counted is None or line.basis == line.counted:
            continue
        left = line.basis - line.counted
        if line.basis < ZERO:
            yield f"{money(-left)} the insurer took back, which the practice absorbs."
        elif line.rule_id is None:
            yield f"{money(left)} that was paid for what your agreement pays nothing for."
        else:
            yield f"{money(left)} that makes good a takeback, which had cost you nothing."


def _sum(step: Step, line: PayLine) -> Sum:
    rate = step.get("rate")
    amount = step.get("amount")
    return Sum(
        label=step["label"],
        note=_note(step, line),
        amount=None if amount is None else Decimal(amount),
        times="" if rate is None else f"× {share(Decimal(rate))}",
    )


def _note(step: Step, line: PayLine) -> str:
    """The number of an insurer's payment says what it is; everything else says so itself."""
    note = step.get("note", "")
    is_number = line.source == "insurer" and note.replace("-", "").isalnum()
    return f"check or EFT {note}" if is_number else note


def _units(line: PayLine) -> Iterator[Sum]:
    """A fixed amount counts for each unit."""
    flat = line.rule is not None and line.rule.method == PayRule.Method.FLAT
    if flat and line.quantity is not None and line.quantity != _ONE and line.amount != ZERO:
        yield Sum("Units", times=f"× {plain(line.quantity)}")


def _said(line: PayLine) -> str:
    if line.is_held:
        return "Held back; it pays this once the note is signed"
    if line.event_kind == EventKind.CARRIED_OUT:
        return "Taken off the next run instead"
    if line.amount < ZERO:
        return "Taken off your pay"
    return "Your pay for this session" if line.charge_id is not None else _RESULT
