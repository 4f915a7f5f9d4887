"""The fixed set of outcomes that a scenario's rules may name, and the codes each of them answers with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from edi.statuses.model import Level


class Outcome(StrEnum):
    """What becomes of a claim."""

    PAID = "paid"
    PAID_WITH_INTEREST = "paid_with_interest"
    PARTLY_PAID = "partly_paid"
    ZERO_PAID = "zero_paid"
    CROSSED_OVER = "crossed_over"
    CORRECTED_NAME = "corrected_name"
    RECODED = "recoded"
    BUNDLED = "bundled"
    SPLIT = "split"
    CORRECTED_LATER = "corrected_later"
    REVERSED_LATER = "reversed_later"
    TAKEN_BACK = "taken_back"
    TAKEN_BACK_BY_PLB = "taken_back_by_plb"
    LINE_DENIED = "line_denied"
    DENIED = "denied"
    DENIED_NO_AUTHORIZATION = "denied_no_authorization"
    DENIED_LATE = "denied_late"
    DENIED_INFORMATION = "denied_information"
    DENIED_NOT_COVERED = "denied_not_covered"
    DENIED_DUPLICATE = "denied_duplicate"
    DENIED_MEDICAL_NECESSITY = "denied_medical_necessity"
    DENIED_WRONG_PAYER = "denied_wrong_payer"
    DENIED_COVERAGE_ENDED = "denied_coverage_ended"
    REJECTED_INTERCHANGE = "rejected_interchange"
    REJECTED_SYNTAX = "rejected_syntax"
    REJECTED_RECEIVER = "rejected_receiver"
    REJECTED_BILLING_PROVIDER = "rejected_billing_provider"
    REJECTED_LINE = "rejected_line"
    REJECTED_MEMBER = "rejected_member"
    REJECTED_PROVIDER = "rejected_provider"
    REJECTED_PAYER = "rejected_payer"
    REJECTED_DIAGNOSIS = "rejected_diagnosis"
    UNANSWERED = "unanswered"


class Eligibility(StrEnum):
    """How a plan's payer answers a question about a member."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    WRONG_MEMBER_NUMBER = "wrong_member_number"
    WRONG_BIRTH_DATE = "wrong_birth_date"
    PATIENT_NOT_FOUND = "patient_not_found"
    PROVIDER_UNKNOWN = "provider_unknown"
    PAYER_DOWN = "payer_down"


@dataclass(frozen=True, slots=True)
class Denial:
    """How a line is denied: group and reason of its CAS, remark of its LQ, remark of the claim's MOA."""

    group: str
    reason: str
    remark: str = ""
    claim_remark: str = ""


@dataclass(frozen=True, slots=True)
class Rejection:
    """How a claim is turned away in a 277CA: STC01 (category, status, entity) and the free text of STC12.

    One that stands at the receiver or provider speaks for every claim under it; a line's names its line.
    """

    category: str
    status: str
    entity: str
    words: str
    level: Level = Level.CLAIM


DENIALS: Final[Mapping[Outcome, Denial]] = {
    Outcome.LINE_DENIED: Denial("CO", "97", "M15"),
    Outcome.DENIED_NO_AUTHORIZATION: Denial("CO", "197"),
    Outcome.DENIED_LATE: Denial("CO", "29"),
    Outcome.DENIED_INFORMATION: Denial("CO", "16", "N290", "MA01"),
    Outcome.DENIED_NOT_COVERED: Denial("PR", "96", "N130"),
    Outcome.DENIED_DUPLICATE: Denial("CO", "18"),
    Outcome.DENIED_MEDICAL_NECESSITY: Denial("CO", "50", "N130"),
    Outcome.DENIED_WRONG_PAYER: Denial("CO", "109", "N418"),
    Outcome.DENIED_COVERAGE_ENDED: Denial("CO", "27", "N30"),
}

REJECTIONS: Final[Mapping[Outcome, Rejection]] = {
    Outcome.REJECTED_RECEIVER: Rejection(
        "A3", "24", "41", "SANDBOX - SUBMITTER IS NOT APPROVED FOR THIS PAYER", Level.RECEIVER
    ),
    Outcome.REJECTED_BILLING_PROVIDER: Rejection(
        "A3", "24", "85", "SANDBOX - BILLING PROVIDER IS NOT ENROLLED", Level.PROVIDER
    ),
    Outcome.REJECTED_LINE: Rejection("A7", "454", "", "SANDBOX - PROCEDURE CODE IS NOT VALID FOR THE DATE", Level.LINE),
    Outcome.REJECTED_MEMBER: Rejection("A3", "33", "", "SANDBOX - SUBSCRIBER AND MEMBER NUMBER NOT FOUND"),
    Outcome.REJECTED_PROVIDER: Rejection("A7", "562", "82", "SANDBOX - RENDERING PROVIDER IS NOT ENROLLED"),
    Outcome.REJECTED_PAYER: Rejection("A3", "116", "", "SANDBOX - CLAIM SENT TO THE WRONG PAYER"),
    Outcome.REJECTED_DIAGNOSIS: Rejection("A7", "254", "", "SANDBOX - PRINCIPAL DIAGNOSIS IS NOT VALID"),
}

BEFORE_ANY_CLAIM: Final = frozenset({Outcome.REJECTED_INTERCHANGE, Outcome.REJECTED_SYNTAX})
"""What a claim brings upon the file it is in (TA1) or upon its transaction (999)."""

NO_ORIGINAL_NUMBER: Final = Rejection(
    "A7", "464", "", "SANDBOX - PAYER CLAIM CONTROL NUMBER (REF F8) EXPECTED BECAUSE CLM05-3 IS 7 OR 8"
)
UNKNOWN_ORIGINAL: Final = Rejection("A3", "35", "", "SANDBOX - THE ORIGINAL CLAIM IS NOT ON FILE")
