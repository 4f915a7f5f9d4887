"""What a payer answers to a file of claims: an 835 that pays each of them, made from the file itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from edi.claims.model import Claim, ClaimFile, Line
from edi.envelope import Envelope
from edi.parties import Address, Contact, Name, Reference
from edi.remittances.model import Adjustment, ClaimPayment, LinePayment, Organization, Procedure, Remittance
from edi.remittances.writing import write
from practice.money import cents, total

CONTRACT, COPAY = Decimal("0.25"), Decimal("25.00")  # of the charge, and of each line
WAY: Final = Address("1 Sandbox Way", "", "Springfield", "IL", "62701")


def answer(file: ClaimFile, trace: str) -> bytes:
    """One payment for each transaction of the file."""
    said = [
        _payment(one.claims, one.billing.npi, one.billing.tax_id, f"{trace}{place}", file.made_at.date())
        for place, one in enumerate(file.transactions, 1)
    ]
    envelope = Envelope(sender="SANDBOX", receiver="BENCH", usage="T")
    return write(said, envelope, control=1, group_control=1, made_at=file.made_at)


def _payment(claims: Sequence[Claim], npi: str, tax_id: str, trace: str, day: dt.date) -> Remittance:
    rows = tuple(_claim(place, claim) for place, claim in enumerate(claims, 1))
    return Remittance(
        method="ACH",
        handling="I",
        credit_debit="C",
        amount=total(row.paid for row in rows),
        trace=trace,
        originator="1234567890",
        paid_on=day,
        payer=Organization("KEYSTONE MUTUAL", "XV", "KEY01", WAY, (), (Contact("BL", "EDI", (("TE", "8005550101"),)),)),
        payee=Organization("BENCH PC", "XX", npi, references=(Reference("TJ", tax_id),)),
        claims=rows,
    )


def _claim(place: int, claim: Claim) -> ClaimPayment:
    lines = tuple(_line(line) for line in claim.lines)
    who = (claim.patient or claim.subscriber).name
    return ClaimPayment(
        position=place,
        patient_control_number=claim.patient_control_number,
        status="1",
        charge=claim.charge,
        paid=total(line.paid for line in lines),
        patient_responsibility=COPAY * len(lines),
        filing_indicator="12",
        payer_control_number=f"ICN{claim.patient_control_number}",
        names=(Name("QC", who.full, id_qualifier="MI", id=claim.subscriber.member_id),),
        service_from=claim.lines[0].service_date,
        lines=lines,
    )


def _line(line: Line) -> LinePayment:
    off = cents(line.amount * CONTRACT)
    return LinePayment(
        Procedure("HC", line.code, line.modifiers),
        line.amount,
        line.amount - off - COPAY,
        units=line.units,
        service_from=line.service_date,
        service_to=line.service_date,
        adjustments=(Adjustment("CO", "45", off), Adjustment("PR", "3", COPAY)),
        references=(Reference("6R", line.reference),),
    )
