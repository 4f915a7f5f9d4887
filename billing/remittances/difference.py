"""Why less is to work on a denial than the payer's reasons come to. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from billing.claims.selectors.money import Sums
from practice.money import ZERO, total
from practice.money import dollars as money

_REST: Final = "No longer open with the payer"
_WITHOUT: Final = "Refused without a reason"


@dataclass(frozen=True, slots=True)
class Part:
    """One step from the reasons to what is refused, in dollars; what is taken off is below zero."""

    words: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Difference:
    """The sum of the reasons, and the steps from there to the refused amount; together they foot to the cent."""

    reasons: Decimal
    parts: tuple[Part, ...]
    refused: Decimal

    @property
    def sentence(self) -> str:
        """The whole of it, for where there is no room for a sum."""
        steps = " and ".join(
            f"{money(abs(part.amount))} ({part.words[0].lower()}{part.words[1:]})" for part in self.parts
        )
        sign = "Less" if self.parts[0].amount < ZERO else "With"
        return f"The payer’s reasons come to {money(self.reasons)}. {sign} {steps}, {money(self.refused)} is refused."


def difference(refused: Decimal, reasons: Iterable[Mapping[str, Any]], stood: Sums) -> Difference | None:
    """How the reasons come to the refused amount; None where they are the same.

    `stood` are the sums of the claim when the answer was posted: what of it nobody asked the payer for any more.
    """
    known = total(Decimal(one["amount"]) for one in reasons)
    left = known - refused
    if not left:
        return None
    if left < ZERO:
        return Difference(known, (Part(_WITHOUT, -left),), refused)
    parts = []
    for words, amount in _elsewhere(stood):
        part = min(left, amount)
        if part > ZERO:
            parts.append(Part(words, -part))
            left -= part
    if left:
        parts.append(Part(_REST, -left))
    return Difference(known, tuple(parts), refused)


def _elsewhere(stood: Sums) -> tuple[tuple[str, Decimal], ...]:
    return (
        ("The client’s share, which the client is asked for", stood.client_share),
        ("Taken off by contract", -stood.adjusted),
        ("Written off before", -stood.written_off),
        ("Paid by the insurer", stood.insurer_paid),
    )
