"""What a payer did with one service line: the lowest level of a remittance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from edi.parties import Reference, reference


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One reason of a CAS: the group (CO, PR, OA, PI), the reason code and what it takes off."""

    group: str
    reason: str
    amount: Decimal
    quantity: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """An AMT: a supplemental amount, such as AU (covered), I (interest) or B6 (allowed)."""

    qualifier: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Procedure:
    """SVC01 or SVC06: the code system (HC), the code and its modifiers."""

    qualifier: str
    code: str
    modifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LinePayment:
    """One service line (SVC); `original` is what was billed when the payer judged another code."""

    procedure: Procedure
    charge: Decimal
    paid: Decimal
    units: Decimal = Decimal(1)
    revenue_code: str = ""
    original: Procedure | None = None
    service_from: date | None = None
    service_to: date | None = None
    adjustments: tuple[Adjustment, ...] = ()
    references: tuple[Reference, ...] = ()
    amounts: tuple[Amount, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def reference(self) -> str:
        """REF*6R: the line's number in the claim as we sent it."""
        return reference(self.references, "6R")

    @property
    def allowed(self) -> Decimal | None:
        """AMT*B6: what the plan allows for the line, where the payer says so."""
        return next((found.amount for found in self.amounts if found.qualifier == "B6"), None)
