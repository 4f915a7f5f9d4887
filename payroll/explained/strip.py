"""The strip above the lines: sessions, other pay, adjustments, and what is held; the first three are the pay."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from payroll.calculation.words import count, money, plain, share
from payroll.explained.selectors.lines import section_of
from payroll.explained.shapes import ABSENCES, ADJUSTMENTS, HELD, HOURS, SESSIONS, Stat
from payroll.models import LineKind, PayLine
from practice.money import ZERO, total

_FIRST: Final = {LineKind.SALARY: "Salary", LineKind.HOURS: "Hours"}


def strip(lines: Sequence[PayLine], *, unsigned: int = 0) -> list[Stat]:
    """Four figures with their reasons; `unsigned` sessions are paid although their notes still wait."""
    sessions = [line for line in lines if section_of(line) in {SESSIONS, ABSENCES}]
    adjusted = [line for line in lines if section_of(line) == ADJUSTMENTS]
    held = [line for line in lines if section_of(line) == HELD]
    other = [line for line in lines if section_of(line) not in {SESSIONS, ABSENCES, ADJUSTMENTS, HELD}]
    return [_sessions(sessions), _other(other), _adjusted(adjusted), _held(held, unsigned)]


def gross(lines: Sequence[PayLine]) -> Decimal:
    """What the lines pay."""
    return total(line.amount for line in lines if not line.is_held)


def _sessions(lines: Sequence[PayLine]) -> Stat:
    paid = [line for line in lines if line.amount]
    of = {name: {line.attendance_id for line in paid if section_of(line) == name} for name in (SESSIONS, ABSENCES)}
    said = [count(len(of[SESSIONS]), "session")] if of[SESSIONS] or not of[ABSENCES] else []
    said += [count(len(of[ABSENCES]), "absence")] if of[ABSENCES] else []
    return Stat(", ".join(said), total(line.amount for line in lines), _share_of(lines))


def _share_of(lines: Sequence[PayLine]) -> str:
    if not lines:
        return "none in this run"
    shared = [line for line in lines if line.rate is not None]
    fixed = {line.attendance_id for line in lines if line.rate is None and line.amount}
    counted = money(total(line.counted or ZERO for line in shared))
    if not shared:
        return "each at a fixed amount"
    rates = {line.rate for line in shared if line.rate is not None}
    said = f"{share(rates.pop())} of {counted}" if len(rates) == 1 else f"shares of {counted}"
    return f"{said}, {len(fixed)} at a fixed amount" if fixed else said


def _other(lines: Sequence[PayLine]) -> Stat:
    kinds = list(dict.fromkeys(line.kind for line in lines))
    amount = total(line.amount for line in lines)
    if not kinds:
        return Stat("Hours", amount, "none in this run")
    hours = [line for line in lines if line.kind == HOURS]
    if kinds == [LineKind.HOURS]:
        rates = {line.rate for line in hours}
        at = f"at {money(hours[0].rate or ZERO)} an hour" if len(rates) == 1 else "at their rates"
        return Stat(f"{_hours(hours)}", amount, at)
    names = [str(LineKind(kind).label) if kind != LineKind.HOURS else _hours(hours) for kind in kinds]
    if len(names) == 1:
        return Stat(names[0], amount, count(len(lines), "line"))
    first = next((label for kind, label in _FIRST.items() if kind in kinds), "")
    label = f"{first} and other pay" if first else "Other pay"
    return Stat(label, amount, ", ".join([names[0], *(name.lower() for name in names[1:])]))


def _hours(lines: Sequence[PayLine]) -> str:
    hours = sum((line.quantity or ZERO for line in lines), Decimal(0))
    return f"{plain(hours)} hour" if hours == 1 else f"{plain(hours)} hours"


def _adjusted(lines: Sequence[PayLine]) -> Stat:
    amount = total(line.amount for line in lines)
    if not lines:
        return Stat("Adjustments", amount, "none in this run")
    free = "it cost you nothing" if len(lines) == 1 else "they cost you nothing"
    return Stat(
        "Adjustments",
        amount,
        f"{len(lines)}, {free}" if not any(line.amount for line in lines) else count(len(lines), "line"),
    )


def _held(lines: Sequence[PayLine], unsigned: int) -> Stat:
    said = "nothing waits for a note"
    if lines:
        said = f"{count(len({line.attendance_id for line in lines}), 'session')} without a signed note"
    elif unsigned:
        said = f"{count(unsigned, 'session')} paid, not signed yet"
    return Stat("Held back", total(line.amount for line in lines), said)
