"""Who is named on a claim: payer, billing and rendering providers, service facility, subscriber and patient."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from edi.parties import Address

__all__ = [
    "Address",
    "BillingProvider",
    "Facility",
    "Organization",
    "Patient",
    "Payer",
    "Person",
    "Provider",
    "Subscriber",
    "TaxIdKind",
]

TaxIdKind = Literal["EI", "SY"]
"""EI an employer identification number, SY a Social Security number."""


@dataclass(frozen=True, slots=True)
class Person:
    """NM1 with NM102 = 1."""

    last: str
    first: str = ""
    middle: str = ""
    suffix: str = ""

    @property
    def full(self) -> str:
        """The name as it is said."""
        return " ".join(part for part in (self.first, self.middle, self.last, self.suffix) if part)


@dataclass(frozen=True, slots=True)
class Organization:
    """NM1 with NM102 = 2: a legal name."""

    name: str

    @property
    def full(self) -> str:
        """The legal name."""
        return self.name


@dataclass(frozen=True, slots=True)
class Payer:
    """Loop 2010BB: whom the claim goes to; `id` is the payer ID of the clearinghouse (NM108 PI)."""

    name: str
    id: str
    id_qualifier: str = "PI"
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class BillingProvider:
    """Loops 2000A, 2010AA and 2010AB: a group (Organization, type-2 NPI) or a solo clinician (Person).

    `address` is a street address with ZIP+4; a PO box may stand only in `pay_to`.
    """

    name: Organization | Person
    npi: str
    tax_id: str
    address: Address
    tax_id_kind: TaxIdKind = "EI"
    taxonomy: str = ""
    pay_to: Address | None = None


@dataclass(frozen=True, slots=True)
class Provider:
    """Loop 2310B, 2310D or 2420A: a clinician, rendering (NM1*82) or supervising (NM1*DQ, without taxonomy)."""

    name: Person | Organization
    npi: str
    taxonomy: str = ""


@dataclass(frozen=True, slots=True)
class Facility:
    """Loop 2310C: where the service was given when that is not the billing provider's address."""

    name: str
    address: Address
    npi: str = ""


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Loops 2000B and 2010BA: who holds the coverage the claim is sent under.

    `address`, `birth_date` and `sex` are required when the subscriber is the patient. `plan_name` (SBR04) is sent
    only without a `group_number` (SBR03); `medicare_type` (SBR05) only when Medicare is not primary.
    """

    name: Person | Organization
    member_id: str
    filing_indicator: str
    responsibility: str = "P"
    group_number: str = ""
    plan_name: str = ""
    medicare_type: str = ""
    address: Address | None = None
    birth_date: date | None = None
    sex: str = ""
    member_id_qualifier: str = "MI"


@dataclass(frozen=True, slots=True)
class Patient:
    """Loops 2000C and 2010CA: a patient who is not the subscriber; `relationship` is PAT01 (01 spouse, 19 child)."""

    name: Person
    relationship: str
    address: Address = field(default_factory=Address)
    birth_date: date | None = None
    sex: str = ""
