"""Checks of what ISA, GS, ST, BHT and the loops 1000A and 1000B say."""

from __future__ import annotations

import re
from typing import Final

from edi.claims.checks.values import fits, required
from edi.claims.model import MAX_CLAIMS, ClaimFile, ClaimTransaction
from edi.claims.problems import Findings
from edi.envelope import Envelope
from edi.writing import MAX_INTERCHANGE_CONTROL

INTERCHANGE_QUALIFIERS: Final = frozenset({"01", "14", "20", "27", "28", "29", "30", "33", "ZZ"})
MIN_IDENTIFIER: Final = 2

_is_phone = re.compile(r"[0-9]{10}").fullmatch
_is_email = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+").fullmatch
_is_control = re.compile(r"[0-9A-Z]{4,9}").fullmatch


def envelope(found: Findings, file: ClaimFile) -> None:
    """The envelopes of a file."""
    sent = file.envelope
    _identifiers(found, sent)
    for element, number in (("ISA13", file.control), ("GS06", file.group_control)):
        if not 0 < number <= MAX_INTERCHANGE_CONTROL:
            found.add(
                1, element, "control", f"The control number {number} should be above 0 and have up to nine digits."
            )
    if file.transactions:
        found.transaction = file.transactions[0].control
    found.at("1000A")
    _submitter(found, sent)
    found.at("1000B")
    required(found, "NM103", sent.claims_receiver.name, "The receiver's", "name")
    required(found, "NM109", sent.claims_receiver.etin, "The receiver's", "ID")


def _identifiers(found: Findings, sent: Envelope) -> None:
    """ISA05 to ISA08, GS02 and GS03."""
    required(found, "ISA06", sent.sender, "The sender's", "ID")
    required(found, "ISA08", sent.receiver, "The receiver's", "ID")
    for element, qualifier in (("ISA05", sent.sender_qualifier), ("ISA07", sent.receiver_qualifier)):
        if qualifier not in INTERCHANGE_QUALIFIERS:
            found.add(1, element, "code", f"The qualifier “{qualifier}” of an ID is not one X12 has.")
    for element, identifier in (
        ("GS02", sent.group_sender or sent.sender),
        ("GS03", sent.group_receiver or sent.receiver),
    ):
        fits(found, element, identifier, "The group's", "ID")
        if len(identifier) < MIN_IDENTIFIER:
            found.add(1, element, "too-short", f"The group's ID “{identifier}” has fewer than two characters.")


def _submitter(found: Findings, sent: Envelope) -> None:
    """Loop 1000A: PER must name somebody, and a way to reach them."""
    who = sent.submitter
    required(found, "NM103", who.name, "The submitter's", "name")
    required(found, "NM109", who.etin, "The submitter's", "ID")
    required(found, "PER02", who.contact_name, "The submitter's", "contact")
    if not who.phone and not who.email:
        found.add(2, "PER04", "missing", "The submitter needs a phone number or an email address.")
    if who.phone and not _is_phone(who.phone):
        found.add(2, "PER04", "phone", f"The submitter's phone number “{who.phone}” should be ten digits.")
    if who.email and not _is_email(who.email):
        found.add(2, "PER04", "email", f"The submitter's email “{who.email}” is not an email address.")


def transaction(found: Findings, sent: ClaimTransaction) -> None:
    """ST02, BHT03 and the number of claims."""
    if not _is_control(sent.control):
        words = f"The transaction's control number “{sent.control}” should have four to nine letters or digits."
        found.add(1, "ST02", "control", words)
    required(found, "BHT03", sent.reference, "The transaction's", "reference")
    if not 0 < len(sent.claims) <= MAX_CLAIMS:
        words = f"The transaction has {len(sent.claims):,} claims; it must have 1 to {MAX_CLAIMS:,}."
        found.add(2, "CLM", "claims", words)
