"""What `docs/edi.md` says of the JSON is what the commands print: no field more, none less."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from edi.__main__ import main
from edi.claims.writing import write
from edi.command.documents import tell
from edi.errors import UnreadableError
from edi.reading import read
from tests.edi.command.sampling import SAMPLES
from tests.edi.eligibility.making import asked_bytes, inquiry
from tests.edi.inquiries.making import answer_bytes, answered, asked, claim, request_bytes, said
from tests.edi.inquiries.test_oracles import FULL
from tests.edi.making import claim_file

ROOT: Final = Path(__file__).parents[3]
DOCS: Final = (ROOT / "docs" / "edi.md").read_text(encoding="utf-8")
PLAIN: Final = write(claim_file()).content
MADE: Final = [
    asked_bytes(inquiry()),
    request_bytes(asked(FULL)),
    answer_bytes(answered(claim(said("F1:65")))),
    PLAIN.replace(b"ST*837*0001*005010X222A1", b"ST*850*0001").replace(b"005010X222A1", b"005010"),
]
"""Kinds that no sample shows: what we ask, what a payer answers, and a set that nobody reads."""


def documented(row: str) -> set[str]:
    """The names in backticks of a row of the table of shapes."""
    (found,) = re.findall(rf"^\| {row} \| (.*) \|$", DOCS, re.MULTILINE)
    return set(re.findall(r"`([A-Za-z_]+)`", found))


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> list[Any]:
    """The interchanges that `read --json` prints of the samples, and of what we write."""
    found = []
    paths = list(SAMPLES)
    for number, content in enumerate(MADE):
        paths.append(tmp_path / f"{number}.x12")
        paths[-1].write_bytes(content)
    for path in paths:
        main(["read", str(path), "--json"])
        found += json.loads(capsys.readouterr().out).get("interchanges", [])
    return found


def keys(records: list[Any]) -> set[str]:
    return {key for record in records for key in record}


def test_the_shapes_of_a_file_are_those_of_the_docs(printed: list[Any]) -> None:
    groups = [group for one in printed for group in one["groups"]]
    transactions = [sent for group in groups for sent in group["transactions"]]
    defects = [defect for one in printed for defect in one["defects"]]
    assert documented("interchange") == keys(printed) | keys(defects)
    assert documented("group") == keys(groups)
    assert documented("transaction") == keys(transactions) | {"error"}  # no reader refuses what the table gives it


def test_a_finding_has_the_fields_of_the_docs(capsys: pytest.CaptureFixture[str]) -> None:
    found = []
    for path in SAMPLES:
        main(["check", str(path), "--json"])
        found += json.loads(capsys.readouterr().out).get("findings", [])
    assert {frozenset(one) for one in found} == {frozenset(documented("finding"))}


def models() -> Iterator[str]:
    """The names of the models that transactions are told as."""
    for content in (*(path.read_bytes() for path in SAMPLES), *MADE):
        try:
            interchanges = read(content)
        except UnreadableError:
            continue
        for interchange in interchanges:
            yield from (
                type(held.value).__name__ for held in tell(interchange).contents.values() if held.told == "content"
            )


def test_the_models_are_those_of_the_docs() -> None:
    assert set(models()) == documented("`content`") - {"defects"}


def test_every_command_and_exit_code_is_told() -> None:
    for command in ("read FILE [--json]", "check FILE [--json]", "write FILE.json", "show FILE"):
        assert f"python -m edi {command}" in DOCS
    for words in ("Exit code 0: nothing wrong", "1: findings", "2: the file cannot be read"):
        assert words in DOCS.replace("\n", " ")
