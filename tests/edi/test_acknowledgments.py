"""TA1 and 999: what was taken, what was not, where the error is, in words."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edi.acknowledgments import words
from edi.acknowledgments.model import (
    Acknowledgment,
    ElementError,
    InterchangeAcknowledgment,
    SegmentError,
    SetResponse,
    Verdict,
)
from edi.acknowledgments.reading import read, read_interchange
from edi.acknowledgments.writing import write
from edi.errors import X12Error
from edi.reading import read as read_file
from tests.edi.oracles import pyx12_errors
from tests.edi.remittance_making import ENVELOPE, MADE_AT, SAMPLES, transactions

REJECTED = SetResponse(
    "837",
    "0002",
    "R",
    "005010X222A1",
    ("5",),
    (SegmentError("CLM", 22, "8", "2300", ("CLM01:PCN22",), (ElementError(2, "1", reference="782"),)),),
)
PARTIAL = Acknowledgment(
    "HC", "17456", "P", "005010X222A1", 2, 2, 1, sets=(SetResponse("837", "0001", "A", "005010X222A1"), REJECTED)
)
TA1 = InterchangeAcknowledgment("000000050", date(2026, 11, 22), time(12, 5), "A")

segment_errors = st.builds(
    SegmentError,
    st.sampled_from(["CLM", "NM1", "SV1"]),
    st.integers(1, 9999),
    st.sampled_from(sorted(words.SEGMENT_ERRORS)),
    st.sampled_from(["", "2300"]),
    st.sampled_from([(), ("CLM01:PCN1",)]),
    st.lists(
        st.builds(
            ElementError,
            st.integers(1, 20),
            st.sampled_from(sorted(words.ELEMENT_ERRORS)),
            st.integers(0, 5),
            st.integers(0, 3),
            st.sampled_from(["", "782"]),
            st.sampled_from(["", "BAD"]),
        ),
        max_size=3,
    ).map(tuple),
)
responses = st.builds(
    SetResponse,
    st.just("837"),
    st.integers(1, 9999).map("{:04}".format),
    st.sampled_from(["A", "E", "R"]),
    st.just("005010X222A1"),
    st.sampled_from([(), ("5",), ("1", "5")]),
    st.lists(segment_errors, max_size=3).map(tuple),
)


def answered(one: Acknowledgment) -> bytes:
    """The 999 as a file."""
    return write([one], ENVELOPE, control=1, group_control=1, made_at=MADE_AT)


def sample(name: str) -> Acknowledgment:
    """The acknowledgment of a sample."""
    return read(transactions(name)[0])


@settings(max_examples=60, deadline=None)
@given(st.lists(responses, max_size=4).map(tuple), st.sampled_from(["A", "E", "P", "R"]))
def test_a_written_999_reads_back_the_same(sets: tuple[SetResponse, ...], status: str) -> None:
    written = Acknowledgment("HC", "17", status, "005010X222A1", len(sets), len(sets), 0, ("5",), sets)
    ((interchange),) = read_file(answered(written))
    assert [read(one) for one in interchange.transactions] == [written]


def test_another_validator_accepts_what_is_written() -> None:
    assert pyx12_errors(answered(PARTIAL)) == []


def test_a_written_ta1_reads_back_the_same() -> None:
    content = write([PARTIAL], ENVELOPE, control=1, group_control=1, made_at=MADE_AT, interchanges=[TA1])
    (interchange,) = read_file(content)
    assert read_interchange(interchange) == [TA1]
    alone = write([], ENVELOPE, control=1, group_control=1, made_at=MADE_AT, interchanges=[TA1])
    assert read_interchange(read_file(alone)[0]) == [TA1]
    assert b"GS*" not in alone


def test_one_999_answers_several_transactions() -> None:
    found = sample("999/xlate__simple999.edi")
    assert found.verdict is Verdict.PARTIALLY_ACCEPTED
    assert [one.control for one in found.sets] == ["0001", "0002", "0003"]
    assert found.verdict_of("0001") is Verdict.ACCEPTED
    assert found.verdict_of("0003") is Verdict.REJECTED
    assert found.verdict_of("0099") is Verdict.UNKNOWN


def test_an_error_names_its_claim_and_its_place() -> None:
    (error,) = sample("999/mjkubba__edi999-demo-005010X231.edi").sets[1].errors
    assert (error.segment, error.position) == ("CLM", 22)
    assert error.patient_control_number == "123456789"
    assert error.words == "Something is wrong with elements of the segment."
    assert error.elements[0].words == "A value that must be there is missing."


def test_a_group_accepted_without_naming_its_transactions_accepts_them() -> None:
    assert Acknowledgment("HC", "17", "A").verdict_of("0001") is Verdict.ACCEPTED


def test_an_acknowledgment_that_was_cut_off_accepts_nothing() -> None:
    whole = answered(PARTIAL)
    cut = whole[: whole.index(b"IK5*A")]
    found = read(read_file(cut)[0].transactions[0])
    assert found.verdict is Verdict.UNKNOWN
    assert found.verdict_of("0001") is Verdict.UNKNOWN
    assert [one.grave for one in found.defects] == [True, True]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("azoner__835id_res997.txt", [("000003447", "accepted", "000")]),
        ("azoner__837miss_res997.txt", [("000010121", "rejected", "023")]),
        ("azoner__fail_no_IEA_res997.txt", [("000010121", "rejected", "023")]),
        ("azoner__loop_counting_res997.txt", [("000001168", "accepted", "000")]),
        ("azoner__trailer_errors_res997.txt", [("000484950", "rejected", "018")]),
        ("inteligenz__TechnicalAcknowledgment_Sample1.txt", [("0659", "accepted", "000"), ("0660", "accepted", "000")]),
        ("xlate__x12_interchange_ack.txt", [("000000050", "accepted", "000")]),
    ],
)
def test_interchanges_acknowledged_in_samples(name: str, expected: list[tuple[str, str, str]]) -> None:
    found = [one for each in read_file((SAMPLES / "ta1" / name).read_bytes()) for one in read_interchange(each)]
    assert [(one.control, one.verdict.value, one.note) for one in found] == expected


def test_an_older_997_reads_like_a_999() -> None:
    found = sample("ta1/azoner__loop_counting_res997.txt")
    assert found.verdict is Verdict.REJECTED
    assert [one.position for one in found.sets[0].errors] == [385, 392, 399, 406]


def test_codes_have_words_and_unknown_ones_are_said_to_be() -> None:
    tables = (words.NOTES, words.SEGMENT_ERRORS, words.ELEMENT_ERRORS, words.SET_ERRORS, words.GROUP_ERRORS)
    assert all(sentence.endswith(".") for table in tables for sentence in table.values())
    assert words.note("8") == words.NOTES["008"]
    assert "code ZZ" in words.set_error("ZZ")


def test_what_is_no_acknowledgment_is_refused() -> None:
    with pytest.raises(X12Error, match="a 277, not an acknowledgment"):
        sample("277ca/imsweb__x12_277CA_accepted.txt")
    no_date = InterchangeAcknowledgment("1", None, None, "A")
    with pytest.raises(X12Error, match="date and time"):
        write([], ENVELOPE, control=1, group_control=1, made_at=MADE_AT, interchanges=[no_date])
