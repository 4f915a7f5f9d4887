"""What a payer allows for a line and how it is split between plan and patient. Exact to the cent, no I/O."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from edi.amounts import ZERO
from edi.claims.model import Claim, Line
from edi.remittances.model import Adjustment
from sandbox.outcomes import Denial
from sandbox.scenario import Payer, Plan

CENT: Final = Decimal("0.01")
HUNDRED: Final = Decimal(100)
CONTRACT: Final = ("CO", "45")
DEDUCTIBLE: Final = ("PR", "1")
COINSURANCE: Final = ("PR", "2")
COPAY: Final = ("PR", "3")
PRIOR_PAYER: Final = ("OA", "23")
MAXIMUM: Final = ("CO", "119")


@dataclass(frozen=True, slots=True)
class Priced:
    """A line as decided: what is allowed and paid, and why the rest of the charge is not."""

    allowed: Decimal
    paid: Decimal
    adjustments: tuple[Adjustment, ...]
    remarks: tuple[str, ...] = ()
    is_denied: bool = False

    def owed(self, key: tuple[str, str]) -> Decimal:
        """The amount under a group and reason."""
        return sum((one.amount for one in self.adjustments if (one.group, one.reason) == key), ZERO)


@dataclass(slots=True)
class Shares:
    """What is left of the patient's own shares while the lines of a claim are priced one after another."""

    copay: Decimal
    deductible: Decimal
    coinsurance: Decimal

    @classmethod
    def of(cls, plan: Plan, deductible_met: Decimal) -> Shares:
        """At the beginning of a claim."""
        return cls(plan.copay, max(plan.deductible - deductible_met, ZERO), plan.coinsurance)

    def take(self, allowed: Decimal) -> list[tuple[tuple[str, str], Decimal]]:
        """The patient's shares of an allowed amount: copay, then deductible, then coinsurance on what remains."""
        copay = min(self.copay, allowed)
        deductible = min(self.deductible, allowed - copay)
        coinsurance = percent(allowed - copay - deductible, self.coinsurance)
        self.copay -= copay
        self.deductible -= deductible
        return [(COPAY, copay), (DEDUCTIBLE, deductible), (COINSURANCE, coinsurance)]


def percent(amount: Decimal, rate: Decimal) -> Decimal:
    """A percentage of an amount, half-up to the cent, never more than the amount."""
    return min((amount * rate / HUNDRED).quantize(CENT, ROUND_HALF_UP), amount)


def allowed_for(payer: Payer, line: Line) -> Decimal:
    """The fee for the line's units, else the payer's percentage of the charge; never more than the charge."""
    fee = payer.fees.get(line.code)
    if fee is None:
        return percent(line.amount, payer.allowed_percent)
    return min((fee * line.units).quantize(CENT, ROUND_HALF_UP), line.amount)


def priced(line: Line, allowed: Decimal, shares: Shares) -> Priced:
    """A line that is covered."""
    taken = shares.take(allowed)
    paid = allowed - sum((amount for _, amount in taken), ZERO)
    return Priced(allowed, paid, _adjustments((CONTRACT, line.amount - allowed), *taken))


def denied(line: Line, denial: Denial) -> Priced:
    """A line of which nothing is paid."""
    key = (denial.group, denial.reason)
    remarks = (denial.remark,) if denial.remark else ()
    return Priced(ZERO, ZERO, _adjustments((key, line.amount)), remarks, is_denied=True)


def partly(one: Priced, rate: Decimal) -> Priced:
    """A line of which only a percentage of the payment is paid: the maximum was reached."""
    cut = one.paid - percent(one.paid, rate)
    return replace(one, paid=one.paid - cut, adjustments=(*one.adjustments, *_adjustments((MAXIMUM, cut))))


def owed_by_patient(line: Line, allowed: Decimal) -> Priced:
    """A line whose allowed amount goes to the patient's deductible."""
    return Priced(allowed, ZERO, _adjustments((CONTRACT, line.amount - allowed), (DEDUCTIBLE, allowed)))


def after_other_payer(line: Line, left: Decimal, allowed: Decimal) -> Priced:
    """A line that another payer decided first: of what it left to the patient, up to the allowed amount is paid."""
    paid = min(left, allowed)
    return Priced(allowed, paid, _adjustments((PRIOR_PAYER, line.amount - left), (CONTRACT, left - paid)))


def left_by_others(claim: Claim, line: Line) -> Decimal:
    """What earlier payers left to the patient of a line (PR of 2430, else of 2320 spread by charge)."""
    if line.decisions:
        last = line.decisions[-1]
        return _patient(last.adjustments, line.amount)
    whole = _patient(claim.coverages[-1].adjustments, claim.charge) if claim.coverages else ZERO
    if not claim.charge:
        return ZERO
    return min((whole * line.amount / claim.charge).quantize(CENT, ROUND_HALF_UP), line.amount)


def _patient(adjustments: tuple[Adjustment, ...], limit: Decimal) -> Decimal:
    return min(sum((one.amount for one in adjustments if one.group == "PR"), ZERO), limit)


def _adjustments(*parts: tuple[tuple[str, str], Decimal]) -> tuple[Adjustment, ...]:
    """The adjustments that take something off, in order."""
    return tuple(Adjustment(*key, amount) for key, amount in parts if amount)
