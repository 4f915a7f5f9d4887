"""The defects that other validators miss or catch (`edi.md` 1.3), each found by ours at its level and place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pytest

from edi.__main__ import main
from edi.claims.checks import check_bytes
from edi.claims.problems import Problem
from tests.edi.claims.test_mutants import GOOD, MUTANTS, without
from tests.edi.remittance_making import bytes_of, claim, line, remittance

PAID: Final = bytes_of(remittance(claim(line(), line("200", "160", ("CO", "45", "40"))))).decode()

CLAIMS: Final = {
    "SE count": (1, "SE01", ""),
    "HL parent": (2, "HL02", "2000C"),
    "missing N4": (2, "N4", "2010BA"),
    "missing SV1": (2, "SV1", "2400"),
    "bad date": (1, "DTP03", "2400"),
    "bad date qualifier": (2, "DTP02", "2400"),
    "bad REF qualifier": (2, "REF01", "2400"),
    "bad NM1 qualifier": (2, "NM108", "2310B"),
    "IEA control number": (1, "IEA02", ""),
    "NPI check digit": (5, "NM109", "2310B"),
    "charge is not the sum": (3, "CLM02", "2300"),
    "replacement without original": (4, "REF*F8", "2300"),
    "self without DMG": (4, "DMG02", "2010BA"),
    "self without N3 and N4": (4, "N3", "2010BA"),
    "pointer to a missing diagnosis": (4, "SV107", "2400"),
    "bad place of service": (5, "CLM05", "2300"),
    "bad state": (5, "N402", "2010BA"),
    "ICD-9": (2, "HI01", "2300"),
}
"""Row of the paper by its mutant: SNIP level, element and loop of the finding."""

PAYMENTS: Final = {
    "SE count": (PAID.replace("~SE*", "~SE*9"), (1, "SE01", "")),
    "IEA and ISA control numbers": (PAID.replace("IEA*1*00000000", "IEA*1*10000000"), (1, "IEA02", "")),
    "BPR02 is not the sum of the claims": (PAID.replace("BPR*I*265", "BPR*I*264"), (3, "BPR02", "")),
    "CLP03 less the adjustments is not CLP04": (PAID.replace("*350*265*", "*351*265*"), (3, "CLP04", "2100")),
    "SVC02 less the adjustments is not SVC03": (PAID.replace("*200*160*", "*200*161*"), (3, "SVC03", "2110")),
}


def placed(found: list[Problem]) -> set[tuple[int, str, str]]:
    """Level, element and loop of what is wrong; an element with a part counts as the element."""
    return {(one.level, one.element.partition("-")[0], one.loop) for one in found if not one.warning}


@pytest.mark.parametrize("name", CLAIMS)
def test_a_defect_of_a_claim_is_found_at_its_level_and_place(name: str) -> None:
    found = check_bytes(MUTANTS[name][0].encode())
    assert CLAIMS[name] in placed(found)
    (one, *_) = [one for one in found if (one.level, one.element.partition("-")[0], one.loop) == CLAIMS[name]]
    assert one.words.endswith(".")
    assert one.code
    assert one.segment


def test_a_code_that_does_not_exist_is_an_error_where_the_codes_are_known() -> None:
    known = {"known_diagnosis": lambda code: code != "F411", "known_procedure": lambda code: code != "90834"}
    found = placed(check_bytes(GOOD.encode(), **known))
    assert {(5, "HI01", "2300"), (5, "SV101", "2400")} <= found
    assert check_bytes(GOOD.encode()) == []


def test_codes_outside_our_selection_are_no_errors() -> None:
    """A taxonomy or modifier that nobody here ever saw, but of the right form, goes; another form does not."""
    strange = GOOD.replace("101YM0800X", "999ZZ9999X").replace("HC:90834:95*", "HC:90834:ZQ*")
    assert [one for one in check_bytes(strange.encode()) if not one.warning] == []
    wrong = GOOD.replace("101YM0800X", "101-M0800X").replace("HC:90834:95*", "HC:90834:#1*")
    assert {element for _, element, _ in placed(check_bytes(wrong.encode()))} == {"PRV03", "SV101", "SVD03"}


@pytest.mark.parametrize("name", PAYMENTS)
def test_a_defect_of_a_payment_is_found_at_its_level_and_place(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, expected = PAYMENTS[name]
    assert text != PAID
    path = tmp_path / "payment.835"
    path.write_text(text, encoding="ascii")
    assert main(["check", str(path), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert expected in {(one["level"], one["element"], one["loop"]) for one in found}


def test_a_remark_outside_our_selection_is_a_note(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A remark code (RARC) is never an error; an adjustment reason (CARC) that is not in use is one."""
    path = tmp_path / "payment.835"
    head, tail = PAID.split("~SVC*", 1)
    first, rest = tail.split("~SVC*", 1)
    path.write_text(f"{head}~SVC*{first}~LQ*HE*N9999~SVC*{rest}".replace("~SE*", "~SE*1", 1), encoding="ascii")
    main(["check", str(path), "--json"])
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [one for one in found if not one["warning"] and "N9999" in one["words"]] == []


def test_what_is_right_has_no_finding(tmp_path: Path) -> None:
    path = tmp_path / "payment.835"
    path.write_text(PAID, encoding="ascii")
    assert main(["check", str(path)]) == 0
    assert without(GOOD, "N4*MADISON*WI*53703") != GOOD
