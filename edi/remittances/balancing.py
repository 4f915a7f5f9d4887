"""Whether a remittance adds up: the three formulas of the 835 (005010X221A1 section 1.10.2.1), nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from edi.amounts import ZERO
from edi.remittances.model import Adjustment, ClaimPayment, Remittance


class Level(StrEnum):
    """Where a sum is taken."""

    LINE = "line"
    CLAIM = "claim"
    TRANSACTION = "transaction"


@dataclass(frozen=True, slots=True)
class Imbalance:
    """One sum that does not come out: `expected` by the formula, `found` in the file.

    `claim` and `line` count from 1; 0 means that it is about the level above.
    """

    level: Level
    where: str
    expected: Decimal
    found: Decimal
    words: str
    claim: int = 0
    line: int = 0


def balance(remittance: Remittance) -> list[Imbalance]:
    """Every sum that fails, lines before their claim, claims before the transaction; empty when all come out.

    Line: SVC02 − CAS of the line = SVC03. Claim: CLP03 − CAS of the claim and its lines = CLP04.
    Transaction: sum of CLP04 − sum of PLB = BPR02, which counts as negative when BPR03 says debit.
    """
    wrong: list[Imbalance] = []
    total = ZERO
    for claim in remittance.claims:
        total += claim.paid
        wrong += _claim(claim)
    total -= sum([one.amount for one in remittance.provider_adjustments], ZERO)
    if total != remittance.signed_amount:
        wrong.append(_transaction(total, remittance.signed_amount))
    return wrong


def _claim(claim: ClaimPayment) -> Iterator[Imbalance]:
    """The sums of one claim that fail."""
    taken = _sum(claim.adjustments)
    for number, line in enumerate(claim.lines, 1):
        off_line = _sum(line.adjustments)
        taken += off_line
        if line.charge - off_line != line.paid:
            yield _line_imbalance(claim, number, off_line)
    if claim.charge - taken != claim.paid:
        where = _where(claim)
        words = f"{where}: {_formula(claim.charge, taken, claim.paid)}"
        yield Imbalance(Level.CLAIM, where, claim.charge - taken, claim.paid, words, claim.position)


def _line_imbalance(claim: ClaimPayment, number: int, taken: Decimal) -> Imbalance:
    line = claim.lines[number - 1]
    where = f"{_where(claim)}, line {number} ({line.procedure.code})"
    words = f"{where}: {_formula(line.charge, taken, line.paid)}"
    return Imbalance(Level.LINE, where, line.charge - taken, line.paid, words, claim.position, number)


def _where(claim: ClaimPayment) -> str:
    return f"Claim {claim.position} ({claim.patient_control_number or 'without a number'})"


def _formula(charge: Decimal, taken: Decimal, paid: Decimal) -> str:
    comes_to = f"charge {_said(charge)} less adjustments {_said(taken)} is {_said(charge - taken)}"
    return f"{comes_to}, but {_said(paid)} is paid."


def _transaction(expected: Decimal, found: Decimal) -> Imbalance:
    words = f"The claims less the provider adjustments come to {_said(expected)}, but the payment is {_said(found)}."
    return Imbalance(Level.TRANSACTION, "Payment", expected, found, words)


def _sum(adjustments: tuple[Adjustment, ...]) -> Decimal:
    return sum([one.amount for one in adjustments], ZERO)


def _said(amount: Decimal) -> str:
    """Dollars with sign and cents."""
    return f"{'−' if amount < 0 else ''}${abs(amount):,.2f}"
