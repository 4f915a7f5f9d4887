"""Which interchanges are let in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from edi.interchanges import Interchange
from edi.reading import read
from sandbox.gate import ACCEPTED, refusal
from sandbox.scenario import Receiver
from tests.sandbox.making import sent


def opened(content: bytes) -> Interchange:
    """The one interchange of a file."""
    (interchange,) = read(content)
    return interchange


def test_a_file_for_the_sandbox_is_let_in() -> None:
    assert refusal(opened(sent()), Receiver()) == ACCEPTED


@pytest.mark.parametrize(
    ("facts", "note"),
    [
        ({"receiver": "330897513"}, "008"),
        ({"receiver_qualifier": "30"}, "007"),
        ({"sender": ""}, "006"),
        ({"made_at": None}, "014"),
        ({"version": "00401"}, "017"),
        ({"control": "00000000A"}, "018"),
        ({"control": "000000000"}, "018"),
        ({"usage": "P"}, "020"),
        ({"groups": []}, "024"),
    ],
)
def test_each_fault_has_its_note(facts: dict[str, Any], note: str) -> None:
    assert refusal(replace(opened(sent()), **facts), Receiver()) == note


@pytest.mark.parametrize(
    ("old", "new", "note"),
    [
        (b"IEA*1*000000001~", b"", "023"),
        (b"IEA*1*000000001~", b"IEA*2*000000001~", "021"),
        (b"IEA*1*000000001~", b"IEA*1*000000009~", "001"),
    ],
)
def test_a_trailer_that_does_not_fit_is_told(old: bytes, new: bytes, note: str) -> None:
    assert refusal(opened(sent().replace(old, new)), Receiver()) == note


def test_production_files_are_let_in_where_the_scenario_says_so() -> None:
    assert refusal(opened(sent(usage="P")), Receiver(usage=("P", "T"))) == ACCEPTED
