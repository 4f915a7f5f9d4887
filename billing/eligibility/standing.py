"""Whether payers can be asked at all: the connection, the numbers, who is enrolled, and what the practice set."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from billing.claims.content import payer_numbers
from billing.clearinghouses.choosing import connection_for
from billing.clearinghouses.layouts import layout_of
from billing.clearinghouses.protocol import Capability
from billing.eligibility import content
from billing.models import Connection, EligibilitySettings
from clients.models import Client, Coverage
from practice.models import PayerEnrollment, PracticePayer, PracticeSettings
from practice.setup.selectors import get_settings

LADDER: Final = ("MH", "98", "30")
"""Service types from the one that fits therapy best to the plan as a whole."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What asking needs of the practice, loaded once. `enrolled` are the payers that answer our 270 today."""

    connection: Connection | None
    practice: PracticeSettings
    wishes: EligibilitySettings
    enrolled: frozenset[int]
    numbers: dict[int, str]

    def number_of(self, payer: PracticePayer) -> str:
        """The payer's ID where it is asked."""
        return content.payer_number(payer, self.numbers)

    def why_not(self, coverage: Coverage, client: Client) -> str:
        """Why this coverage cannot be asked about, in a sentence; empty where it can."""
        if self.connection is None:
            return "No connected clearinghouse answers eligibility questions."
        if not (self.practice.npi and self.practice.legal_name):
            return "Payers are asked in the practice’s legal name and with its NPI: complete Settings first."
        if coverage.payer_id not in self.enrolled:
            return f"{coverage.payer} is not set up to answer eligibility questions (270)."
        missing = content.gaps(coverage, client)
        return missing[0].sentence if missing else ""


def load(today: dt.date) -> Standing:
    """Five queries."""
    connection = connection_for(Capability.ELIGIBILITY)
    enrolled = PayerEnrollment.objects.filter(transaction=PayerEnrollment.Transaction.ELIGIBILITY, since__lte=today)
    payers = frozenset(enrolled.values_list("payer_id", flat=True))
    numbers = payer_numbers(list(payers), layout_of(connection.layout).payers_as) if connection else {}
    return Standing(connection, get_settings(), wishes(), payers, numbers)


def wishes() -> EligibilitySettings:
    """What the practice set, or what holds until it sets anything."""
    return EligibilitySettings.objects.first() or EligibilitySettings()


def next_type(service_type: str) -> str:
    """What to ask by when this one is not served or says nothing about money; empty after the last."""
    rungs = LADDER[LADDER.index(service_type) + 1 :] if service_type in LADDER else ()
    return rungs[0] if rungs else ""
