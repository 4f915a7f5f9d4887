"""What other payers have already decided, for claims to a second or third one (loops 2320, 2330A/B and 2430)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from edi.claims.parties import Address, Organization, Payer, Person
from edi.remittances.model import Adjustment

__all__ = ["Adjustment", "LineDecision", "OtherCoverage", "OtherSubscriber"]


@dataclass(frozen=True, slots=True)
class OtherSubscriber:
    """Loop 2330A: who holds the other coverage."""

    name: Person | Organization
    member_id: str
    member_id_qualifier: str = "MI"
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class OtherCoverage:
    """Loop 2320: another coverage of the patient and, once its payer has decided, what it paid.

    `paid` is AMT*D, `not_covered` AMT*A8, `patient_owes` AMT*EAF. `adjustments` (CAS on the claim) are for payers
    that decided the claim as a whole; what was decided line by line stands in the lines (2430), never in both.
    """

    responsibility: str
    relationship: str
    filing_indicator: str
    subscriber: OtherSubscriber
    payer: Payer
    group_number: str = ""
    plan_name: str = ""
    medicare_type: str = ""
    paid: Decimal | None = None
    not_covered: Decimal | None = None
    patient_owes: Decimal | None = None
    adjustments: tuple[Adjustment, ...] = ()
    benefits_assigned: str = "Y"
    release: str = "Y"
    decided_on: date | None = None
    payer_control_number: str = ""


@dataclass(frozen=True, slots=True)
class LineDecision:
    """Loop 2430: what another payer (`payer_id` = its 2330B identifier) decided about a line.

    SV102 = `paid` + the sum of `adjustments`; group and reason codes are copied as the 835 had them.
    """

    payer_id: str
    paid: Decimal
    code: str
    units: Decimal
    decided_on: date | None
    modifiers: tuple[str, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    patient_owes: Decimal | None = None
    code_qualifier: str = "HC"
    bundled_into: int | None = None
