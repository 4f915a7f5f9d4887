"""A remittance as data: one 835 transaction is one payment, its claims, their lines and provider adjustments.

Money is Decimal dollars, signed as in the file: a positive adjustment lowers a payment, a negative one raises it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from edi.oddities import Oddity
from edi.parties import Address, Contact, Name, Reference, reference
from edi.remittances.lines import Adjustment, Amount, LinePayment, Procedure

__all__ = [
    "Adjustment",
    "Amount",
    "ClaimPayment",
    "LinePayment",
    "Organization",
    "Procedure",
    "ProviderAdjustment",
    "Remittance",
]

REVERSAL = "22"
PREDETERMINATION = "25"
FORWARDED = frozenset({"19", "20", "21"})


@dataclass(frozen=True, slots=True)
class ClaimPayment:
    """One claim (CLP) and what the payer did with it; `position` counts the claims of the transaction from 1."""

    position: int
    patient_control_number: str
    status: str
    charge: Decimal
    paid: Decimal
    patient_responsibility: Decimal | None = None
    filing_indicator: str = ""
    payer_control_number: str = ""
    facility: str = ""
    frequency: str = ""
    names: tuple[Name, ...] = ()
    received_on: date | None = None
    service_from: date | None = None
    service_to: date | None = None
    coverage_expired_on: date | None = None
    adjustments: tuple[Adjustment, ...] = ()
    remarks: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    amounts: tuple[Amount, ...] = ()
    contacts: tuple[Contact, ...] = ()
    lines: tuple[LinePayment, ...] = ()

    @property
    def patient(self) -> Name | None:
        """NM1*QC: the person treated, as the payer names them."""
        return self.named("QC")

    @property
    def insured(self) -> Name | None:
        """NM1*IL: the subscriber, where it is not the patient."""
        return self.named("IL")

    @property
    def corrected(self) -> Name | None:
        """NM1*74: the patient's or insured's name or number as it should have been."""
        return self.named("74")

    @property
    def rendering(self) -> Name | None:
        """NM1*82: who gave the service."""
        return self.named("82")

    @property
    def crossover(self) -> Name | None:
        """NM1*TT: the plan the payer passed the claim on to; do not bill it again."""
        return self.named("TT")

    @property
    def is_reversal(self) -> bool:
        """Whether this takes back an earlier decision (CLP02 22)."""
        return self.status == REVERSAL

    @property
    def is_forwarded(self) -> bool:
        """Whether the payer passed the claim on (CLP02 19 to 21, or a crossover plan is named)."""
        return self.status in FORWARDED or self.crossover is not None

    def named(self, role: str) -> Name | None:
        """The first name with a role, as NM101 codes it."""
        return next((name for name in self.names if name.role == role), None)

    def all_adjustments(self) -> tuple[Adjustment, ...]:
        """The adjustments of the claim, then those of its lines."""
        return self.adjustments + tuple(one for line in self.lines for one in line.adjustments)


@dataclass(frozen=True, slots=True)
class ProviderAdjustment:
    """One pair of a PLB: money that belongs to no claim here; positive lowers the payment."""

    provider_id: str
    fiscal_on: date | None
    reason: str
    reference: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Organization:
    """The payer (N1*PR) or the payee (N1*PE)."""

    name: str = ""
    id_qualifier: str = ""
    id: str = ""
    address: Address = field(default_factory=Address)
    references: tuple[Reference, ...] = ()
    contacts: tuple[Contact, ...] = ()

    @property
    def npi(self) -> str:
        """The NPI, where the payee is named by it."""
        return self.id if self.id_qualifier == "XX" else ""

    @property
    def tax_id(self) -> str:
        """The tax number: N104 under FI, else REF*TJ."""
        return self.id if self.id_qualifier == "FI" else reference(self.references, "TJ")


@dataclass(frozen=True, slots=True)
class Remittance:
    """One payment. `amount` is BPR02 as written; `signed_amount` counts a debit as negative.

    `paid_on` is BPR16 and may be missing. `content_hash` is what `edi.remittances.hashing` makes of the segments from
    BPR to the one before SE; like `defects` it says where the data came from and is no part of equality.
    """

    method: str
    handling: str
    credit_debit: str
    amount: Decimal
    trace: str
    originator: str
    paid_on: date | None = None
    produced_on: date | None = None
    receiver_id: str = ""
    payer: Organization = field(default_factory=Organization)
    payee: Organization = field(default_factory=Organization)
    claims: tuple[ClaimPayment, ...] = ()
    provider_adjustments: tuple[ProviderAdjustment, ...] = ()
    content_hash: str = field(default="", compare=False)
    defects: tuple[Oddity, ...] = field(default=(), compare=False)

    @property
    def signed_amount(self) -> Decimal:
        """What the payment adds to the payee's bank account."""
        return -self.amount if self.credit_debit == "D" else self.amount

    @property
    def is_doubtful(self) -> bool:
        """Whether money or an identifier could not be read, so that nothing may be posted without a person."""
        return any(defect.grave for defect in self.defects)
