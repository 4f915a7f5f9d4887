"""How an amount is laid over open charges. Pure: dollars in, dollars out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from practice.money import ZERO


def oldest_first(amount: Decimal, open_charges: Iterable[tuple[int, Decimal]]) -> dict[int, Decimal]:
    """Fills the charges in the given order, each up to what is open; what is left over is in none of them."""
    parts: dict[int, Decimal] = {}
    for charge_id, owed in open_charges:
        part = min(owed, amount)
        if part > ZERO:
            parts[charge_id] = part
            amount -= part
    return parts


def without_zeros(parts: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """Only what is applied at all."""
    return {charge_id: part for charge_id, part in parts.items() if part}
