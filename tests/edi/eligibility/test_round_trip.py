"""What is written reads back the same, and no data ever becomes a separator."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edi.delimiters import Delimiters
from edi.eligibility.answer import Answer
from edi.eligibility.inquiry import Inquiry, Member, Question, Subscriber
from edi.parties import Name
from tests.edi.eligibility import strategies
from tests.edi.eligibility.making import (
    ENVELOPE,
    FULL,
    JANE,
    PRACTICE,
    SOLO,
    TRACE,
    answer_of,
    answers_in,
    asked_bytes,
    for_child,
    inquiries_in,
    inquiry,
    told,
    told_bytes,
)

OTHER_MARKS = replace(ENVELOPE, delimiters=Delimiters("|", ">", "}", "\n"))
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(strategies.inquiries, st.sampled_from([ENVELOPE, OTHER_MARKS]))
def test_a_written_inquiry_reads_back_the_same(made: Inquiry, envelope: object) -> None:
    (found,) = inquiries_in(asked_bytes(made, envelope=envelope))  # type: ignore[arg-type]
    assert found == made
    assert found.defects == ()


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(strategies.answers, st.sampled_from([ENVELOPE, OTHER_MARKS]))
def test_a_written_answer_reads_back_the_same(made: Answer, envelope: object) -> None:
    (found,) = answers_in(told_bytes(made, envelope=envelope))  # type: ignore[arg-type]
    assert found == made
    assert [one.words for one in found.defects if "more than the whole" not in one.words] == []


@pytest.mark.parametrize("marks", [ENVELOPE, OTHER_MARKS])
@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=12))
def test_no_separator_leaks_from_a_name_or_a_plan(marks: object, text: str) -> None:
    named = replace(JANE, name=Name("IL", f"A{text}Z", "JANE", id_qualifier="MI", id="W1"))
    asked = Subscriber(Member(named, (TRACE,), (Question(("MH", "30")),)))
    (found,) = inquiries_in(asked_bytes(inquiry(asked), envelope=marks))  # type: ignore[arg-type]
    assert found.subscribers[0].member.questions == (Question(("MH", "30")),)
    assert found.subscribers[0].member.identity.member_id == "W1"
    rows = (replace(FULL[0], plan=f"A{text}Z", messages=(f"A{text}Z",)), FULL[1])
    (answer,) = answers_in(told_bytes(answer_of(told(*rows)), envelope=marks))  # type: ignore[arg-type]
    read = answer.payers[0].receivers[0].subscribers[0].member.benefits
    assert [one.service_types for one in read] == [("30",), ("MH", "98")]
    assert read[0].dates == FULL[0].dates
    assert answer.defects == ()


@pytest.mark.parametrize("receiver", [PRACTICE, SOLO])
def test_practices_and_solo_clinicians_ask_about_clients_and_children(receiver: object) -> None:
    made = inquiry(inquiry().subscribers[0], for_child(), for_child(), receiver=receiver)
    assert inquiries_in(asked_bytes(made, made)) == [made, made]


def test_an_inquiry_is_spelled_as_the_guide_has_it() -> None:
    lines = asked_bytes(inquiry(for_child(), is_real_time=True)).decode().split("~")
    assert lines[3:-4] == [
        "BHT*0022*13*REQ1*20261123*0930*RT",
        "HL*1**20*1",
        "NM1*PR*2*EXAMPLE HEALTH PLAN*****PI*60054",
        "HL*2*1*21*1",
        "NM1*1P*2*LAKE COUNSELING LLC*****XX*1234567893",
        "PRV*BI*PXC*261QM0801X",
        "HL*3*2*22*1",
        "NM1*IL*1*SMITH*****MI*W123456789",
        "HL*4*3*23*0",
        "TRN*1*ELIG0001*1391234567",
        "NM1*03*1*SMITH*TOM",
        "DMG*D8*20120501*M",
        "INS*N*19",
        "DTP*291*D8*20261123",
        "EQ*MH",
        "EQ*98",
        "EQ*30",
    ]


def test_several_service_types_stand_in_one_question_with_the_repetition_mark() -> None:
    asked = Subscriber(Member(JANE, (TRACE,), (Question(("MH", "98", "30"), place="10"),)))
    assert b"~EQ*MH^98^30~III*ZZ*10~" in asked_bytes(inquiry(asked))
