"""Envelopes are written with right lengths, counts and control numbers, and no data leaks into the separators."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edi.characters import clean
from edi.delimiters import Delimiters
from edi.envelope import Envelope
from edi.errors import X12Error
from edi.reading import read
from edi.writing import Block, Elements, OutGroup, OutTransaction, SegmentWriter, write

MADE_AT = datetime(2026, 11, 23, 9, 30)  # noqa: DTZ001
ENVELOPE = Envelope(sender="SENDER", receiver="RECEIVER")
ANY_DELIMITERS = st.sampled_from([Delimiters(), Delimiters("|", ">", "!", "\n"), Delimiters("+", "#", "&", "'")])


def written(*body: Elements | Block, envelope: Envelope = ENVELOPE, control: int = 7) -> bytes:
    transaction = OutTransaction("999", "0001", "005010X231A1", body)
    group = OutGroup("FA", 3, "005010X231A1", [transaction])
    return write(envelope, control=control, made_at=MADE_AT, groups=[group])


def test_an_interchange_is_written_and_read_back() -> None:
    (found,) = read(written(("AK1", "HC", "1"), ("IK4", ("2", "1"), "", "7")))
    assert found.defects == []
    assert (found.control, found.groups[0].control, found.usage) == ("000000007", "3", "P")
    assert [str(segment) for segment in found.transactions[0].segments] == [
        "ST*999*0001*005010X231A1",
        "AK1*HC*1",
        "IK4*2:1**7",
        "SE*4*0001",
    ]


def test_several_groups_transactions_and_acknowledgments() -> None:
    parts = [OutTransaction("999", f"{number:04}", "005010X231A1", [("AK1", "HC")]) for number in (1, 2)]
    groups = [OutGroup("FA", number, "005010X231A1", parts) for number in (8, 9)]
    ta = ("TA1", "000000005", "261123", "0930", "A", "000")
    (found,) = read(write(ENVELOPE, control=1, made_at=MADE_AT, groups=groups, tas=[ta]))
    assert found.defects == []
    assert len(found.transactions) == 4
    assert len(found.tas) == 1


@given(st.text(max_size=15), st.text(max_size=15), ANY_DELIMITERS)
def test_isa_has_106_characters(sender: str, receiver: str, delimiters: Delimiters) -> None:
    envelope = replace(ENVELOPE, sender=sender, receiver=receiver, delimiters=delimiters)
    try:
        content = written(envelope=envelope)
    except X12Error as error:
        assert "longer than" in str(error)  # noqa: PT017 - a transliteration may be longer than the text
        return
    assert content[105:106].decode() == delimiters.segment
    assert content[106:108] == b"GS"


def test_identifiers_and_control_numbers_that_do_not_fit_are_refused() -> None:
    with pytest.raises(X12Error, match="longer than the 15"):
        written(envelope=replace(ENVELOPE, sender="A" * 16))
    for control in (0, 1_000_000_000):
        with pytest.raises(X12Error, match="nine digits"):
            written(control=control)


PARTS = st.one_of(st.text(max_size=12), st.tuples(st.text(max_size=6), st.text(max_size=6), st.text(max_size=6)))


@given(st.lists(PARTS, max_size=6), ANY_DELIMITERS)
def test_no_data_leaks_into_the_separators(parts: list[str | tuple[str, ...]], delimiters: Delimiters) -> None:
    segment = SegmentWriter(delimiters)
    text = segment("SVC", *parts, "END")
    assert text.endswith(delimiters.segment)
    found = text[:-1].split(delimiters.element)
    assert text.count(delimiters.segment) == 1
    assert len(found) == len(parts) + 2
    for part, element in zip(parts, found[1:], strict=False):
        if isinstance(part, str):
            assert element == clean(part, delimiters)
        else:
            components = [clean(component, delimiters) for component in part]
            assert element == delimiters.component.join(components).rstrip(delimiters.component)


@given(st.lists(st.lists(st.text("AB *~:é\n", max_size=4), max_size=4), min_size=1, max_size=5))
def test_a_block_is_its_segments(rows: list[list[str]]) -> None:
    segment = SegmentWriter(Delimiters())
    segments: list[Elements] = [("REF", *row) for row in rows]
    assert segment.block(segments) == "".join(segment(*parts) for parts in segments)


def test_blocks_are_counted() -> None:
    (found,) = read(written(Block("AK1*HC*1~AK9*A*1*1*1~", 2)))
    assert found.defects == []


@pytest.mark.parametrize("marks", ["**:~", "A:^~", "*: ~"])
def test_unusable_separators_are_refused(marks: str) -> None:
    with pytest.raises(X12Error):
        Delimiters(*marks)
