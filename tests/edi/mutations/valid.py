"""Files that are right and together hold every segment, element and qualifier that we write."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from edi.claims.model import (
    Accident,
    Address,
    Adjustment,
    ClaimFile,
    Facility,
    LineDecision,
    Organization,
    OtherCoverage,
    OtherSubscriber,
    Person,
    Provider,
)
from tests.edi.making import (
    BILLING,
    CHILD,
    ENVELOPE,
    HOME,
    OFFICE,
    OTHER_PAYER,
    PAYER,
    RENDERING,
    claim,
    claim_file,
    dependent_claim,
    line,
    secondary_claim,
    transaction,
)

SUPERVISOR: Final = Provider(Person("GREY", "GRACE", "M", "PHD"), "1003000126")
REFERRER: Final = Provider(Person("FOX", "FAY", "A", "MD"), "1003000126")
LINE_RENDERING: Final = Provider(Person("DALE", "DANA", "D", "MA"), "1003000126", "101YM0800X")
ABROAD: Final = Address("9 QUEEN ST", "FLOOR 2", "TORONTO", "ON", "M5V3A8", "CA")
TWELVE: Final = tuple(f"F4{number:02}" for number in range(10, 22))

FULL: Final = claim(
    "FULL1",
    subscriber=replace(claim().subscriber, name=Person("SMITH", "JANE", "Q", "JR"), address=replace(HOME, line2="UP")),
    frequency="7",
    original_reference="PAYER77",
    prior_authorization="AUTH1",
    referral_number="REF1",
    patient_paid=Decimal("20.50"),
    note="CORRECTED CLAIM",
    rendering=replace(RENDERING, name=Person("CHEN", "CHARLIE", "C", "PHD")),
    supervising=SUPERVISOR,
    referring=REFERRER,
    facility=Facility("NORTH OFFICE", OFFICE, "1234567893"),
    accident=Accident(("AA", "EM"), date(2026, 3, 4), "WI"),
    signature_source="P",
    delay_reason="11",
    diagnoses=TWELVE,
    lines=(
        line(
            "L1",
            place="02",
            ends_on=date(2026, 11, 3),
            note="LATE",
            description="THERAPY",
            modifiers=("95", "HO", "HJ", "59"),
            prior_authorization="A2",
            pointers=(12, 1, 2, 3),
            rendering=LINE_RENDERING,
        ),
        line("L2", "150"),
    ),
)

SIMPLE: Final = replace(
    dependent_claim("PLAIN1"),
    rendering=replace(RENDERING, taxonomy=""),
    subscriber=replace(dependent_claim().subscriber, group_number="", plan_name="FAMILY PLAN"),
    supervising=SUPERVISOR,
    diagnoses=("F411",),
    lines=(line("L1", "300", note="ONE"),),
)
VOID: Final = replace(dependent_claim("VOID1"), frequency="8", original_reference="PAYER78", note="VOID")
OTHER_ACCIDENT: Final = claim("ACC1", accident=Accident(("OA",), date(2026, 1, 2)))
AT_WORK: Final = claim(
    "WORK1", accident=Accident(("EM",), date(2026, 1, 2)), place_of_service="11", lines=(line("L1", "300", place="10"),)
)
CHILD_ABROAD: Final = replace(CHILD, name=Person("SMITH", "TOM", "T", "III"), address=ABROAD)
FAR_OFFICE: Final = Facility("FAR OFFICE", ABROAD)
FOREIGN: Final = claim("FAR1", subscriber=replace(claim().subscriber, address=ABROAD), facility=FAR_OFFICE)
FOREIGN_CHILD: Final = dependent_claim("FAR2", patient=CHILD_ABROAD)

REASONS: Final = tuple(
    Adjustment("PR", reason, Decimal(5), Decimal(1)) for reason in ("1", "2", "3", "96", "45", "204")
)
MANY_REASONS: Final = LineDecision(
    "87726",
    Decimal(100),
    "90834",
    Decimal(1),
    date(2026, 11, 16),
    ("95", "HO", "HJ", "59"),
    (Adjustment("CO", "45", Decimal(20)), *REASONS),
    patient_owes=Decimal(30),
    bundled_into=1,
)
WHO: Final = OtherSubscriber(Person("SMITH", "JOHN", "R", "SR"), "F55501", address=replace(HOME, line2="UNIT 2"))
SECOND: Final = replace(
    secondary_claim("SECOND1"),
    lines=(line("L1", decisions=(MANY_REASONS,)), secondary_claim().lines[1]),
    coverages=(
        replace(
            secondary_claim().coverages[0],
            subscriber=WHO,
            payer=replace(OTHER_PAYER, address=replace(OFFICE, line1="PO BOX 4")),
            group_number="",
            plan_name="FIRST PLAN",
            patient_owes=Decimal(60),
            decided_on=date(2026, 11, 16),
            payer_control_number="CCN9",
        ),
    ),
)
WHOLE: Final = replace(
    secondary_claim("WHOLE1", lines=claim().lines),
    coverages=(
        replace(
            secondary_claim().coverages[0],
            adjustments=(Adjustment("CO", "45", Decimal(60)), *REASONS),
            paid=Decimal(210),
            not_covered=Decimal(0),
            decided_on=date(2026, 11, 16),
        ),
    ),
)
LATER: Final = OtherCoverage("S", "19", "MB", WHO, OTHER_PAYER, medicare_type="12")
FAR_COVERAGE: Final = replace(
    LATER, subscriber=replace(WHO, address=ABROAD), payer=replace(OTHER_PAYER, address=ABROAD)
)
FOREIGN_SECOND: Final = claim("FAR3", coverages=(FAR_COVERAGE,))
PRIMARY: Final = claim("FIRST1", coverages=(LATER,))
THIRD: Final = replace(
    secondary_claim("THIRD1"),
    subscriber=replace(secondary_claim().subscriber, responsibility="T"),
    coverages=(
        secondary_claim().coverages[0],
        replace(
            secondary_claim().coverages[0],
            responsibility="S",
            payer=replace(OTHER_PAYER, id="55555"),
            paid=Decimal(0),
            not_covered=Decimal(300),
            decided_on=date(2026, 11, 18),
            adjustments=(Adjustment("OA", "23", Decimal(300)),),
        ),
    ),
)
MEDICARE: Final = replace(
    secondary_claim("MED1"),
    subscriber=replace(secondary_claim().subscriber, filing_indicator="MB", medicare_type="12", group_number=""),
)

SOLO: Final = replace(
    BILLING,
    name=Person("CHEN", "CHARLIE", "C", "PHD"),
    npi=RENDERING.npi,
    tax_id_kind="SY",
    taxonomy="101YM0800X",
    pay_to=Address("PO BOX 9", "BIN 2", "MADISON", "WI", "53701"),
)
GROUP: Final = replace(BILLING, taxonomy="", pay_to=replace(SOLO.pay_to or HOME, line2=""))
AFAR: Final = replace(GROUP, address=ABROAD, pay_to=ABROAD)
FAR_PAYER: Final = replace(PAYER, address=ABROAD)
BY_MAIL: Final = replace(PAYER, address=replace(OFFICE, line1="PO BOX 7"), id_qualifier="XV")


def several() -> ClaimFile:
    """Three transactions: a group, a solo clinician, a group without taxonomy and a payer with an address."""
    parts = (
        transaction(claim("A1"), dependent_claim("A2")),
        transaction(claim("B1", rendering=None), control="0002", reference="R2", billing=SOLO),
        transaction(dependent_claim("C1"), claim("C2"), control="0003", reference="R3", billing=GROUP, payer=BY_MAIL),
    )
    by_phone = replace(ENVELOPE, submitter=replace(ENVELOPE.submitter, email=""), group_sender="GROUP1", usage="P")
    return claim_file(transactions=parts, envelope=replace(by_phone, acknowledgment_wanted=True))


MAIN: Final = claim_file(dependent_claim(), SECOND)
"""The representative file: a child of the subscriber, and the subscriber herself to a second payer."""

FILES: Final[dict[str, ClaimFile]] = {
    "main": MAIN,
    "several": several(),
    "abroad": claim_file(
        transactions=(transaction(FOREIGN, FOREIGN_CHILD, FOREIGN_SECOND, billing=AFAR, payer=FAR_PAYER),)
    ),
    "submitter": claim_file(
        envelope=replace(ENVELOPE, submitter=replace(ENVELOPE.submitter, name="BOB BAKER", phone="")),
    ),
    **{
        sent.patient_control_number.lower(): claim_file(sent)
        for sent in (
            FULL, SIMPLE, VOID, OTHER_ACCIDENT, AT_WORK, SECOND, WHOLE, PRIMARY, THIRD, MEDICARE,
            claim("ORG1", rendering=replace(RENDERING, name=Organization("LAKE CLINICIANS"), taxonomy="")),
        )
    },
}  # fmt: skip
"""Every file by its name."""
