"""Other people's validators accept what we write."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from edi.claims.model import Accident, Address, ClaimFile, Facility, Organization, Person, Provider
from edi.claims.writing import write
from tests.edi.making import (
    BILLING,
    OFFICE,
    RENDERING,
    claim,
    claim_file,
    dependent_claim,
    line,
    secondary_claim,
    transaction,
)
from tests.edi.oracles import pyx12_errors, x12sdk_claims

SUPERVISOR = Provider(Person("GREY", "GRACE"), "1003000126")
FULL = claim(
    "FULL1",
    frequency="7",
    original_reference="PAYER77",
    prior_authorization="AUTH1",
    referral_number="REF1",
    patient_paid=Decimal("20.50"),
    note="Corrected claim",
    supervising=SUPERVISOR,
    referring=Provider(Person("FOX", "FAY"), "1003000126"),
    facility=Facility("NORTH OFFICE", OFFICE, "1234567893"),
    accident=Accident(("AA",), date(2026, 3, 4), "WI"),
    lines=(line(place="11", ends_on=date(2026, 11, 3), note="x", description="Therapy", prior_authorization="A2"),),
    charge=Decimal(150),
)
WHOLE = replace(
    secondary_claim("WHOLE1", lines=claim().lines),
    coverages=(
        replace(
            secondary_claim().coverages[0],
            paid=Decimal(300),
            not_covered=Decimal(0),
            patient_owes=Decimal(0),
            decided_on=date(2026, 11, 16),
            payer_control_number="CCN9",
        ),
    ),
)
MEDICARE = secondary_claim("MED1")
LINE_BY_LINE = replace(
    MEDICARE,
    subscriber=replace(MEDICARE.subscriber, filing_indicator="MB", medicare_type="12", group_number="", plan_name="B"),
)


ALL = [
    claim(),
    dependent_claim(),
    secondary_claim(),
    FULL,
    WHOLE,
    LINE_BY_LINE,
    claim(subscriber=replace(claim().subscriber, name=Person("Nuñez", "José", "", "Jr."))),
    claim(lines=tuple(line(f"L{number}", "6") for number in range(50))),
    claim(
        diagnoses=tuple(f"F4{number:02}" for number in range(12)),
        lines=(line(pointers=(12, 1, 2, 3), amount="300"),),
    ),
    dependent_claim(rendering=replace(RENDERING, taxonomy=""), subscriber=replace(claim().subscriber, group_number="")),
    claim(lines=(line(rendering=SUPERVISOR), line("L2"))),
]
"""Every kind of claim that we write."""


def test_pyx12_accepts_every_kind_of_claim() -> None:
    sent = [replace(one, patient_control_number=f"P{number}") for number, one in enumerate(ALL)]
    assert pyx12_errors(write(claim_file(*sent)).content) == []


def test_pyx12_accepts_files_of_many_claims_and_transactions() -> None:
    solo = replace(BILLING, name=Person("CHEN", "CHARLIE"), npi=RENDERING.npi, tax_id_kind="SY", taxonomy="101YM0800X")
    paid_to = replace(BILLING, pay_to=Address("PO BOX 9", "", "MADISON", "WI", "53701"))
    parts = (
        transaction(*(claim(f"A{number}") for number in range(40)), dependent_claim("D1"), secondary_claim("S1")),
        transaction(claim("B1", rendering=None), control="0002", reference="R2", billing=solo),
        transaction(dependent_claim("C1"), claim("C2"), control="0003", reference="R3", billing=paid_to),
    )
    file = claim_file(transactions=parts)
    assert pyx12_errors(write(file).content) == []


def test_pyx12_still_refuses_what_is_wrong() -> None:
    content = write(claim_file()).content
    assert pyx12_errors(content.replace(b"N4*MADISON*WI*53703~", b""))
    assert pyx12_errors(content.replace(b"***10:B:1", b"***98:B:1"))


@pytest.mark.parametrize("file", [claim_file(), claim_file(claim("A"), dependent_claim("B"), secondary_claim("C"))])
def test_x12sdk_reads_our_claims(file: ClaimFile) -> None:
    assert x12sdk_claims(write(file).content) == [sent.patient_control_number for sent in file.transactions[0].claims]


def test_a_group_without_taxonomy_is_accepted_too() -> None:
    billing = replace(BILLING, taxonomy="", name=Organization("LAKE COUNSELING"))
    assert pyx12_errors(write(claim_file(transactions=(transaction(billing=billing),))).content) == []
