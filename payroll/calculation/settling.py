"""What a person's negative total becomes: nobody pays in, the rest is carried forward (`payroll.md` S15)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from payroll.calculation.facts import W2, Earlier, Line, Terms
from payroll.calculation.words import money, short
from practice.money import ZERO, total

INCENTIVE: Final = frozenset({"session", "add_on", "absence", "bonus", "carried"})
_NEVER_REDUCED: Final = frozenset({"reimbursement"})


def carried_in(earlier: Earlier, terms: Terms, on: dt.date) -> Line:
    """What an earlier run left over, on this run's account; `earlier` is that run's line, above zero."""
    said = f"{money(-earlier.amount)} carried over from the run of {earlier.run}."
    line = _line(terms, f"carried_in:{earlier.id}", -earlier.amount, on, said)
    line.cause_line_id, line.is_takeback = earlier.id, True
    return line


def carried_out(lines: Sequence[Line], terms: Terms, on: dt.date, *, key: str, may_reduce: bool) -> Line | None:
    """The line that lifts a negative pay to zero and hands the rest to the next run; None where nothing is over."""
    paid = [line for line in lines if not line.is_held]
    over = _over_w2(paid, may_reduce=may_reduce) if terms.tax_class == W2 else _over_1099(paid)
    if not over:
        return None
    said = f"{money(-over)} is more than could be taken off this pay; it is carried to the next run."
    return _line(terms, f"carried_out:{key}:{terms.id}", over, on, said)


def _over_1099(lines: Sequence[Line]) -> Decimal:
    return max(-total(line.amount for line in lines if line.kind not in _NEVER_REDUCED), ZERO)


def _over_w2(lines: Sequence[Line], *, may_reduce: bool) -> Decimal:
    """Hours, salary and what was entered by hand are never lowered; incentive pay only where it may be."""
    incentive = [line for line in lines if line.kind in INCENTIVE]
    below = max(-total(line.amount for line in incentive), ZERO)
    if may_reduce:
        return below
    taken = -total(line.amount for line in incentive if line.is_takeback and line.amount < ZERO)
    return max(below, taken, ZERO)


def _line(terms: Terms, key: str, amount: Decimal, on: dt.date, said: str) -> Line:
    return Line(
        clinician_id=terms.clinician_id,
        engagement_id=terms.id,
        tax_class=terms.tax_class,
        kind="carried",
        event_kind=key.partition(":")[0],
        event_key=key,
        amount=amount,
        happened_on=on,
        words=said,
        steps=[{"label": f"Carried on {short(on)}", "amount": str(amount)}],
        is_adjustment=True,
    )
