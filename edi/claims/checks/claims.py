"""Checks of loop 2300: the claim as a whole."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Final

from edi.characters import clean
from edi.claims.checks import lists, parties
from edi.claims.checks.coverages import coverages
from edi.claims.checks.lines import lines
from edi.claims.checks.providers import providers
from edi.claims.checks.values import amount, dollars, fits, not_after, one_of
from edi.claims.model import MAX_DIAGNOSES, ORIGINAL, Accident, BillingProvider, Claim
from edi.claims.problems import Findings
from edi.codes.places import places_of_service, states

MAX_CONTROL_NUMBER: Final = 20
MAX_CAUSES: Final = 2
ZERO: Final = Decimal(0)

_is_diagnosis = re.compile(r"[A-Z][0-9][0-9A-Z]\.?[0-9A-Z]{0,4}").fullmatch


def claim(found: Findings, sent: Claim, billing: BillingProvider, made_on: date) -> None:
    """Everything about one claim."""
    found.claim, found.line = sent.patient_control_number, ""
    found.at("2300")
    _number(found, sent.patient_control_number)
    found.at("2000B")
    parties.subscriber(found, sent.subscriber, made_on, is_patient=sent.patient is None)
    if sent.patient is not None:
        found.at("2000C")
        parties.patient(found, sent.patient, made_on)
    found.at("2300")
    _codes(found, sent)
    _references(found, sent)
    _diagnoses(found, sent.diagnoses)
    providers(found, sent, billing)
    lines(found, sent, made_on)
    found.at("2300")
    _money(found, sent)
    if sent.coverages or sent.subscriber.responsibility != "P":
        coverages(found, sent, made_on)
        found.at("2300")
    if sent.accident is not None:
        _accident(found, sent.accident, made_on)
    found.claim = ""


def _number(found: Findings, number: str) -> None:
    """CLM01: it must come back in the answers as it was sent."""
    if not number:
        found.add(2, "CLM01", "missing", "The patient control number is missing.")
    elif len(number) > MAX_CONTROL_NUMBER:
        words = f"The patient control number {number} has more than {MAX_CONTROL_NUMBER} characters."
        found.add(2, "CLM01", "too-long", words)
    elif not (number.isalnum() and number.isupper()) and clean(number) != number:
        words = f"The patient control number {number} has characters that would not come back unchanged."
        found.add(2, "CLM01", "characters", words)


def _codes(found: Findings, sent: Claim) -> None:
    """CLM05 to CLM10 and CLM20."""
    place = sent.place_of_service
    if place not in places_of_service():
        words = f"“{place}” is not a place of service code." if place else "The place of service is missing."
        found.add(5 if place else 2, "CLM05", "place" if place else "missing", words)
    one_of(found, "CLM05", sent.frequency, lists.FREQUENCIES, "The claim frequency")
    one_of(found, "CLM06", sent.signature_on_file, lists.YES_NO, "Provider signature on file")
    one_of(found, "CLM07", sent.accepts_assignment, lists.ASSIGNMENTS, "Acceptance of assignment")
    one_of(found, "CLM08", sent.benefits_assigned, lists.BENEFITS, "Assignment of benefits")
    one_of(found, "CLM09", sent.release, lists.RELEASES, "Release of information")
    if sent.signature_source:
        one_of(found, "CLM10", sent.signature_source, {"P"}, "Source of the client's signature")
    if sent.delay_reason:
        one_of(found, "CLM20", sent.delay_reason, lists.DELAYS, "Reason of the delay")


def _references(found: Findings, sent: Claim) -> None:
    """REF*F8 with a replacement or void, and only then; numbers and the note fit."""
    if sent.frequency != ORIGINAL and not sent.original_reference:
        words = "A replacement or void needs the payer's claim number of the claim it is about (REF*F8)."
        found.add(4, "REF*F8", "no-original", words)
    elif sent.frequency == ORIGINAL and sent.original_reference:
        words = "An original claim names another claim's payer number (REF*F8)."
        found.add(4, "REF*F8", "original-named", words, warning=True)
    fits(found, "REF*F8", sent.original_reference, "The claim's", "original payer claim number")
    fits(found, "REF*G1", sent.prior_authorization, "The claim's", "authorization number")
    fits(found, "REF*9F", sent.referral_number, "The claim's", "referral number")
    fits(found, "NTE02", sent.note, "The claim's", "note")


def _diagnoses(found: Findings, codes: tuple[str, ...]) -> None:
    """HI: 1 to 12 different codes of the form ICD-10-CM has."""
    if not codes:
        found.add(2, "HI01", "missing", "The claim has no diagnosis.")
    elif len(codes) > MAX_DIAGNOSES:
        words = f"The claim has {len(codes)} diagnoses; at most {MAX_DIAGNOSES} can be sent."
        found.add(2, "HI", "diagnoses", words)
    if len(codes) > 1 and len(set(codes)) != len(codes):
        found.add(4, "HI", "diagnosis-twice", "The claim has the same diagnosis twice.")
    for place, code in enumerate(codes, 1):
        if not _is_diagnosis(code):
            words = f"Diagnosis {place}, “{code}”, does not have the form of an ICD-10-CM code."
            found.add(5, f"HI{place:02}", "diagnosis", words)


def _money(found: Findings, sent: Claim) -> None:
    """CLM02 is the sum of the lines; AMT*F5 is not more than that."""
    total = sum([line.amount for line in sent.lines], ZERO)
    if total != sent.charge:
        words = f"The claim's charge is {dollars(sent.charge)}, but its lines add up to {dollars(total)}."
        found.add(3, "CLM02", "total", words)
    amount(found, "CLM02", sent.charge, "The claim's charge")
    if sent.patient_paid is not None:
        amount(found, "AMT*F5", sent.patient_paid, "What the client paid")
        if sent.patient_paid > sent.charge:
            found.add(4, "AMT*F5", "paid-more", "The client paid more than the claim's charge.")


def _accident(found: Findings, accident: Accident, made_on: date) -> None:
    """CLM11 and DTP*439."""
    if not accident.causes:
        found.add(4, "CLM11", "cause", "There is a day of an accident, but no cause.")
    if len(accident.causes) > MAX_CAUSES:
        found.add(2, "CLM11", "causes", f"The accident has {len(accident.causes)} causes; at most 2 can be sent.")
    for cause in accident.causes:
        one_of(found, "CLM11", cause, lists.CAUSES, "The cause of the accident")
    if "AA" in accident.causes and accident.state.upper() not in states():
        found.add(4, "CLM11", "accident-state", "An auto accident needs the state it happened in.")
    if {"AA", "OA"}.intersection(accident.causes) and accident.happened_on is None:
        found.add(4, "DTP*439", "accident-date", "An accident needs the day it happened.")
    not_after(found, "DTP*439", accident.happened_on, made_on, "The day of the accident")
