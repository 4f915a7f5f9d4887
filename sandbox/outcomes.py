"""The fixed set of outcomes that a scenario's rules may name, and the codes each of them answers with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Outcome(StrEnum):
    """What becomes of a claim."""

    PAID = "paid"
    PAID_WITH_INTEREST = "paid_with_interest"
    CORRECTED_LATER = "corrected_later"
    TAKEN_BACK = "taken_back"
    LINE_DENIED = "line_denied"
    DENIED_NO_AUTHORIZATION = "denied_no_authorization"
    DENIED_LATE = "denied_late"
    DENIED_INFORMATION = "denied_information"
    DENIED_NOT_COVERED = "denied_not_covered"
    DENIED_DUPLICATE = "denied_duplicate"
    DENIED_MEDICAL_NECESSITY = "denied_medical_necessity"
    DENIED_WRONG_PAYER = "denied_wrong_payer"
    DENIED_COVERAGE_ENDED = "denied_coverage_ended"
    REJECTED_MEMBER = "rejected_member"
    REJECTED_PROVIDER = "rejected_provider"
    REJECTED_PAYER = "rejected_payer"
    REJECTED_DIAGNOSIS = "rejected_diagnosis"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class Denial:
    """How a line is denied: group and reason of its CAS, remark of its LQ, remark of the claim's MOA."""

    group: str
    reason: str
    remark: str = ""
    claim_remark: str = ""


@dataclass(frozen=True, slots=True)
class Rejection:
    """How a claim is turned away in a 277CA: STC01 (category, status, entity) and the free text of STC12."""

    category: str
    status: str
    entity: str
    words: str


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
    Outcome.REJECTED_MEMBER: Rejection("A3", "33", "", "SANDBOX - SUBSCRIBER AND MEMBER NUMBER NOT FOUND"),
    Outcome.REJECTED_PROVIDER: Rejection("A7", "562", "82", "SANDBOX - RENDERING PROVIDER IS NOT ENROLLED"),
    Outcome.REJECTED_PAYER: Rejection("A3", "116", "", "SANDBOX - CLAIM SENT TO THE WRONG PAYER"),
    Outcome.REJECTED_DIAGNOSIS: Rejection("A7", "254", "", "SANDBOX - PRINCIPAL DIAGNOSIS IS NOT VALID"),
}

NO_ORIGINAL_NUMBER: Final = Rejection(
    "A7", "464", "", "SANDBOX - PAYER CLAIM CONTROL NUMBER (REF F8) EXPECTED BECAUSE CLM05-3 IS 7 OR 8"
)
UNKNOWN_ORIGINAL: Final = Rejection("A3", "35", "", "SANDBOX - THE ORIGINAL CLAIM IS NOT ON FILE")
