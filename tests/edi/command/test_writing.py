"""`python -m edi write` makes an 837P from JSON, and refuses what the check finds errors in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from edi.__main__ import main
from edi.claims.checks import check_bytes
from edi.claims.model import ClaimFile
from edi.claims.reading import read_file
from edi.claims.writing import write
from edi.command.claims_from import claim_files
from edi.command.documents import document, tell
from edi.json import write as to_json
from edi.reading import read
from tests.edi.claims.strategies import FILES
from tests.edi.command.sampling import SAMPLES
from tests.edi.making import claim, claim_file, dependent_claim, secondary_claim, transaction

FILE = claim_file(
    transactions=(
        transaction(claim("A1"), dependent_claim("A2"), control="0001", reference="R1"),
        transaction(secondary_claim("B1"), control="0002", reference="R2"),
    )
)


def put(value: Any, path: Path) -> Path:
    path.write_text(json.dumps(value))
    return path


def read_as_json(content: bytes) -> Any:
    return document(map(tell, read(content)))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(FILES)
def test_read_then_write_gives_the_same_claims(file: ClaimFile) -> None:
    (back,) = claim_files(json.dumps(read_as_json(write(file).content)))
    assert back == file
    assert write(back).content == write(file).content


def test_the_commands_do_the_same_with_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, target = tmp_path / "claims.x12", tmp_path / "again.x12"
    source.write_bytes(write(FILE).content)
    assert main(["read", str(source), "--json"]) == 0
    told = put(json.loads(capsys.readouterr().out), tmp_path / "claims.json")
    assert main(["write", str(told), "--out", str(target)]) == 0
    assert target.read_bytes() == source.read_bytes()
    assert main(["write", str(told)]) == 0
    assert capsys.readouterr().out.encode() == source.read_bytes()


def test_a_single_file_of_claims_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["write", str(put(to_json(FILE), tmp_path / "claims.json"))]) == 0
    assert check_bytes(capsys.readouterr().out.encode()) == []


def test_claims_with_an_error_are_not_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told, target = put(to_json(claim_file(claim(frequency="7"))), tmp_path / "claims.json"), tmp_path / "claims.x12"
    assert main(["write", str(told), "--out", str(target)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("ST 0001, loop 2300, claim PCN1: level 4: REF*F8 (no-original): A replacement or void")
    assert said.err.endswith("Nothing was written.\n")
    assert not target.exists()


def test_warnings_are_said_and_the_file_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = put(to_json(claim_file(claim(original_reference="X1"))), tmp_path / "claims.json")
    assert main(["write", str(told)]) == 0
    said = capsys.readouterr()
    assert "warning" in said.err
    assert said.out.startswith("ISA*")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "not JSON"),
        ("[]", "should be an object"),
        ("{}", "has no “control”"),
        ('{"interchanges": []}', "holds no professional claims"),
        ('{"interchanges": [{}]}', "interchanges[0] has no list “groups”."),
        ('{"interchanges": [{"groups": [{"transactions": [{"kind": "835"}]}]}]}', "holds no professional claims"),
        (
            '{"interchanges": [{"groups": [{"transactions": [{"kind": "837P"}]}]}]}',
            "interchanges[0].groups[0].transactions[0].content should be an object (ClaimFile), not null.",
        ),
        ("\udcff", "not text in UTF-8"),
    ],
)
def test_another_shape_is_refused(text: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "claims.json"
    path.write_bytes(text.encode(errors="surrogateescape"))
    assert main(["write", str(path)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert words in said.err


def test_what_cannot_be_spelled_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    value: Any = to_json(claim_file(secondary_claim()))
    value["envelope"]["delimiters"]["element"] = "§"
    assert main(["write", str(put(value, tmp_path / "claims.json"))]) == 1
    assert "separator is not an ASCII character" in capsys.readouterr().err


def test_a_target_that_cannot_be_written_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = put(to_json(FILE), tmp_path / "claims.json")
    assert main(["write", str(told), "--out", str(tmp_path / "none" / "x")]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_claims_of_several_payers_in_one_transaction_get_transactions_of_their_own() -> None:
    path = next(path for path in SAMPLES if path.name == "inteligenz__Example1_2_And_3_Combined.txt")
    (interchange,) = read(path.read_bytes())
    (before,) = read_file(interchange)
    (after,) = claim_files(json.dumps(read_as_json(path.read_bytes())))
    controls = [sent.control for sent in after.transactions]
    assert len(set(controls)) == len(controls)
    assert [sent.claims for sent in after.transactions] == [sent.claims for sent in before.transactions]
