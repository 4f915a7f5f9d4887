"""Balances with payers, by their reference, read from the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from billing.models import Account, LedgerLine, Takeback
from practice.money import ZERO, total


@dataclass(frozen=True, slots=True)
class PayerBalance:
    """What is open with a payer under one reference, with the lines it is made of, the oldest first.

    Above zero it is the payer's money, which they will take back or which is to be returned; below zero it is ours.
    """

    payer_id: int | None
    payer_name: str
    reference: str
    amount: Decimal
    lines: Sequence[LedgerLine]


def other_balances() -> list[PayerBalance]:
    """The balances that are no takeback: for a claim that is not ours, advances, what a payer withholds for itself."""
    known = set(Takeback.objects.values_list("payer_id", "reference"))
    return [one for one in payer_balances() if (one.payer_id, one.reference) not in known]


def payer_balances() -> list[PayerBalance]:
    """Every balance that is not settled, by payer and reference."""
    found: dict[tuple[int | None, str], list[LedgerLine]] = {}
    lines = LedgerLine.objects.filter(account=Account.PAYER_BALANCE).select_related("payer", "remittance", "entry")
    for line in lines.order_by("posted_on", "pk"):
        found.setdefault((line.payer_id, line.reference), []).append(line)
    made = [_balance(payer_id, reference, rows) for (payer_id, reference), rows in found.items()]
    return sorted((one for one in made if one.amount), key=lambda one: (one.payer_name, one.reference))


def _balance(payer_id: int | None, reference: str, lines: Sequence[LedgerLine]) -> PayerBalance:
    first = lines[0]
    name = first.payer.name if first.payer else first.remittance.payer_name if first.remittance else ""
    return PayerBalance(payer_id, name, reference, -total(line.amount for line in lines) or ZERO, lines)
