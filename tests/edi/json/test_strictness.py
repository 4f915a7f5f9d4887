"""JSON of another shape is refused in a sentence that says where."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest

from edi.claims.model import ClaimFile
from edi.json import ShapeError, parse, read, write
from tests.edi.making import claim_file

GOOD: Any = write(claim_file())
CLAIM = ("transactions", 0, "claims", 0)
AT = "transactions[0].claims[0]"


def changed(*path: str | int, to: object) -> Any:
    """A good file with one value replaced."""
    value = deepcopy(GOOD)
    inner = value
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = to
    return value


LINE = f"{AT}.lines[0]"

CASES = [
    ((*CLAIM, "charge"), 300, f"{AT}.charge should be an amount in quotes, such as “150.00”, not a number."),
    ((*CLAIM, "charge"), "1e5", f"{AT}.charge should be an amount in quotes, such as “150.00”, not “1e5”."),
    ((*CLAIM, "charge"), "NaN", f"{AT}.charge should be an amount in quotes, such as “150.00”, not “NaN”."),
    ((*CLAIM, "charge"), None, f"{AT}.charge should be an amount in quotes, such as “150.00”, not null."),
    ((*CLAIM, "note"), ["a"], f"{AT}.note should be text, not a list."),
    ((*CLAIM, "lines"), "x", f"{AT}.lines should be a list, not “x”."),
    ((*CLAIM, "lines", 0), 1, f"{LINE} should be an object (Line), not a number."),
    ((*CLAIM, "lines", 0, "pointers", 0), True, f"{LINE}.pointers[0] should be a whole number, not true or false."),
    ((*CLAIM, "lines", 0, "pointers", 0), 1.5, f"{LINE}.pointers[0] should be a whole number, not a number."),
    ((*CLAIM, "lines", 0, "service_date"), "20261102", f"{LINE}.service_date should be a date such as “2026-11-02”"),
    ((*CLAIM, "lines", 0, "service_date"), "2026-02-30", "service_date should be a date such as"),
    ((*CLAIM, "subscriber", "name"), {"first": "JANE"}, f"{AT}.subscriber.name should have the fields of Person (last"),
    ((*CLAIM, "subscriber", "name"), None, f"{AT}.subscriber.name should be an object, not null."),
    ((*CLAIM, "subscriber", "nmae"), "x", f"{AT}.subscriber has the key “nmae”, which Subscriber does not know."),
    (("made_at",), "2026-11-02T09:30:00+01:00", "made_at should be a date and time such as"),
    (("envelope", "usage"), "X", "envelope.usage should be one of P, T, not “X”."),
    (("envelope", "acknowledgment_wanted"), 1, "envelope.acknowledgment_wanted should be true or false, not a number."),
    (("envelope", "delimiters", "element"), ":", "envelope.delimiters: The four separators must"),
    (("surprise",), 1, "The file has the key “surprise”, which ClaimFile does not know."),
]  # fmt: skip


@pytest.mark.parametrize(("path", "to", "words"), CASES, ids=[str(number) for number in range(len(CASES))])
def test_a_wrong_value_is_refused_with_its_path(path: tuple[str | int, ...], to: object, words: str) -> None:
    with pytest.raises(ShapeError) as caught:
        read(ClaimFile, changed(*path, to=to))
    assert words in str(caught.value)


def test_a_missing_field_is_named() -> None:
    value = deepcopy(GOOD)
    del value["transactions"][0]["claims"][0]["diagnoses"]
    with pytest.raises(ShapeError, match=r"^transactions\[0\].claims\[0\] has no “diagnoses”, which Claim must have.$"):
        read(ClaimFile, value)


def test_a_field_with_a_default_may_be_absent() -> None:
    value = deepcopy(GOOD)
    del value["transactions"][0]["claims"][0]["frequency"]
    assert read(ClaimFile, value) == claim_file()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "The file is not JSON: line 1, column 2, expecting"),
        ('{"a": 1, "a": 2}', "The key “a” stands twice"),
        ('{"a": NaN}', "NaN is no value of JSON."),
        ("[" * 100_000, "nested too deeply"),
        ("9" * 10_000, "too many digits"),
        ("", "line 1, column 1"),
    ],
    ids=["cut off", "twice", "not a number", "deep", "digits", "empty"],
)
def test_what_is_no_json_is_said(text: str, words: str) -> None:
    with pytest.raises(ShapeError, match=words):
        parse(text)


def test_a_file_is_read_from_its_text() -> None:
    assert read(ClaimFile, parse(json.dumps(GOOD))) == claim_file()
