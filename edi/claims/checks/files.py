"""The check of a whole file: its envelopes, its parties, and every claim in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from edi.claims.checks import claims, envelope, parties
from edi.claims.model import Claim, ClaimFile, ClaimTransaction
from edi.claims.problems import Findings, Problem

Where = Callable[[Findings, str, str], int | None]
"""The number of the segment a problem is about, by what is being looked at, the loop and the element."""

Known = Callable[[str], bool]
"""Whether a code is in force; asked with the code as the claim has it."""


def check(
    file: ClaimFile,
    *,
    known_diagnosis: Known | None = None,
    known_procedure: Known | None = None,
    where: Where | None = None,
) -> list[Problem]:
    """Every problem of a file, SNIP levels 1 to 5; an empty list for one that may be sent.

    Level 5 covers NPIs, places of service, states, adjustment reasons and the form of diagnosis and procedure codes;
    whether such a code exists is asked of the two functions, where they are given. `where` tells the number of a
    segment for a file that was read; without it a problem has a loop and an element, and no segment.
    """
    found = Findings(where)
    envelope.envelope(found, file)
    seen = Seen(found)
    for transaction in file.transactions:
        found.transaction = transaction.control
        seen.transaction(transaction)
        _transaction(found, transaction, file.made_at.date(), seen)
        _codes(found, transaction, known_diagnosis, known_procedure)
    return found.problems


def _transaction(found: Findings, sent: ClaimTransaction, made_on: date, seen: Seen) -> None:
    """One transaction and its claims."""
    found.anchor = sent.claims[0] if sent.claims else None
    found.at("")
    envelope.transaction(found, sent)
    found.at("2010BB")
    parties.payer(found, sent.payer)
    found.at("2000A")
    parties.billing_provider(found, sent.billing)
    for claim in sent.claims:
        found.anchor = claim
        claims.claim(found, claim, sent.billing, made_on)
        seen.claim(claim)


class Seen:
    """The numbers a file has used so far, none of which it may use twice."""

    def __init__(self, found: Findings) -> None:
        self._found = found
        self._references: dict[str, str] = {}
        self._numbers: set[str] = set()

    def transaction(self, sent: ClaimTransaction) -> None:
        """BHT03 is unique in a file."""
        self._found.at("")
        if self._references.setdefault(sent.reference, sent.control) != sent.control:
            self._found.add(4, "BHT03", "reference-twice", f"The reference {sent.reference} is used twice in the file.")

    def claim(self, sent: Claim) -> None:
        """The patient control number is unique in a file."""
        number = sent.patient_control_number
        if number in self._numbers:
            self._found.claim = number
            self._found.at("2300")
            words = f"The patient control number {number} stands twice in the file: the claim would be sent twice."
            self._found.add(4, "CLM01", "number-twice", words)
            self._found.claim = ""
        self._numbers.add(number)


def _codes(found: Findings, sent: ClaimTransaction, diagnosis: Known | None, procedure: Known | None) -> None:
    """Level 5 by the caller's own code sets."""
    if diagnosis is None and procedure is None:
        return
    for claim in sent.claims:
        found.claim, found.anchor = claim.patient_control_number, claim
        found.at("2300")
        for place, code in enumerate(claim.diagnoses, 1):
            if diagnosis is not None and not diagnosis(code):
                found.add(5, f"HI{place:02}", "diagnosis", f"Diagnosis {code} is not an ICD-10-CM code in force.")
        found.at("2400")
        for found.number, line in enumerate(claim.lines, 1):
            found.line = line.reference or str(found.number)
            if procedure is not None and not procedure(line.code):
                found.add(5, "SV101", "procedure", f"{line.code} is not a service code in force.")
        found.line = found.claim = ""
