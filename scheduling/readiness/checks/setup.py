"""What the practice itself owes a claim (2010AA)."""

from __future__ import annotations

import re
from typing import Any, Final

from django.core.exceptions import ValidationError

from practice.addresses import refuse_po_box
from scheduling.readiness.check import ClaimCheck
from scheduling.readiness.facts import Facts, PracticeFacts
from scheduling.readiness.findings import Finding, Severity
from scheduling.readiness.pages import ADDRESSES, IDENTITY, LOCATIONS, to_setup
from scheduling.readiness.words import listed

_ZIP9: Final = re.compile(r"\d{5}-?\d{4}")


class PracticeIncomplete(ClaimCheck):
    """Legal name, EIN, a street address and a nine-digit ZIP code."""

    code = "practice_incomplete"

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        missing = gaps(facts.practice)
        if missing:
            verb = "is" if len(missing) == 1 else "are"
            title = f"The practice’s {listed(missing)} {verb} missing."
            why = (
                "No claim can leave before they are there."
                if len(missing) > 1
                else "No claim can leave before it is there."
            )
            return [self.finding(title, why, actions=[to_setup("Complete the set-up", _page_of(missing[0]))])]
        if _is_po_box(facts.practice.address1):
            title = "The practice’s address is a PO box."
            why = "Payers want the street; a PO box may be the pay-to address."
            return [self.finding(title, why, actions=[to_setup("Enter the street", ADDRESSES)])]
        return []


class FacilityZip(ClaimCheck):
    """An office at another address is the claim's service facility, whose ZIP code some payers want in full (2310C)."""

    code = "facility_zip"
    severity = Severity.WARN

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        there = facts.location
        if there is None or not there.address1 or there.is_telehealth or facts.telehealth or facts.is_confirmed:
            return []
        if there.address1 == facts.practice.address1 or _ZIP9.fullmatch(there.zip):
            return []
        title = f"The ZIP code of {there.name} lacks its last four digits."
        why = "Some payers turn away a claim whose service facility has five."
        return [self.finding(title, why, actions=[to_setup("Complete the location", LOCATIONS)])]


def gaps(practice: PracticeFacts) -> list[str]:
    """What is missing, in words."""
    have = {
        "legal name": practice.legal_name,
        "EIN": practice.has_ein,
        "address": practice.address1 and practice.city and practice.state,
        "nine-digit ZIP code": _ZIP9.fullmatch(practice.zip),
    }
    return [name for name, there in have.items() if not there]


def _page_of(gap: str) -> str:
    return IDENTITY if gap in {"legal name", "EIN"} else ADDRESSES


def _is_po_box(line: str) -> bool:
    try:
        refuse_po_box(line)
    except ValidationError:
        return True
    return False
