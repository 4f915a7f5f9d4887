"""`python -m edi check` names level, code, segment, loop, element and a sentence for whatever the file holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from edi.claims.checks import check, check_bytes
from edi.claims.writing import write
from edi.reading import read
from tests.edi.claims.test_mutants import MUTANTS
from tests.edi.command.sampling import SAMPLES, run
from tests.edi.making import claim, claim_file, line, secondary_claim

PAID = next(path for path in SAMPLES if path.name == "linuxforhealth__demo.835").read_text()
REFUSED = next(path for path in SAMPLES if path.name == "xlate__simple999.edi").read_text()


def found(text: str, path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[Any]]:
    """The exit code and the findings of a file."""
    code = run("check", text.encode(), path, "--json")
    return code, json.loads(capsys.readouterr().out)["findings"]


def test_a_clean_remittance_has_no_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert found(PAID, tmp_path / "file", capsys) == (0, [])


def test_a_remittance_that_does_not_balance(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (paid,) = [part for part in PAID.split("~") if part.strip().startswith("BPR*")]
    code, (finding,) = found(PAID.replace(paid, paid.replace("150000", "150001")), tmp_path / "file", capsys)
    assert code == 1
    assert (finding["level"], finding["code"], finding["element"], finding["segment"]) == (3, "balance", "BPR02", 2)


def test_an_unbalanced_claim_is_placed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    segments = [part.strip() for part in PAID.split("~")]
    first = next(part for part in segments if part.startswith("CLP*"))
    elements = first.split("*")
    changed = "*".join([*elements[:3], "1", *elements[4:]])
    _, findings = found(PAID.replace(first, changed, 1), tmp_path / "file", capsys)
    (finding,) = [one for one in findings if one["element"] == "CLP04"]
    opened = next(number for number, part in enumerate(segments) if part.startswith("ST*"))
    place = (finding["claim"], finding["loop"], finding["segment"])
    assert place == (elements[1], "2100", segments.index(first) - opened + 1)


def test_an_oddity_of_an_acknowledgment_is_placed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, findings = found(REFUSED.replace("AK9*", "ZZ9*", 1), tmp_path / "file", capsys)
    assert code == 1
    assert [one["warning"] for one in findings if one["element"] == "ZZ9"] == [True]
    assert any("AK9 is missing" in one["words"] and one["level"] == 1 for one in findings)


def test_a_group_that_says_another_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, findings = found(PAID.replace("GS*HP", "GS*FA"), tmp_path / "file", capsys)
    assert code == 1
    assert [(one["element"], one["segment"]) for one in findings] == [("GS01", 2)]


def test_an_empty_interchange_is_a_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head = PAID.replace("\n", "").split("~")[0]
    control = head.split("*")[13]
    code, (finding,) = found(f"{head}~IEA*0*{control}~", tmp_path / "file", capsys)
    assert (code, finding["element"], finding["code"]) == (1, "ST", "missing")


@pytest.mark.parametrize("name", MUTANTS)
def test_every_finding_names_a_segment_that_fits_it(name: str) -> None:
    content = MUTANTS[name][0].encode()
    (interchange,) = read(content)
    segments = [str(segment) for segment in interchange.transactions[0].segments]
    for problem in check_bytes(content):
        assert problem.segment, problem
        if problem.transaction and problem.code not in {"envelope", "missing"} and "missing" not in problem.words:
            standing = segments[problem.segment - 1].split("*")[0]
            assert problem.element.startswith(standing) or problem.loop, (problem, standing)


def test_before_writing_a_finding_has_a_loop_and_no_segment() -> None:
    (problem,) = check(claim_file(claim(frequency="7")))
    assert (problem.loop, problem.element, problem.segment) == ("2300", "REF*F8", None)


@pytest.mark.parametrize(
    ("old", "new", "loop", "element"),
    [
        ("NM1*41*2*LAKE COUNSELING LLC", "NM1*41*2*", "1000A", "NM103"),
        ("NM1*85*2*LAKE COUNSELING LLC*****XX*1234567893", "NM1*85*2*LAKE*****XX*1234567890", "2010AA", "NM109"),
        ("NM1*82*1*CHEN*CHARLIE****XX*1245319599", "NM1*82*1*CHEN*CHARLIE****XX*1245319598", "2310B", "NM109"),
        ("N4*MADISON*WI*53703~", "N4*MADISON*XX*53703~", "2010BA", "N402"),
        ("DMG*D8*19850412*F", "DMG*D8*19850412*X", "2010BA", "DMG03"),
        ("SBR*S*18", "SBR*X*18", "2000B", "SBR01"),
        ("SVD*87726*100", "SVD*87726*99", "2430", "SVD02"),
    ],
)
def test_a_finding_stands_where_the_mistake_was_made(old: str, new: str, loop: str, element: str) -> None:
    text = write(claim_file(secondary_claim())).content.decode()
    assert old in text
    broken = text.replace(old, new, 1)
    (interchange,) = read(broken.encode())
    segments = [str(segment) for segment in interchange.transactions[0].segments]
    places = {(one.loop, one.element, one.segment) for one in check_bytes(broken.encode())}
    assert (loop, element, next(at for at, one in enumerate(segments, 1) if new.rstrip("~") in one)) in places


def test_the_second_line_of_the_second_claim_is_found() -> None:
    lines = (line("L1"), line("L2", code="9O834"))
    file = claim_file(claim("A1"), claim("A2", lines=lines))
    content = write(file).content
    (interchange,) = read(content)
    segments = [str(segment) for segment in interchange.transactions[0].segments]
    (wanted,) = [at for at, one in enumerate(segments, 1) if "9O834" in one]
    found_at = {(one.claim, one.line, one.segment) for one in check_bytes(content) if one.element.startswith("SV101")}
    assert found_at == {("A2", "L2", wanted)}


def test_claims_of_the_same_number_are_told_apart() -> None:
    content = write(claim_file(claim("A1"), claim("A1", frequency="7"))).content
    (interchange,) = read(content)
    numbers = [at for at, one in enumerate(interchange.transactions[0].segments, 1) if one.tag == "CLM"]
    (finding,) = [one for one in check_bytes(content) if one.code == "no-original"]
    assert finding.segment == numbers[1]
