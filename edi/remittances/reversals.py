"""Reversals (CLP02 22): a payer takes back a decision by repeating it with every amount negated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from edi.amounts import ZERO
from edi.remittances.model import REVERSAL, Adjustment, ClaimPayment, LinePayment

Money = tuple[Decimal, Decimal, frozenset[tuple[str, str, Decimal]]]


def is_negation(original: ClaimPayment, reversal: ClaimPayment) -> bool:
    """Whether the reversal is exactly the original with every amount negated, in whatever order.

    Compared are charge, payment and adjustments of the claim, and of its lines as a set. Several adjustments under one
    group and reason count as their sum, and those of nothing count as none. Groups, reasons and levels must agree.
    """
    negated = Decimal(-1)
    same_claim = _money(original, negated) == _money(reversal)
    return same_claim and _lines(original.lines, negated) == _lines(reversal.lines)


def negated(claim: ClaimPayment, *, position: int = 1) -> ClaimPayment:
    """The reversal of a claim: the same identifiers, all amounts negated, status 22."""
    responsibility = claim.patient_responsibility
    return replace(
        claim,
        position=position,
        status=REVERSAL,
        charge=-claim.charge,
        paid=-claim.paid,
        patient_responsibility=None if responsibility is None else -responsibility,
        adjustments=_negated(claim.adjustments),
        amounts=(),
        lines=tuple(_negated_line(line) for line in claim.lines),
    )


def _money(payment: ClaimPayment | LinePayment, sign: Decimal = Decimal(1)) -> Money:
    """Charge, payment and the sum under each group and reason, times a sign."""
    sums: dict[tuple[str, str], Decimal] = {}
    for one in payment.adjustments:
        sums[one.group, one.reason] = sums.get((one.group, one.reason), ZERO) + one.amount
    adjusted = frozenset((*key, amount * sign) for key, amount in sums.items() if amount)
    return payment.charge * sign, payment.paid * sign, adjusted


def _lines(lines: Iterable[LinePayment], sign: Decimal = Decimal(1)) -> Counter[Money]:
    return Counter(_money(line, sign) for line in lines)


def _negated_line(line: LinePayment) -> LinePayment:
    """A line with all amounts negated; its allowed and other amounts are not repeated."""
    adjustments = _negated(line.adjustments)
    return replace(line, charge=-line.charge, paid=-line.paid, adjustments=adjustments, amounts=())


def _negated(adjustments: tuple[Adjustment, ...]) -> tuple[Adjustment, ...]:
    return tuple(replace(one, amount=-one.amount) for one in adjustments)
