"""Money a payer is owed back: carried by PLB while a payment cannot bear it, taken from later ones. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from edi.amounts import ZERO
from edi.remittances.model import ClaimPayment


@dataclass(frozen=True, slots=True)
class Debt:
    """What a payee still owes for one claim; `reference` is the payer claim control number, `reason` WO or FB."""

    reason: str
    reference: str
    left: Decimal


@dataclass(frozen=True, slots=True)
class Carried:
    """One PLB entry: negative carries money to later, positive takes it back."""

    reason: str
    reference: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Settlement:
    """What goes into this payment's PLB, and the debts after it, oldest first."""

    entries: tuple[Carried, ...]
    debts: tuple[Debt, ...]


def settle(net: Decimal, losses: Iterable[tuple[str, Decimal]], debts: Sequence[Debt], reason: str) -> Settlement:
    """Keep a payment from going below nothing and let it bear what earlier ones could not.

    `net` is what the claims and interest of this payment come to; `losses` what each claim number takes from it.
    """
    if net < 0:
        return _carry(-net, losses, debts, reason)
    return _recover(net, debts)


def losses(claims: Iterable[ClaimPayment]) -> list[tuple[str, Decimal]]:
    """What each payer claim control number takes from the payment, reversal and correction together, in order."""
    sums: dict[str, Decimal] = {}
    for claim in claims:
        sums[claim.payer_control_number] = sums.get(claim.payer_control_number, ZERO) + claim.paid
    return [(number, -amount) for number, amount in sums.items() if amount < 0]


def _carry(shortfall: Decimal, losses: Iterable[tuple[str, Decimal]], debts: Sequence[Debt], reason: str) -> Settlement:
    """Put the shortfall off, under the numbers of the claims that caused it."""
    entries, made = [], list(debts)
    for reference, lost in losses:
        part = min(lost, shortfall)
        if part:
            entries.append(Carried(reason, reference, -part))
            made.append(Debt(reason, reference, part))
        shortfall -= part
    return Settlement(tuple(entries), tuple(made))


def _recover(available: Decimal, debts: Sequence[Debt]) -> Settlement:
    """Take what is owed, oldest first, as far as the payment reaches."""
    entries, still = [], []
    for debt in debts:
        part = min(debt.left, available)
        if part:
            entries.append(Carried(debt.reason, debt.reference, part))
        if part < debt.left:
            still.append(replace(debt, left=debt.left - part))
        available -= part
    return Settlement(tuple(entries), tuple(still))
