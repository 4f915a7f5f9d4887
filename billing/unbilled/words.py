"""What is in the way of many at once, by the code of the finding: a sentence without names or dates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

READY, SEND, NO_CLAIM, ON_HOLD, CORRECT, CHECK = "ready", "send", "no_claim", "on_hold", "rejected", "left_behind"
WORDS: Final[Mapping[str, str]] = {
    READY: "Nothing: it is ready to bill",
    SEND: "Nothing: the claim is ready to send",
    NO_CLAIM: "The session is billed and has no claim",
    CORRECT: "The claim came back and is not corrected",
    CHECK: "Our check of the file found a fault",
    ON_HOLD: "Somebody keeps it on hold",
    "add_on": "An add-on does not go with the service",
    "attestation_missing": "The clinician has not attested",
    "authorization_lapsed": "The authorization ended",
    "authorization_needed": "An authorization is missing",
    "authorization_used": "The authorized visits are used up",
    "before_network": "It was before the clinician was in network",
    "billing_npi": "The practice’s NPI is missing",
    "client_incomplete": "The client’s details are not complete",
    "client_state_missing": "Where the client was is missing",
    "clinician_missing": "No clinician is on the session",
    "cosignature_missing": "The note is not co-signed",
    "coverage_inactive": "The plan did not cover that day",
    "crisis_time": "The time does not fit the crisis code",
    "deadline_passed": "The filing deadline is over",
    "diagnoses_too_many": "There are too many diagnoses",
    "diagnosis_invalid": "A diagnosis is not valid on that day",
    "diagnosis_missing": "The diagnosis is missing",
    "duplicate": "It looks like a second session of the same kind",
    "fee_missing": "No fee is set",
    "inactive_by_payer": "The payer says the plan is not active",
    "license": "The clinician’s license does not cover it",
    "member_id_missing": "The member ID is missing",
    "member_id_form": "The member ID cannot be right",
    "modifier_mismatch": "The modifier does not fit telehealth",
    "not_enrolled": "The clinician is not enrolled with the payer",
    "not_happened": "It has not taken place yet",
    "note_unsigned": "The note is not signed",
    "payer_missing": "Nobody said who pays",
    "payer_not_electronic": "The payer does not take our claims electronically yet",
    "place_mismatch": "The place does not fit the session",
    "place_missing": "The place is missing",
    "policy_fee_missing": "The late cancel or no-show fee is not set",
    "practice_incomplete": "The practice’s details are not complete",
    "referring_missing": "The referring provider is missing",
    "rendering_npi": "The clinician’s NPI is missing",
    "rendering_taxonomy": "The clinician’s taxonomy is missing",
    "service_missing": "The service is missing",
    "subscriber_incomplete": "The subscriber’s details are not complete",
    "supervised_refused": "The payer does not pay for supervised clinicians",
    "supervisor_missing": "The supervisor is missing",
    "times_missing": "The session’s times are missing",
    "times_too_long": "The time is too long for the code",
    "times_too_short": "The time is too short for the code",
    "units_time": "The units do not fit the time",
    "units_too_many": "There are too many units",
}


def words(code: str, otherwise: str) -> str:
    """The sentence of a code; of one that is not listed, what one of its findings says."""
    return WORDS.get(code, otherwise)
