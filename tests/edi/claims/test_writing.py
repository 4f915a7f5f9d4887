"""An 837P has its segments where the guide wants them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from edi.claims.model import Accident, Address, Facility, Person, Provider
from edi.claims.writing import write
from edi.errors import X12Error
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


def segments(*claims: object, **changes: object) -> list[str]:
    file = claim_file(transactions=(transaction(*claims, **changes),))  # type: ignore[arg-type]
    text = write(file).content.decode()
    return text[text.index("ST*") : text.index("GE*")].split("~")[:-1]


def test_a_claim_of_the_subscriber_herself() -> None:
    assert segments(claim()) == [
        "ST*837*0001*005010X222A1",
        "BHT*0019*00*BATCH1-1*20261123*0930*CH",
        "NM1*41*2*LAKE COUNSELING LLC*****46*CASELOAD",
        "PER*IC*BOB BAKER*TE*6085550100*EM*BILLING@EXAMPLE.COM",
        "NM1*40*2*CLEARINGHOUSE*****46*330897513",
        "HL*1**20*1",
        "PRV*BI*PXC*261QM0801X",
        "NM1*85*2*LAKE COUNSELING LLC*****XX*1234567893",
        "N3*100 MAIN ST*SUITE 4",
        "N4*MADISON*WI*537031234",
        "REF*EI*391234567",
        "HL*2*1*22*0",
        "SBR*P*18*GRP100******CI",
        "NM1*IL*1*SMITH*JANE*Q***MI*W123456789",
        "N3*12 OAK ST",
        "N4*MADISON*WI*53703",
        "DMG*D8*19850412*F",
        "NM1*PR*2*EXAMPLE HEALTH PLAN*****PI*60054",
        "CLM*PCN1*300***10:B:1*Y*A*Y*Y",
        "HI*ABK:F411*ABF:F329",
        "NM1*82*1*CHEN*CHARLIE****XX*1245319599",
        "PRV*PE*PXC*101YM0800X",
        "LX*1",
        "SV1*HC:90834:95*150*UN*1***1",
        "DTP*472*D8*20261102",
        "REF*6R*L1",
        "LX*2",
        "SV1*HC:90834:95*150*UN*1***1",
        "DTP*472*D8*20261109",
        "REF*6R*L2",
        "SE*31*0001",
    ]


def test_a_claim_of_a_dependent_stands_under_its_own_level() -> None:
    lines = segments(dependent_claim())
    first, last = lines.index("HL*2*1*22*1"), lines.index("HI*ABK:F411*ABF:F329")
    assert lines[first:last] == [
        "HL*2*1*22*1",
        "SBR*P**GRP100******CI",
        "NM1*IL*1*SMITH*JANE*Q***MI*W123456789",
        "NM1*PR*2*EXAMPLE HEALTH PLAN*****PI*60054",
        "HL*3*2*23*0",
        "PAT*19",
        "NM1*QC*1*SMITH*TOM",
        "N3*12 OAK ST",
        "N4*MADISON*WI*53703",
        "DMG*D8*20120501*M",
        "CLM*PCN2*300***10:B:1*Y*A*Y*Y",
    ]


def test_a_secondary_claim_tells_what_the_first_payer_decided() -> None:
    lines = segments(secondary_claim())
    assert lines[lines.index("SBR*S*18*GRP100******CI") :][:2] == [
        "SBR*S*18*GRP100******CI",
        "NM1*IL*1*SMITH*JANE*Q***MI*W123456789",
    ]
    start = lines.index("SBR*P*01*G9******CI")
    assert lines[start : start + 6] == [
        "SBR*P*01*G9******CI",
        "AMT*D*200",
        "OI***Y***Y",
        "NM1*IL*1*SMITH*JOHN****MI*F55501",
        "NM1*PR*2*FIRST HEALTH*****PI*87726",
        "LX*1",
    ]
    start = lines.index("REF*6R*L1")
    assert lines[start + 1 : start + 5] == [
        "SVD*87726*100*HC:90834:95**1",
        "CAS*CO*45*30",
        "CAS*PR*3*20",
        "DTP*573*D8*20261116",
    ]


def test_a_replacement_with_everything_a_claim_may_carry() -> None:
    supervisor = Provider(Person("GREY", "GRACE"), "1003000126")
    site = Facility("NORTH OFFICE", replace(OFFICE, line1="9 NORTH AVE", line2=""))
    sent = claim(
        frequency="7",
        original_reference="PAYER77",
        prior_authorization="AUTH1",
        referral_number="REF1",
        patient_paid=Decimal("20.50"),
        note="Corrected claim",
        supervising=supervisor,
        facility=site,
        accident=Accident(("AA",), date(2026, 3, 4), "WI"),
        lines=(line(place="11", ends_on=date(2026, 11, 3), note="x", description="Therapy", prior_authorization="A2"),),
        charge=Decimal(150),
    )
    lines = segments(sent, billing=replace(BILLING, pay_to=Address("PO BOX 9", "", "MADISON", "WI", "53701")))
    start = lines.index("REF*EI*391234567")
    assert lines[start + 1 : start + 4] == ["NM1*87*2", "N3*PO BOX 9", "N4*MADISON*WI*53701"]
    start = lines.index("CLM*PCN1*150***10:B:7*Y*A*Y*Y**AA:::WI")
    assert lines[start + 1 : -1] == [
        "DTP*439*D8*20260304",
        "AMT*F5*20.5",
        "REF*9F*REF1",
        "REF*G1*AUTH1",
        "REF*F8*PAYER77",
        "NTE*ADD*CORRECTED CLAIM",
        "HI*ABK:F411*ABF:F329",
        "NM1*82*1*CHEN*CHARLIE****XX*1245319599",
        "PRV*PE*PXC*101YM0800X",
        "NM1*77*2*NORTH OFFICE",
        "N3*9 NORTH AVE",
        "N4*MADISON*WI*537031234",
        "NM1*DQ*1*GREY*GRACE****XX*1003000126",
        "LX*1",
        "SV1*HC:90834:95::::THERAPY*150*UN*1*11**1",
        "DTP*472*RD8*20261102-20261103",
        "REF*G1*A2",
        "REF*6R*L1",
        "NTE*ADD*X",
    ]


def test_a_solo_clinician_bills_under_her_own_name() -> None:
    solo = replace(BILLING, name=Person("CHEN", "CHARLIE"), npi=RENDERING.npi, tax_id="123-45-6789", tax_id_kind="SY")
    lines = segments(claim(rendering=None), billing=solo)
    assert "NM1*85*1*CHEN*CHARLIE****XX*1245319599" in lines
    assert "REF*SY*123456789" in lines
    assert not [segment for segment in lines if segment.startswith("NM1*82")]


def test_positions_count_from_st() -> None:
    file = claim_file(claim("A"), dependent_claim("B"), claim("C"))
    written = write(file)
    text = written.content.decode()
    lines = text[text.index("ST*") :].split("~")
    for number, start in (("A", "HL*2*1*22*0"), ("B", "HL*3*1*22*1"), ("C", "HL*5*1*22*0")):
        first, last = written.positions["0001"][number]
        assert lines[first - 1] == start
        assert lines[last - 1] == "REF*6R*L2"


def test_the_plan_is_named_only_without_a_group_number() -> None:
    sent = claim()
    named = replace(sent.subscriber, plan_name="GOLD")
    assert "SBR*P*18*GRP100******CI" in segments(replace(sent, subscriber=named))
    assert "SBR*P*18**GOLD*****CI" in segments(replace(sent, subscriber=replace(named, group_number="")))


def test_a_transaction_holds_at_most_a_thousand_claims() -> None:
    many = tuple(claim(f"P{number}") for number in range(1001))
    with pytest.raises(X12Error, match="1 to 1,000 claims; this one has 1,001"):
        write(claim_file(*many))
    assert len(write(claim_file(*many[:1000])).positions["0001"]) == 1000
    with pytest.raises(X12Error, match="this one has 0"):
        write(claim_file(transactions=(replace(transaction(), claims=()),)))


def test_a_control_number_is_used_once_in_a_file() -> None:
    with pytest.raises(X12Error, match="control number 0001"):
        write(claim_file(transactions=(transaction(), transaction())))


def test_a_third_decimal_is_refused() -> None:
    with pytest.raises(X12Error, match="at most 2 decimals"):
        write(claim_file(claim(charge=Decimal("1.005"))))
