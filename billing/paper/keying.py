"""What somebody keyed of a remittance on paper, and what is still missing until it adds up. Pure."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from practice.money import LARGEST, ZERO, cents, total
from practice.money import dollars as money

PAID: Final = "paid"
COLUMNS: Final[dict[str, tuple[str, str, str]]] = {
    "contractual": ("Contract (CO-45)", "CO", "45"),
    "deductible": ("Deductible (PR-1)", "PR", "1"),
    "coinsurance": ("Coinsurance (PR-2)", "PR", "2"),
    "copay": ("Copay (PR-3)", "PR", "3"),
}
OTHER: Final = "other"
FIELDS: Final = (PAID, *COLUMNS, OTHER)
REASON: Final = "reason"


@dataclass(frozen=True, slots=True)
class KeyedLine:
    """One service line: its charge, what is paid, and what is taken off under group and reason, in dollars."""

    charge_id: int
    name: str
    charge: Decimal
    paid: Decimal
    taken: tuple[tuple[str, str, Decimal], ...]

    @property
    def left(self) -> Decimal:
        """What neither payment nor adjustments explain; below zero where they come to more."""
        return self.charge - self.paid - total(amount for _, _, amount in self.taken)

    @property
    def is_touched(self) -> bool:
        """Whether anything was keyed on it."""
        return bool(self.paid or self.taken)


@dataclass(frozen=True, slots=True)
class KeyedClaim:
    """One claim with its lines."""

    claim_id: int
    lines: tuple[KeyedLine, ...]

    @property
    def paid(self) -> Decimal:
        """Of all its lines."""
        return total(line.paid for line in self.lines)


@dataclass(frozen=True, slots=True)
class Keyed:
    """All of it; `troubles` are entries that cannot be read."""

    amount: Decimal | None
    interest: Decimal
    claims: tuple[KeyedClaim, ...]
    missing: tuple[str, ...] = ()
    troubles: tuple[str, ...] = field(default=())

    @property
    def paid(self) -> Decimal:
        """What the claims and the interest come to."""
        return total(claim.paid for claim in self.claims) + self.interest

    @property
    def difference(self) -> Decimal:
        """What the payment is more than its parts; below zero where the parts are more."""
        return (self.amount or ZERO) - self.paid

    @property
    def open_lines(self) -> list[KeyedLine]:
        """Lines that are not explained to the cent."""
        return [line for claim in self.claims for line in claim.lines if line.left]

    @property
    def problems(self) -> list[str]:
        """Everything that keeps it from being finished, in sentences."""
        found = [*self.missing, *self.troubles]
        if not self.claims and not self.interest:
            found.append("Add the claims it pays.")
        found += [_unexplained(line) for line in self.open_lines[:5]]
        if self.amount is not None and self.difference:
            found.append(_off(self.difference))
        return found

    @property
    def is_whole(self) -> bool:
        """Whether it adds up and nothing is missing."""
        return not self.problems


def amount_of(text: str) -> Decimal | None:
    """`$1,234.50` as dollars, nothing for nothing; ValueError for what is no amount of whole cents."""
    plain = text.replace("$", "").replace(",", "").replace("\N{MINUS SIGN}", "-").strip()
    if not plain:
        return None
    try:
        found = Decimal(plain)
    except InvalidOperation as error:
        raise ValueError(f"“{text}” is no amount.") from error
    if not found.is_finite() or found != cents(found) or abs(found) > LARGEST:
        raise ValueError(f"“{text}” is no amount of dollars and cents.")
    return found


def line(charge_id: int, name: str, charge: Decimal, said: Mapping[str, str]) -> tuple[KeyedLine, list[str]]:
    """A line from what was typed, and the sentences about what of it cannot be read."""
    troubles: list[str] = []
    read = {column: _read(said.get(column, ""), name, troubles) for column in FIELDS}
    taken = [(group, reason, read[column]) for column, (_, group, reason) in COLUMNS.items() if read[column]]
    if read[OTHER]:
        group, dash, reason = said.get(REASON, "").upper().strip().partition("-")
        if not (dash and group in {"CO", "PR", "OA", "PI"} and reason):
            troubles.append(f"{name}: enter group and reason of the other amount, as CO-97.")
        taken.append((group[:2], reason[:5], read[OTHER]))
    return KeyedLine(charge_id, name, charge, read[PAID], tuple(taken)), troubles


def fingerprint(payer_id: int, number: str, on: dt.date, keyed: Keyed) -> str:
    """The same remittance keyed twice has the same one."""
    claims = [
        [
            claim.claim_id,
            [
                [one.charge_id, str(one.paid), [[*key, str(dollars)] for *key, dollars in one.taken]]
                for one in claim.lines
            ],
        ]
        for claim in sorted(keyed.claims, key=lambda one: one.claim_id)
    ]
    facts: Sequence[Any] = ["paper", payer_id, number.upper(), str(on), str(keyed.amount), str(keyed.interest), claims]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def _read(text: str, name: str, troubles: list[str]) -> Decimal:
    try:
        return amount_of(text) or ZERO
    except ValueError as error:
        troubles.append(f"{name}: {error}")
        return ZERO


def _unexplained(one: KeyedLine) -> str:
    if one.left > ZERO:
        return f"{one.name}: {money(one.left)} of {money(one.charge)} is not explained."
    return f"{one.name}: {money(-one.left)} more than the charge of {money(one.charge)}."


def _off(difference: Decimal) -> str:
    if difference > ZERO:
        return f"{money(difference)} of the payment is on no claim."
    return f"The claims come to {money(-difference)} more than the payment."
