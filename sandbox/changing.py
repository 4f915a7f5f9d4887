"""A decided claim as payers change it on the way: passed on, renamed, recoded, bundled or split. Pure, sums kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import ROUND_DOWN, Decimal
from typing import Final

from edi.parties import Name
from edi.remittances.model import Adjustment, Amount, ClaimPayment, LinePayment
from sandbox.outcomes import Outcome
from sandbox.pricing import CENT
from sandbox.scenario import Rule

PASSED_ON: Final = {"1": "19", "2": "20", "3": "21"}
NEXT_PLAN: Final = Name("TT", "SANDBOX SUPPLEMENT", id_qualifier="PI", id="SBSUP", is_person=False)
CORRECTED: Final = "74"
CHANGED_NUMBER: Final = "C"
SUFFIX: Final = "01"
BUNDLED_INTO: Final = ("OA", "94")
BUNDLED: Final = ("CO", "97")
TWO: Final = Decimal(2)


def changed(payment: ClaimPayment, rule: Rule) -> ClaimPayment:
    """The payment as the rule's outcome changes it; the same for all other outcomes."""
    match rule.outcome:
        case Outcome.CROSSED_OVER:
            status = PASSED_ON.get(payment.status, payment.status)
            return replace(payment, status=status, names=(*payment.names, NEXT_PLAN))
        case Outcome.CORRECTED_NAME:
            return replace(payment, names=(*payment.names, *_corrected(payment)))
        case Outcome.RECODED:
            return replace(payment, lines=tuple(_recoded(line, rule.recode) for line in payment.lines))
        case Outcome.BUNDLED:
            return replace(payment, lines=_bundled(payment.lines, rule.recode))
        case Outcome.SPLIT:
            return replace(payment, lines=tuple(half for line in payment.lines for half in _halves(line)))
    return payment


def _corrected(payment: ClaimPayment) -> Iterable[Name]:
    """Whoever holds the coverage under the number the payer has for her."""
    holder = payment.insured or payment.patient
    if holder is not None:
        yield replace(holder, role=CORRECTED, id_qualifier=CHANGED_NUMBER, id=f"{holder.id}{SUFFIX}")


def _recoded(line: LinePayment, code: str) -> LinePayment:
    """A line judged as another procedure (SVC01), with the one that was billed beside it (SVC06)."""
    return replace(line, procedure=replace(line.procedure, code=code, modifiers=()), original=line.procedure)


def _bundled(lines: tuple[LinePayment, ...], code: str) -> tuple[LinePayment, ...]:
    """All lines judged as one procedure: the first carries the money of all, and nothing is paid for the others."""
    if len(lines) == 1:
        return lines
    first, *others = (_recoded(line, code) for line in lines)
    rest = sum((line.charge for line in others), Decimal(0))
    sums: dict[tuple[str, str], Decimal] = {BUNDLED_INTO: -rest}
    for one in (adjustment for line in lines for adjustment in line.adjustments):
        sums[one.group, one.reason] = sums.get((one.group, one.reason), Decimal(0)) + one.amount
    adjustments = tuple(Adjustment(*key, amount) for key, amount in sums.items() if amount)
    paid = sum((line.paid for line in lines), Decimal(0))
    allowed = sum((line.allowed or Decimal(0) for line in lines), Decimal(0))
    whole = replace(first, paid=paid, adjustments=adjustments, amounts=(Amount("B6", allowed),))
    return (whole, *(_nothing(line) for line in others))


def _nothing(line: LinePayment) -> LinePayment:
    """A line whose money is on another."""
    return replace(line, paid=Decimal(0), adjustments=(Adjustment(*BUNDLED, line.charge),), amounts=(), remarks=())


def _halves(line: LinePayment) -> tuple[LinePayment, LinePayment]:
    """A line as two with the same number of ours; every amount is shared."""
    first = replace(
        line,
        charge=_half(line.charge),
        paid=line.charge - line.charge,
        adjustments=tuple(replace(one, amount=_half(one.amount)) for one in line.adjustments),
        amounts=tuple(replace(one, amount=_half(one.amount)) for one in line.amounts),
    )
    first = replace(first, paid=first.charge - sum((one.amount for one in first.adjustments), Decimal(0)))
    second = replace(
        line,
        charge=line.charge - first.charge,
        paid=line.paid - first.paid,
        adjustments=_rest(line.adjustments, first.adjustments),
        amounts=tuple(
            replace(one, amount=one.amount - other.amount)
            for one, other in zip(line.amounts, first.amounts, strict=True)
        ),
    )
    return first, second


def _rest(whole: tuple[Adjustment, ...], part: tuple[Adjustment, ...]) -> tuple[Adjustment, ...]:
    return tuple(replace(one, amount=one.amount - other.amount) for one, other in zip(whole, part, strict=True))


def _half(amount: Decimal) -> Decimal:
    return (amount / TWO).quantize(CENT, ROUND_DOWN)
