"""`python -m edi read` tells every transaction by its kind, however the file was dressed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from edi.__main__ import main
from edi.claims.writing import write
from edi.command.kinds import CLAIMS, KINDS
from tests.edi.command.sampling import SAMPLES, run
from tests.edi.making import claim_file

CONTENT = write(claim_file()).content
FIELD = {"837P": "transactions", "835": "claims", "999": "sets", "997": "sets", "277CA": "sources"}
BY_FOLDER = {"837p": "837P", "835": "835", "999": "999", "277ca": "277CA"}


def told(content: bytes, path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, Any]:
    """The exit code and the document of a file."""
    code = run("read", content, path, "--json")
    return code, json.loads(capsys.readouterr().out)


def transactions(document: Any) -> list[Any]:
    return [sent for one in document["interchanges"] for group in one["groups"] for sent in group["transactions"]]


def test_every_kind_of_the_table_says_how_it_is_read() -> None:
    assert {kind.name for kind in KINDS if kind.read is None} == {"837I", "837D", CLAIMS}
    assert {kind.name for kind in KINDS if kind.read} == {
        "835", "999", "997", "277CA", "277", "276", "270", "271",
    }  # fmt: skip


@pytest.mark.parametrize("folder", BY_FOLDER)
def test_every_sample_is_told_by_its_kind(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    kinds = set()
    for path in SAMPLES:
        if path.parent.name == folder:
            main(["read", str(path), "--json"])
            for sent in transactions({"interchanges": [], **json.loads(capsys.readouterr().out)}):
                kinds.add(sent["kind"])
                assert sent["kind"] is None or FIELD[sent["kind"]] in sent["content"]
    assert BY_FOLDER[folder] in kinds


def test_a_ta1_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    path = next(path for path in SAMPLES if path.name == "inteligenz__TechnicalAcknowledgment_Sample1.txt")
    main(["read", str(path), "--json"])
    (interchange,) = json.loads(capsys.readouterr().out)["interchanges"]
    for answer in interchange["acknowledgments"]:
        assert set(answer) == {"control", "sent_on", "sent_at", "status", "note"}
    assert interchange["acknowledgments"]


def test_an_unknown_set_is_told_as_segments(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = CONTENT.replace(b"ST*837*0001*005010X222A1", b"ST*850*0001").replace(b"005010X222A1", b"005010")
    _, document = told(content, tmp_path / "file", capsys)
    (sent,) = transactions(document)
    assert sent["kind"] is None
    assert sent["segments"][0] == ["ST", "850", "0001"]
    assert run("read", content, tmp_path / "file") == 0
    assert "     1  ST*850*0001" in capsys.readouterr().out
    assert run("check", content, tmp_path / "file") == 0
    assert "of which only the envelope was checked" in capsys.readouterr().out


def test_text_says_the_fields(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("read", CONTENT, tmp_path / "file") == 0
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert "837P 0001 (005010X222A1)" in lines
    assert "patient control number: PCN1" in lines
    assert "charge: 300" in lines


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + CONTENT,
        CONTENT.replace(b"~", b"~\r\n"),
        b"\r\n \t " + CONTENT,
        CONTENT.decode().encode("utf-16"),
    ],
    ids=["byte-order mark", "CRLF", "leading blanks", "utf-16"],
)
def test_dressings_change_nothing(content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(content, tmp_path / "file", capsys) == told(CONTENT, tmp_path / "plain", capsys)
    assert run("check", content, tmp_path / "file") == 0


def test_several_interchanges_with_separators_of_their_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = CONTENT.replace(b"*", b"|").replace(b"~", b"\n")
    code, document = told(CONTENT + b"\r\n" + other, tmp_path / "file", capsys)
    assert code == 0
    assert [one["delimiters"]["element"] for one in document["interchanges"]] == ["*", "|"]
    first, second = transactions(document)
    assert first["content"]["transactions"] == second["content"]["transactions"]


@pytest.mark.parametrize("trailer", [b"SE*", b"GE*", b"IEA*"], ids=["SE", "GE", "IEA"])
def test_a_missing_trailer_is_tolerated_and_reported(
    trailer: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = b"".join(part + b"~" for part in CONTENT.split(b"~")[:-1] if not part.startswith(trailer))
    code, document = told(content, tmp_path / "file", capsys)
    assert code == 1
    (interchange,) = document["interchanges"]
    assert trailer.decode().strip("*") in {defect["code"] for defect in interchange["defects"]}
    (sent,) = transactions(document)
    assert sent["content"]["transactions"][0]["claims"]
    assert run("check", content, tmp_path / "file") == 1


def test_a_value_that_cannot_be_read_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, document = told(CONTENT.replace(b"CLM*PCN1*300", b"CLM*PCN1*3OO"), tmp_path / "file", capsys)
    assert code == 1
    (sent,) = transactions(document)
    (defect,) = sent["defects"]
    assert (defect["element"], defect["loop"], defect["segment"]) == ("CLM02", "2300", 19)


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    class Piped:
        class buffer:  # noqa: N801 - as sys.stdin has it
            @staticmethod
            def read() -> bytes:
                return CONTENT

    monkeypatch.setattr("sys.stdin", Piped)
    assert main(["check", "-"]) == 0
    assert capsys.readouterr().out.endswith("0 findings\n")
