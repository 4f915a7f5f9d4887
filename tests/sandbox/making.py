"""Claims and files to send to the sandbox. Everybody in them is invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from edi.claims.model import (
    Address,
    BillingProvider,
    Claim,
    ClaimFile,
    ClaimTransaction,
    Line,
    Organization,
    Payer,
    Person,
    Provider,
    Subscriber,
)
from edi.claims.writing import write
from edi.envelope import Envelope, Receiver, Submitter

DAY = date(2026, 3, 2)
STREET = Address("12 LINDEN ST", "", "PHILADELPHIA", "PA", "191031234")
BILLING = BillingProvider(
    Organization("FERNHOLLOW THERAPY PC"), "1245319599", "234567890", STREET, taxonomy="261QM0801X"
)
CLINICIAN = Provider(Person("MOREAU", "ALICE"), "1740000017", "1041C0700X")
KEYSTONE = Payer("KEYSTONE MUTUAL", "KEYM1")
ENVELOPE = Envelope(
    sender="FERNHOLLOW",
    receiver="SANDBOX",
    usage="T",
    submitter=Submitter("FERNHOLLOW THERAPY PC", "FERNHOLLOW", "BOB KELLER", "2155550142"),
    claims_receiver=Receiver("SANDBOX", "SANDBOX"),
)


def subscriber(member: str = "KM4471901", **facts: Any) -> Subscriber:
    """A subscriber who is the patient."""
    named: dict[str, Any] = {"name": Person("VEGA", "MARISOL"), "birth_date": date(1992, 5, 12), "sex": "F"}
    return Subscriber(**{**named, "member_id": member, "filing_indicator": "CI", "address": STREET, **facts})


def line(reference: str = "L1", code: str = "90834", amount: str = "142.00", day: date = DAY, **facts: Any) -> Line:
    """One session."""
    return Line(reference, code, Decimal(amount), Decimal(1), (1,), day, **facts)


def claim(number: str = "A7K2M9Q4R8T1Z501", *lines: Line, member: str = "KM4471901", **facts: Any) -> Claim:
    """A claim of one session, or of the lines given."""
    services = lines or (line(),)
    charge = sum((one.amount for one in services), Decimal(0))
    named: dict[str, Any] = {"subscriber": subscriber(member), "rendering": CLINICIAN}
    return Claim(
        number, charge=charge, place_of_service="11", diagnoses=("F411",), lines=services, **{**named, **facts}
    )


def transaction(
    *claims: Claim, control: str = "0001", reference: str = "B1", payer: Payer = KEYSTONE
) -> ClaimTransaction:
    """One ST … SE."""
    return ClaimTransaction(control, reference, payer, BILLING, claims or (claim(),))


def sent(*transactions: ClaimTransaction, control: int = 1, day: date = date(2026, 3, 5), **envelope: Any) -> bytes:
    """A file as it is sent, made at two in the afternoon."""
    made_at = datetime.combine(day, time(14, 0))
    parts = transactions or (transaction(),)
    return write(ClaimFile(replace(ENVELOPE, **envelope), control, control, made_at, parts)).content
