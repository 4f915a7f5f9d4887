"""Lines added up by person, rule and code: what may be seen without anything about a client."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from payroll.calculation.facts import Line
from practice.money import ZERO

Key = tuple[int, int, str, int | None, str, str, bool]


@dataclass(slots=True)
class Total:
    """One row of the run totals; `key` is clinician, engagement, tax class, rule, kind, code, adjustment."""

    key: Key
    count: int = 0
    quantity: Decimal = ZERO
    basis: Decimal = ZERO
    amount: Decimal = ZERO
    held_count: int = 0
    held: Decimal = ZERO
    seen: set[int] = field(default_factory=set)

    @property
    def sessions(self) -> int:
        """Sessions for which the lines pay something, each attendance once."""
        return len(self.seen)


def of(lines: Iterable[Line]) -> list[Total]:
    """The totals, in the order in which their first line came."""
    found: dict[Key, Total] = {}
    for line in lines:
        key = _key(line)
        total = found.get(key)
        if total is None:
            total = found[key] = Total(key)
        _add(total, line)
    return list(found.values())


def _key(line: Line) -> Key:
    return (
        line.clinician_id,
        line.engagement_id,
        line.tax_class,
        line.rule_id,
        line.kind,
        line.code,
        line.is_adjustment,
    )


def _add(total: Total, line: Line) -> None:
    if line.is_held:
        total.held_count += 1
        total.held += line.amount
        return
    total.count += 1
    total.amount += line.amount
    total.basis += line.basis or ZERO
    if line.hours_entry_id is not None or line.manual_line_id is not None:
        total.quantity += line.quantity or ZERO
    if line.attendance_id is not None and line.amount:
        total.seen.add(line.attendance_id)
