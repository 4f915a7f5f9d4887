"""Every defect that other validators miss or catch, made in bytes, is caught by our own check."""

from __future__ import annotations

import pytest

from edi.claims.checks import check_bytes
from edi.claims.writing import write
from tests.edi.making import claim, claim_file, dependent_claim, secondary_claim

GOOD = write(claim_file(claim(), dependent_claim(), secondary_claim())).content.decode()
COUNT = GOOD[GOOD.index("~SE*") + 1 : GOOD.index("GE*")]


def without(text: str, segment: str) -> str:
    """A file without the first such segment, its SE count put right."""
    count = int(COUNT.split("*")[1])
    return text.replace(f"{segment}~", "", 1).replace(COUNT, COUNT.replace(str(count), str(count - 1)))


MUTANTS = {
    "SE count": (GOOD.replace(COUNT, "SE*7*0001~"), "SE01"),
    "ST control number": (GOOD.replace(COUNT, COUNT.replace("0001", "0002")), "SE02"),
    "IEA control number": (GOOD.replace("IEA*1*000000101", "IEA*1*000000102"), "IEA02"),
    "GE control number": (GOOD.replace("GE*1*201", "GE*1*202"), "GE02"),
    "HL parent": (GOOD.replace("HL*4*3*23*0", "HL*4*1*23*0"), "HL02"),
    "HL number": (GOOD.replace("HL*3*1*22*1", "HL*9*1*22*1"), "HL01"),
    "missing N4": (without(GOOD, "N4*MADISON*WI*53703"), "N4"),
    "missing billing N4": (without(GOOD, "N4*MADISON*WI*537031234"), "N4"),
    "missing SV1": (without(GOOD, "SV1*HC:90834:95*150*UN*1***1"), "SV1"),
    "missing SBR": (without(GOOD, "SBR*P*18*GRP100******CI"), "SBR"),
    "missing HI": (without(GOOD, "HI*ABK:F411*ABF:F329"), "HI"),
    "missing payer": (without(GOOD, "NM1*PR*2*EXAMPLE HEALTH PLAN*****PI*60054"), "NM1"),
    "missing OI": (without(GOOD, "OI***Y***Y"), "OI"),
    "missing PAT": (without(GOOD, "PAT*19"), "PAT"),
    "missing PER": (without(GOOD, "PER*IC*BOB BAKER*TE*6085550100*EM*BILLING@EXAMPLE.COM"), "PER"),
    "bad date": (GOOD.replace("DTP*472*D8*20261102", "DTP*472*D8*20261302", 1), "DTP03"),
    "short date": (GOOD.replace("DTP*472*D8*20261102", "DTP*472*D8*261102", 1), "DTP03"),
    "bad birth date": (GOOD.replace("DMG*D8*19850412", "DMG*D8*19850231", 1), "DMG02"),
    "bad date qualifier": (GOOD.replace("DTP*472*D8", "DTP*472*DX", 1), "DTP02"),
    "bad REF qualifier": (GOOD.replace("REF*6R*L1", "REF*ZZ*L1", 1), "REF01"),
    "bad NM1 qualifier": (GOOD.replace("*XX*1245319599", "*24*1245319599", 1), "NM108"),
    "bad NM1 role": (GOOD.replace("NM1*82*1*CHEN", "NM1*XX*1*CHEN", 1), "NM101"),
    "ICD-9": (GOOD.replace("HI*ABK:F411", "HI*BK:F411", 1), "HI01"),
    "bad amount": (GOOD.replace("CLM*PCN1*300", "CLM*PCN1*3OO", 1), "CLM02"),
    "NPI check digit": (GOOD.replace("1245319599", "1245319598"), "NM109"),
    "charge is not the sum": (GOOD.replace("CLM*PCN1*300", "CLM*PCN1*301"), "CLM02"),
    "replacement without original": (GOOD.replace("CLM*PCN1*300***10:B:1", "CLM*PCN1*300***10:B:7"), "REF*F8"),
    "self without DMG": (without(GOOD, "DMG*D8*19850412*F"), "DMG02"),
    "self without N3 and N4": (
        without(GOOD, "N3*12 OAK ST").replace("N4*MADISON*WI*53703~DMG*D8*19850412*F~", "DMG*D8*19850412*F~", 1),
        "N3",
    ),
    "pointer to a missing diagnosis": (GOOD.replace("UN*1***1~", "UN*1***3~", 1), "SV107"),
    "bad place of service": (GOOD.replace("***10:B:1", "***98:B:1", 1), "CLM05"),
    "bad state": (GOOD.replace("N4*MADISON*WI*53703~", "N4*MADISON*XX*53703~", 1), "N402"),
    "no such form of CPT": (GOOD.replace("HC:90834", "HC:9O834", 1), "SV101"),
    "no such form of ICD-10-CM": (GOOD.replace("ABK:F411", "ABK:4111", 1), "HI01"),
    "other payer does not balance": (GOOD.replace("SVD*87726*100", "SVD*87726*99", 1), "SVD02"),
    "segments out of order": (
        GOOD.replace("HI*ABK:F411*ABF:F329~NM1*82", "NTE*ADD*X~HI*ABK:F411*ABF:F329~AMT*F5*1~NM1*82", 1),
        "AMT",
    ),
    "foreign segment": (GOOD.replace("LX*1~", "LX*1~CLP*1~", 1), "CLP"),
    "two subscribers": (GOOD.replace("SBR*P*18*GRP100******CI~", "SBR*P*18*GRP100******CI~NM1*IL*1*A*B~", 1), "NM1"),
    "version": (GOOD.replace("005010X222A1", "005010X222A2"), "ST03"),
    "usage": (GOOD.replace("*0*T*:~", "*0*X*:~"), "ISA15"),
    "group": (GOOD.replace("GS*HC", "GS*HP"), "GS01"),
}


def test_the_file_itself_is_right() -> None:
    assert check_bytes(GOOD.encode()) == []


@pytest.mark.parametrize("name", MUTANTS)
def test_a_mutant_is_caught(name: str) -> None:
    mutant, element = MUTANTS[name]
    assert mutant != GOOD
    found = check_bytes(mutant.encode())
    assert element in {problem.element for problem in found}, [problem.words for problem in found]
    assert all(problem.words.endswith(".") for problem in found)


def test_what_is_missing_is_said_once() -> None:
    (found,) = check_bytes(MUTANTS["missing N4"][0].encode())
    assert (found.claim, found.element, found.segment) == ("PCN1", "N4", 14)
    assert found.words == "N4 is missing for the subscriber."
