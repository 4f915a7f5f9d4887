"""A professional claim as data. What the 837P repeats per loop is said once here; the writer puts it in its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from edi.claims.coordination import Adjustment, LineDecision, OtherCoverage, OtherSubscriber
from edi.claims.parties import (
    Address,
    BillingProvider,
    Facility,
    Organization,
    Patient,
    Payer,
    Person,
    Provider,
    Subscriber,
)
from edi.envelope import Envelope

__all__ = [
    "Accident",
    "Address",
    "Adjustment",
    "BillingProvider",
    "Claim",
    "ClaimFile",
    "ClaimTransaction",
    "Facility",
    "Line",
    "LineDecision",
    "Organization",
    "OtherCoverage",
    "OtherSubscriber",
    "Patient",
    "Payer",
    "Person",
    "Provider",
    "Subscriber",
    "Written",
]

VERSION: Final = "005010X222A1"
"""The version HIPAA names for professional claims (GS08, ST03)."""

MAX_CLAIMS: Final = 1_000
MAX_LINES: Final = 50
MAX_DIAGNOSES: Final = 12
MAX_MODIFIERS: Final = 4
MAX_POINTERS: Final = 4

ORIGINAL: Final = "1"
REPLACEMENT: Final = "7"
VOID: Final = "8"


@dataclass(frozen=True, slots=True)
class Line:
    """Loop 2400: one service. `reference` (REF*6R) comes back in the 835 and must be unique within the claim.

    `ends_on` is set for a range of dates; `place` only when it differs from the claim's; `pointers` count the
    claim's diagnoses from 1.
    """

    reference: str
    code: str
    amount: Decimal
    units: Decimal
    pointers: tuple[int, ...]
    service_date: date | None
    modifiers: tuple[str, ...] = ()
    ends_on: date | None = None
    place: str = ""
    description: str = ""
    note: str = ""
    prior_authorization: str = ""
    rendering: Provider | None = None
    decisions: tuple[LineDecision, ...] = ()
    code_qualifier: str = "HC"
    unit_kind: str = "UN"


@dataclass(frozen=True, slots=True)
class Accident:
    """CLM11 and DTP*439: causes (AA auto, EM employment, OA other), the state of an auto accident, the day."""

    causes: tuple[str, ...]
    happened_on: date | None = None
    state: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """Loop 2300 with the subscriber (2000B) or the dependent patient (2000C) it stands under.

    `charge` is CLM02, the sum of the lines. `patient` is None when the subscriber is the patient (SBR02 = 18).
    `rendering` is None for a solo clinician who bills under her own name.
    """

    patient_control_number: str
    subscriber: Subscriber
    charge: Decimal
    place_of_service: str
    diagnoses: tuple[str, ...]
    lines: tuple[Line, ...]
    patient: Patient | None = None
    frequency: str = ORIGINAL
    original_reference: str = ""
    prior_authorization: str = ""
    referral_number: str = ""
    rendering: Provider | None = None
    supervising: Provider | None = None
    referring: Provider | None = None
    facility: Facility | None = None
    patient_paid: Decimal | None = None
    coverages: tuple[OtherCoverage, ...] = ()
    note: str = ""
    accident: Accident | None = None
    signature_on_file: str = "Y"
    accepts_assignment: str = "A"
    benefits_assigned: str = "Y"
    release: str = "Y"
    signature_source: str = ""
    delay_reason: str = ""


@dataclass(frozen=True, slots=True)
class ClaimTransaction:
    """One ST … SE: the claims of one billing provider to one payer; `reference` is BHT03, unique per sender."""

    control: str
    reference: str
    payer: Payer
    billing: BillingProvider
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class ClaimFile:
    """One interchange with one group: `control` is ISA13, `group_control` GS06; times are to the minute."""

    envelope: Envelope
    control: int
    group_control: int
    made_at: datetime
    transactions: tuple[ClaimTransaction, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A file ready to send, and where each claim stands in it.

    `positions[ST02][patient control number]` is the first and the last segment of the claim, its subscriber's HL
    included, counted from ST = 1 as IK302 of a 999 counts.
    """

    content: bytes
    positions: dict[str, dict[str, tuple[int, int]]]
