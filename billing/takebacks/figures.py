"""What a takeback comes to: the fold of what happened to it. Pure.

Of the payer's money with us (`balance`, as the ledger's payer balance has it) a part above zero is still to be taken;
below zero the payer took what nothing here explains yet. A letter may ask for more than any payment has said so far.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Final

from billing.models import Takeback
from practice.money import ZERO, total

UNDONE: Final = "undone"


@dataclass(frozen=True, slots=True)
class Happened:
    """One event: its kind, what it raised demand and balance by in dollars, and the remittance and entry it is of."""

    kind: str
    demand: Decimal = ZERO
    balance: Decimal = ZERO
    announced: Decimal | None = None
    remittance_id: int | None = None
    entry_id: int | None = None

    def takes_back(self, other: Happened) -> bool:
        """Whether it is the undoing of the other one."""
        same = (self.remittance_id, self.demand, self.balance)
        return other.kind != UNDONE and same == (other.remittance_id, -other.demand, -other.balance)


@dataclass(frozen=True, slots=True)
class Figures:
    """Dollars: wanted back at most, still wanted, only announced of that, and taken without an explanation."""

    demanded: Decimal = ZERO
    open: Decimal = ZERO
    announced_left: Decimal = ZERO
    unplaced: Decimal = ZERO

    @property
    def taken(self) -> Decimal:
        """What the payer has, by withholding or by our check."""
        return self.demanded - self.open

    @property
    def balance(self) -> Decimal:
        """The payer's money with us, as the ledger has it; below zero it is ours."""
        return self.open - self.announced_left - self.unplaced

    @property
    def state(self) -> str:
        """How far it is settled."""
        if not self.open and not self.unplaced:
            return Takeback.Status.SETTLED
        return Takeback.Status.PARTLY if self.taken else Takeback.Status.OPEN


def standing(events: Iterable[Happened]) -> list[Happened]:
    """The events that were not undone."""
    kept: list[Happened] = []
    for event in events:
        if event.kind != UNDONE:
            kept.append(event)
            continue
        place = next((at for at in reversed(range(len(kept))) if event.takes_back(kept[at])), None)
        if place is not None:
            del kept[place]
    return kept


def fold(events: Iterable[Happened]) -> Figures:
    """The figures after all that happened, in the order in which it did."""
    kept = standing(events)
    demand, balance = total(one.demand for one in kept), total(one.balance for one in kept)
    paid = -total(one.balance for one in kept if not one.demand)
    heights = _heights(kept)
    letters = [one.announced for one in kept if one.announced is not None]
    announced = letters[-1] if letters else ZERO
    left = max(announced - max(demand, paid, *heights), ZERO)
    demanded = max(announced, demand, *heights, *(-height for height in heights))
    return Figures(demanded, max(balance, ZERO) + left, left, max(-balance, ZERO))


def _heights(events: Sequence[Happened]) -> list[Decimal]:
    """The balance after each step; what one remittance says is one step."""
    steps = groupby(enumerate(events), key=lambda pair: pair[1].remittance_id or -pair[0] - 1)
    heights = [ZERO]
    for _, group in steps:
        heights.append(heights[-1] + total(one.balance for _, one in group))
    return heights
