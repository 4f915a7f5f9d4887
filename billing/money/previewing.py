"""What a payment would do, before it is taken. Pure: what was typed in, dollars and a sentence out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from billing.money.selectors import OpenCharge
from billing.money.spreading import oldest_first
from practice.money import LARGEST, ZERO, cents, total


@dataclass(frozen=True, slots=True)
class Preview:
    """An amount, what of it is applied, and what is left; below zero where too much is applied."""

    amount: Decimal
    applied: Decimal

    @property
    def rest(self) -> Decimal:
        """What stays as credit."""
        return self.amount - self.applied

    @property
    def missing(self) -> Decimal:
        """How much more is applied than paid."""
        return -self.rest


def amount_of(text: str) -> Decimal:
    """The dollars somebody typed; zero while they make no amount."""
    try:
        amount = Decimal(text.strip().lstrip("$").replace(",", ""))
    except InvalidOperation:
        return ZERO
    return cents(amount) if amount.is_finite() and ZERO <= amount <= LARGEST else ZERO


def spread(amount: Decimal, charges: Sequence[OpenCharge], chosen: Collection[int]) -> dict[int, Decimal]:
    """Lays the amount over the chosen charges first, then over the others, the oldest first."""
    order = sorted(charges, key=lambda charge: charge.id not in chosen)
    return oldest_first(amount, [(charge.id, charge.by_client) for charge in order])


def preview(amount: Decimal, parts: Mapping[int, Decimal]) -> Preview:
    """What is left of the amount after the parts."""
    return Preview(amount, total(parts.values()))
