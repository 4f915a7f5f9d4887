"""Envelopes are read however they were sent, and what is wrong with them is said."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edi.errors import UnreadableError
from edi.interchanges import Interchange
from edi.reading import read

ISA = "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260102*0304*^*00501*000000007*0*P*:~"
GS = "GS*HC*SENDER*RECEIVER*20260102*0304*1*X*005010X222A1~"
GOOD = f"{ISA}{GS}ST*837*0001*005010X222A1~BHT*0019*00*A~SE*3*0001~GE*1*1~IEA*1*000000007~"


def read_text(text: str) -> Interchange:
    (found,) = read(text.encode())
    return found


def codes(text: str) -> list[str]:
    return [defect.code for defect in read_text(text).defects]


def test_a_good_interchange_has_no_defects() -> None:
    found = read_text(GOOD)
    assert (found.sender, found.receiver, found.control, found.usage) == ("SENDER", "RECEIVER", "000000007", "P")
    assert found.made_at is not None
    assert found.made_at.isoformat() == "2026-01-02T03:04:00"
    assert found.defects == []
    (sent,) = found.transactions
    assert (sent.set_id, sent.control, sent.version, sent.index) == ("837", "0001", "005010X222A1", 0)
    assert [segment.tag for segment in sent.segments] == ["ST", "BHT", "SE"]


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + GOOD.encode(),
        GOOD.replace("~", "~\r\n").encode(),
        GOOD.replace("~", "~\n  ").encode(),
        b"\r\n   " + GOOD.encode(),
        GOOD.replace("~", "\n").encode(),
        GOOD.replace("~", "$\n~").encode(),
        "\n".join(GOOD[place : place + 80] for place in range(0, len(GOOD), 80)).encode(),
        GOOD.encode("utf-16"),
        GOOD.encode("utf-16-le"),
        GOOD.encode() + b"\x1a",
    ],
    ids=["bom", "crlf", "indented", "blanks", "newline", "doubled", "wrapped", "utf-16", "utf-16-le", "ctrl-z"],
)
def test_dressings_change_nothing(content: bytes) -> None:
    (found,) = read(content)
    assert found.defects == []
    assert [str(segment) for segment in found.transactions[0].segments][1] == "BHT*0019*00*A"


def test_raw_bytes_are_those_of_the_file() -> None:
    text = GOOD.replace("BHT*0019*00*A", "BHT*0019*00*NÚÑEZ")
    (found,) = read(text.encode())
    assert found.transactions[0].raw == text[text.index("ST*") : text.index("GE*")].encode()
    (latin,) = read(text.encode("latin-1"))
    assert latin.transactions[0].raw == text[text.index("ST*") : text.index("GE*")].encode("latin-1")


def test_several_interchanges_each_with_separators_of_its_own() -> None:
    other = GOOD.translate(str.maketrans("*:~^", "|>!%"))
    first, second = read(f"{GOOD}\n{other}".encode())
    assert first.defects == second.defects == []
    assert tuple(second.delimiters) == ("|", ">", "%", "!")
    assert [str(segment) for segment in second.transactions[0].segments][1] == "BHT|0019|00|A"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GOOD.replace("SE*3", "SE*4"), ["SE01"]),
        (GOOD.replace("SE*3*0001", "SE*3*0002"), ["SE02"]),
        (GOOD.replace("SE*3*0001~", ""), ["SE"]),
        (GOOD.replace("GE*1*1", "GE*2*1"), ["GE01"]),
        (GOOD.replace("GE*1*1", "GE*1*2"), ["GE02"]),
        (GOOD.replace("GE*1*1~", ""), ["GE"]),
        (GOOD.replace("IEA*1", "IEA*2"), ["IEA01"]),
        (GOOD.replace("IEA*1*000000007", "IEA*1*000000008"), ["IEA02"]),
        (GOOD.replace("IEA*1*000000007~", ""), ["IEA"]),
        (GOOD[: GOOD.index("GE*")], ["GE", "IEA"]),
        (GOOD.replace("          ", " "), ["ISA"]),
        (GOOD.replace(GS, ""), ["GS", "GE02"]),
        (f"Sent by mail\n{GOOD}", ["ISA"]),
        (GOOD.replace("GE*1*1~", "ZZZ*1~GE*1*1~"), ["stray"]),
        (GOOD.replace("IEA*1*", "IEA*01*"), []),
    ],
)
def test_defects_are_recorded_and_nothing_is_lost(text: str, expected: list[str]) -> None:
    assert codes(text) == expected
    assert len(read_text(text).transactions) == 1


def test_a_defect_names_its_segment_and_transaction() -> None:
    (defect,) = read_text(GOOD.replace("SE*3", "SE*9")).defects
    assert (defect.segment, defect.tag, defect.group, defect.transaction) == (5, "SE", "1", "0001")
    assert defect.words == "SE01 says 9, but there are 3 segments in the transaction."


def test_the_same_control_numbers_twice_are_defects() -> None:
    body = GOOD[GOOD.index("ST*") : GOOD.index("GE*")]
    assert codes(GOOD.replace(body, body * 2).replace("GE*1", "GE*2")) == ["ST02"]


def test_acknowledgments_stand_before_the_groups() -> None:
    found = read_text(f"{ISA}TA1*000000005*260101*1200*A*000~IEA*0*000000007~")
    assert [str(ta) for ta in found.tas] == ["TA1*000000005*260101*1200*A*000"]
    assert found.defects == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"  \r\n", "empty"),
        (b"Dear biller, attached find your remittance.", "not X12"),
        (b"ST*835*0001~SE*2*0001~", "not X12"),
        (b"ISA*00*          *00*          *ZZ*SENDER~", "fewer than 16 elements"),
        (GOOD.replace("P*:~GS", "P*:GS").encode(), "terminator"),
    ],
)
def test_what_cannot_be_split_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(UnreadableError, match=words):
        read(content)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for text in (content, ISA.encode() + content, GOOD.encode() + content):
        with suppress(UnreadableError):
            read(text)


@given(st.data())
def test_a_damaged_file_is_read_or_refused(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(GOOD)))
    length = data.draw(st.integers(0, 30))
    damaged = GOOD[:place] + data.draw(st.text("*~:^ISAGE1", max_size=5)) + GOOD[place + length :]
    with suppress(UnreadableError):
        read(damaged.encode())
