"""Claims that are right in every respect, for tests to change one thing of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from edi.claims.model import (
    Address,
    Adjustment,
    BillingProvider,
    Claim,
    ClaimFile,
    ClaimTransaction,
    Line,
    LineDecision,
    Organization,
    OtherCoverage,
    OtherSubscriber,
    Patient,
    Payer,
    Person,
    Provider,
    Subscriber,
)
from edi.envelope import Envelope, Receiver, Submitter

MADE_AT: Final = datetime(2026, 11, 23, 9, 30)  # noqa: DTZ001 - an envelope has local time without a zone
HOME: Final = Address("12 OAK ST", "", "MADISON", "WI", "53703")
OFFICE: Final = Address("100 MAIN ST", "SUITE 4", "MADISON", "WI", "537031234")
ENVELOPE: Final = Envelope(
    sender="CASELOAD",
    receiver="CLEARINGHOUSE",
    usage="T",
    submitter=Submitter("LAKE COUNSELING LLC", "CASELOAD", "BOB BAKER", "6085550100", "BILLING@EXAMPLE.COM"),
    claims_receiver=Receiver("CLEARINGHOUSE", "330897513"),
)
BILLING: Final = BillingProvider(
    Organization("LAKE COUNSELING LLC"), "1234567893", "391234567", OFFICE, taxonomy="261QM0801X"
)
RENDERING: Final = Provider(Person("CHEN", "CHARLIE"), "1245319599", "101YM0800X")
PAYER: Final = Payer("EXAMPLE HEALTH PLAN", "60054")
SUBSCRIBER: Final = Subscriber(
    Person("SMITH", "JANE", "Q"),
    "W123456789",
    "CI",
    group_number="GRP100",
    address=HOME,
    birth_date=date(1985, 4, 12),
    sex="F",
)
CHILD: Final = Patient(Person("SMITH", "TOM"), "19", HOME, date(2012, 5, 1), "M")


def line(reference: str = "L1", amount: str = "150", **changes: object) -> Line:
    """A 45-minute session by video."""
    day = date(2026, 11, 2)
    made = Line(reference, "90834", Decimal(amount), Decimal(1), (1,), day, modifiers=("95",))
    return replace(made, **changes)  # type: ignore[arg-type]


def claim(number: str = "PCN1", **changes: object) -> Claim:
    """A claim of two sessions for the subscriber herself."""
    lines = (line("L1"), line("L2", service_date=date(2026, 11, 9)))
    made = Claim(number, SUBSCRIBER, Decimal(300), "10", ("F411", "F329"), lines, rendering=RENDERING)
    return replace(made, **changes)  # type: ignore[arg-type]


def dependent_claim(number: str = "PCN2", **changes: object) -> Claim:
    """The same claim for a child of the subscriber."""
    subscriber = replace(SUBSCRIBER, address=None, birth_date=None, sex="")
    return replace(claim(number, subscriber=subscriber, patient=CHILD), **changes)  # type: ignore[arg-type]


def transaction(*claims: Claim, **changes: object) -> ClaimTransaction:
    """The claims to one payer."""
    made = ClaimTransaction("0001", "BATCH1-1", PAYER, BILLING, claims or (claim(),))
    return replace(made, **changes)  # type: ignore[arg-type]


def claim_file(*claims: Claim, **changes: object) -> ClaimFile:
    """A file with one transaction."""
    made = ClaimFile(ENVELOPE, 101, 201, MADE_AT, (transaction(*claims),))
    return replace(made, **changes)  # type: ignore[arg-type]


OTHER_PAYER: Final = Payer("FIRST HEALTH", "87726")


def secondary_claim(number: str = "PCN3", **changes: object) -> Claim:
    """A claim to a second payer; the first allowed 120.00 a session, of which 20.00 is the client's."""
    decided = date(2026, 11, 16)
    reasons = (Adjustment("CO", "45", Decimal(30)), Adjustment("PR", "3", Decimal(20)))
    decision = LineDecision("87726", Decimal(100), "90834", Decimal(1), decided, ("95",), reasons)
    lines = tuple(replace(service, decisions=(decision,)) for service in claim().lines)
    subscriber = OtherSubscriber(Person("SMITH", "JOHN"), "F55501")
    other = OtherCoverage("P", "01", "CI", subscriber, OTHER_PAYER, group_number="G9", paid=Decimal(200))
    later = replace(SUBSCRIBER, responsibility="S")
    return replace(claim(number, subscriber=later, coverages=(other,), lines=lines), **changes)  # type: ignore[arg-type]
