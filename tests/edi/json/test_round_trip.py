"""What is written as JSON is read back as it was, for every model and with text alone between the two."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from itertools import combinations
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

import pytest
from hypothesis import HealthCheck, given, settings

from edi.acknowledgments.model import Acknowledgment, InterchangeAcknowledgment
from edi.claims.model import ClaimFile
from edi.claims.problems import Problem
from edi.command.documents import tell
from edi.eligibility.answer import Answer
from edi.eligibility.inquiry import Inquiry
from edi.errors import UnreadableError
from edi.inquiries.answers import StatusAnswer
from edi.inquiries.requests import StatusRequest
from edi.json import parse, read, write
from edi.json.reading import hints, required
from edi.reading import read as read_interchanges
from edi.remittances.model import Remittance
from edi.statuses.model import StatusReport
from tests.edi.claims.strategies import FILES
from tests.edi.command.sampling import NAMES, SAMPLES

MODELS = (
    Acknowledgment,
    Answer,
    ClaimFile,
    Inquiry,
    InterchangeAcknowledgment,
    Problem,
    Remittance,
    StatusAnswer,
    StatusReport,
    StatusRequest,
)


Record = TypeVar("Record")


class Color(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Everything:
    text: str
    number: int
    flag: bool
    amount: Decimal
    day: date
    moment: datetime
    clock: time
    color: Color
    ways: tuple[tuple[str, int], ...]
    perhaps: Decimal | None = None


EVERYTHING = Everything(
    'a"\\\n\u2028',
    -1,
    True,
    Decimal("-0.10"),
    date(1, 2, 3),
    datetime(2026, 11, 2, 9, 30),  # noqa: DTZ001 - an envelope has local time without a zone
    time(23, 59, 1),
    Color.RED,
    (("TE", 1), ("EM", 2)),
)


def again(record: Record) -> Record:
    """A record through JSON text."""
    return read(type(record), parse(json.dumps(write(record))))


def test_every_plain_type_comes_back() -> None:
    assert again(EVERYTHING) == EVERYTHING
    assert str(again(EVERYTHING).amount) == "-0.10"


def test_an_amount_is_text_without_an_exponent() -> None:
    assert write(Decimal("1E+3")) == "1000"


def test_what_no_model_holds_has_no_shape() -> None:
    with pytest.raises(TypeError, match="float"):
        write(0.5)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(FILES)
def test_claims_come_back(file: ClaimFile) -> None:
    assert again(file) == file


@pytest.mark.parametrize("path", SAMPLES, ids=NAMES)
def test_what_a_sample_holds_comes_back_with_all_its_fields(path: Path) -> None:
    with suppress(UnreadableError):
        for interchange in read_interchanges(path.read_bytes()):
            for held in tell(interchange).contents.values():
                if held.told == "content":
                    back = again(held.value)
                    assert back == held.value
                    assert write(back) == write(held.value)


def _records(kind: Any, found: dict[type, None]) -> None:
    """Every record a type can hold."""
    if get_origin(kind) is not None:
        for part in get_args(kind):
            _records(part, found)
    elif hasattr(kind, "__dataclass_fields__") and kind not in found:
        found[kind] = None
        for part in hints(kind).values():
            _records(part, found)


def test_records_that_may_stand_in_one_place_have_fields_of_their_own() -> None:
    found: dict[type, None] = {}
    for model in MODELS:
        _records(model, found)
    for hint in (hint for kind in found for hint in hints(kind).values()):
        if get_origin(hint) in {Union, UnionType}:
            records = [part for part in get_args(hint) if hasattr(part, "__dataclass_fields__")]
            for one, other in combinations(records, 2):
                assert not required(one) <= hints(other).keys() or not required(other) <= hints(one).keys()
