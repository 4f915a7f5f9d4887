"""Every answer is read, rejections at every level are said in words, and each is found by our trace."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edi.eligibility.answer import Answer, PayerAnswer, ReceiverAnswer, SubscriberAnswer
from edi.eligibility.benefit import Benefit
from edi.eligibility.inquiry import Member, Question, Subscriber
from edi.eligibility.people import Trace
from edi.eligibility.reading_answers import read
from edi.eligibility.reading_inquiries import read as read_inquiry
from edi.eligibility.rejection import Level, Rejection
from edi.eligibility.responses import responses, responses_to
from edi.errors import X12Error
from edi.reading import read as read_file
from tests.edi.eligibility.making import (
    ECHO,
    FULL,
    JANE,
    PAYER,
    PRACTICE,
    SAMPLES,
    TRACE,
    answer_from,
    answer_of,
    answers_in,
    asked_bytes,
    for_child,
    inquiries_in,
    inquiry,
    told,
    told_bytes,
)

ANSWERS = sorted(path.name for path in (SAMPLES / "271").iterdir() if path.name != "README.md")
INQUIRIES = sorted(path.name for path in (SAMPLES / "270").iterdir() if path.name != "README.md")


def sample(name: str) -> list[Answer]:
    """The answers of a sample."""
    return answers_in((SAMPLES / "271" / name).read_bytes())


def rows(answer: Answer) -> tuple[Benefit, ...]:
    """Everything said about everybody."""
    return tuple(row for one in responses(answer) if one.member for row in one.member.benefits)


@pytest.mark.parametrize("name", ANSWERS)
def test_every_sample_answer_reads_whole(name: str) -> None:
    content = (SAMPLES / "271" / name).read_bytes()
    found = sample(name)
    sent = [one for interchange in read_file(content) for one in interchange.transactions]
    assert len(found) == len(sent)
    for answer, transaction in zip(found, sent, strict=True):
        tags = [segment.tag for segment in transaction.segments]
        assert len(rows(answer)) == tags.count("EB")
        assert sum(len(row.messages) for row in rows(answer)) == tags.count("MSG")
        assert sum(len(row.deliveries) for row in rows(answer)) == tags.count("HSD")
        assert sum(len(one.rejections) for one in responses(answer)) == tags.count("AAA")
        assert not answer.is_doubtful
        assert all("version" in one.words for one in answer.defects)


@pytest.mark.parametrize("name", INQUIRIES)
def test_every_sample_inquiry_reads_whole(name: str) -> None:
    (found,) = inquiries_in((SAMPLES / "270" / name).read_bytes())
    (member,) = found.members()
    assert member.trace is not None
    assert member.questions == (Question(("30",)),)
    assert found.payer is not None
    assert all("version" in one.words for one in found.defects)


def test_a_file_of_many_answers() -> None:
    found = sample("kartik-hirijaganer__gainwell_271_redacted.edi")
    numbers = {one.number for answer in found for told in responses(answer) for one in told.member.traces}  # type: ignore[union-attr]
    assert len(found) == len(numbers) == 153
    (entity,) = rows(found[0])[0].entities
    assert entity.contacts[0].ways == (("TE", "8665550001"), ("EM", "support001@example.test"))


@pytest.mark.parametrize("mark", ["^", "}", ">", "|", ":"])
def test_service_types_are_split_whatever_mark_the_payer_uses(mark: str) -> None:
    found = rows(answer_from(f"EB*1**30{mark}MH{mark}98**GOLD"))
    assert [one.service_types for one in found] == [("30", "MH", "98")]


def test_every_element_of_a_benefit_is_kept() -> None:
    (row,) = rows(answer_from("EB*F*IND*MH*PR*GOLD*23*1,250.50*.2*VS*20*Y*W*HC:90837:95*1:2", "III*ZZ*10"))
    assert row == replace(
        Benefit("F", "IND", ("MH",), "PR", "GOLD", "23", Decimal("1250.50"), Decimal("0.2"), "VS", Decimal(20)),
        authorization="Y",
        network="W",
        procedure=("HC", "90837", "95"),
        pointers=("1", "2"),
        details=row.details,
    )
    assert row.places == ("10",)
    assert row.segment == 12


def test_what_follows_an_entity_left_open_belongs_to_the_benefit() -> None:
    (row,) = rows(
        answer_from("EB*U**MH", "LS*2120", "NM1*PR*2*MIND HEALTH", "PER*IC**TE*8005550100", "DTP*291*D8*20260101")
    )
    assert [one.first for one in row.dates] == [date(2026, 1, 1)]
    assert row.entities[0].name.full == "MIND HEALTH"


@pytest.mark.parametrize(
    ("line", "words", "grave"),
    [
        ("EB*B**MH***27*TWENTY", "EB07: “TWENTY” is not an amount.", True),
        ("EB*A**MH*****20", "EB08 20 is more than the whole; a share of 20 % is written 0.2.", True),
        ("EB***MH", "EB01 is missing: what the benefit says is not known.", True),
        ("AAA*N***C", "AAA03 is missing: the reason is not known.", True),
        ("DTP*291*D8*2026", "DTP 291: “2026” is not a date: it should be eight digits, year, month, day.", False),
        ("MSG*HELLO", "MSG follows no benefit; it was left out.", False),
        ("XYZ*1", "“XYZ” is no segment of a 271; it was left out.", False),
        ("HL*4*3*99*0", "HL03 “99” is no level of a 271; it is read as a subscriber.", True),
        ("NM1*IL*1*OTHER", "A level has a second NM1; it was left out.", True),
    ],
)
def test_oddities_are_said_and_do_not_stop_the_reading(line: str, words: str, *, grave: bool) -> None:
    answer = answer_from(line)
    assert [(one.words, one.grave) for one in answer.defects] == [(words, grave)]
    assert answer.is_doubtful is grave


def test_benefits_and_questions_outside_a_member_are_left_out_gravely() -> None:
    content = told_bytes(answer_of(told(FULL[0]))).replace(b"HL*3*2*22*0~", b"EB*1**30~HL*3*2*22*0~")
    (answer,) = answers_in(content)
    assert [one.words for one in answer.defects] == ["EB stands outside any subscriber or dependent; it was left out."]
    asked = asked_bytes(inquiry()).replace(b"HL*3*2*22*0~", b"EQ*30~III*ZZ*11~HL*3*2*22*0~")
    (found,) = inquiries_in(asked)
    assert [one.grave for one in found.defects] == [True, False]


def test_missing_levels_are_made_up_and_said() -> None:
    content = told_bytes(answer_of(told(FULL[0]))).replace(b"HL*2*1*21*1~", b"")
    (answer,) = answers_in(content)
    assert len(rows(answer)) == 1
    assert answer.is_doubtful


def test_a_second_payer_in_an_inquiry_is_said() -> None:
    body = b"~HL*9**20*1~NM1*PR*2*OTHER*****PI*1~SE*"
    (found,) = inquiries_in(asked_bytes(inquiry()).replace(b"~SE*", body))
    assert [one.words for one in found.defects] == ["The inquiry names 2 payers; only the first was read."]


def sentences(content: bytes) -> list[str]:
    """What is odd about a file, or why it cannot be read."""
    try:
        return [defect.words for one in answers_in(content) for defect in one.defects]
    except X12Error as error:
        return [str(error)]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_noise_is_read_or_refused_in_words(data: st.DataObject) -> None:
    content = told_bytes(answer_of(told(*FULL)))
    lines = content.decode().split("~")
    cut = data.draw(st.integers(106, len(content)))
    mixed = "~".join([*lines[:3], *data.draw(st.permutations(lines[3:-4])), *lines[-4:]]).encode()
    for broken in (content[:cut], mixed, content.replace(b"*", b"**", cut % 40)):
        assert all(sentence.endswith(".") for sentence in sentences(broken))


@pytest.mark.parametrize(
    ("reason", "follow_up", "words", "action", "retry", "about_client"),
    [
        ("75", "C", "No such policyholder in the payer files", "Correct the inquiry and send it again", False, True),
        ("42", "R", "The payer cannot answer now", "Sending again is allowed", True, False),
        ("42", "N", "The payer cannot answer now", "Sending again is not allowed", False, False),
        ("51", "P", "The provider is not on file", "Send the same inquiry again", True, False),
        ("ZZ", "Q", "Reject reason ZZ", "", False, None),
        ("", "", "Reject reason (none)", "", False, None),
    ],
)
def test_a_rejection_says_why_and_what_to_do(
    reason: str, follow_up: str, words: str, action: str, *, retry: bool, about_client: bool | None
) -> None:
    found = Rejection(Level.SUBSCRIBER, reason, follow_up)
    assert (found.words, found.action, found.may_retry, found.is_about_client) == (words, action, retry, about_client)


def test_rejections_at_every_level_reach_the_person_under_them() -> None:
    levels = list(Level)[:5]
    request, payer, receiver, subscriber, dependent = (Rejection(level, "42", "R") for level in levels)
    child = told(identity=for_child().dependents[0].identity, rejections=(dependent,))
    people = SubscriberAnswer(told(traces=(), rejections=(subscriber,)), (child,))
    made = Answer(
        "A1", (PayerAnswer(PAYER, (), (request, payer), (ReceiverAnswer(PRACTICE, (receiver,), (people,)),)),)
    )
    (read_back,) = answers_in(told_bytes(made))
    (found,) = responses_to(read_back, TRACE)
    assert [one.level for one in found.rejections] == levels
    assert found.is_rejected


def test_an_answer_is_found_by_our_trace_among_others() -> None:
    other = told(FULL[0], traces=(Trace("2", "ELIG0002", "1391234567"), Trace("1", "ELIG0001", "9CLEARINGX")))
    answer = answer_of(other, told(*FULL))
    (found,) = responses_to(answer, TRACE)
    assert found.member is not None
    assert found.member.benefits == FULL
    assert responses_to(answer, Trace("1", "ELIG0009", "1391234567")) == ()


@pytest.mark.parametrize(
    ("given_back", "is_ours"),
    [
        (ECHO, True),
        (TRACE, True),
        (replace(ECHO, originator=""), True),
        (replace(ECHO, originator="9999999999"), False),
    ],
)
def test_a_number_is_ours_with_our_originator_or_without_any(given_back: Trace, *, is_ours: bool) -> None:
    assert bool(responses_to(answer_of(told(FULL[0], traces=(given_back,))), TRACE)) is is_ours


def test_a_rejection_of_the_practice_speaks_for_every_inquiry() -> None:
    (answer,) = sample("linuxforhealth__subscriber-health-benefit-check-error.271")
    (found,) = responses_to(answer, TRACE)
    assert found.member is None
    assert [(one.level, one.words, one.is_valid) for one in found.rejections] == [
        (Level.RECEIVER, "The provider may not make inquiries", True)
    ]


def test_other_sets_are_refused() -> None:
    (asked,) = read_file(asked_bytes(inquiry()))[0].transactions
    (answered,) = read_file(told_bytes(answer_of()))[0].transactions
    with pytest.raises(X12Error, match="a 270, not an eligibility answer"):
        read(asked)
    with pytest.raises(X12Error, match="a 271, not an eligibility inquiry"):
        read_inquiry(answered)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"payer": None}, "The payer has to be named."),
        ({"number": "A*1"}, "has characters that X12 cannot carry"),
        ({"subscribers": ()}, "asks nothing"),
        ({"subscribers": (Subscriber(Member(JANE, (TRACE,), (Question(),))),)}, "needs a service type or a procedure"),
        (
            {"subscribers": (Subscriber(Member(JANE, (replace(TRACE, originator="1"),), (Question(("30",)),))),)},
            "must have ten characters",
        ),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(change: dict[str, object], words: str) -> None:
    with pytest.raises(X12Error, match=words):
        asked_bytes(inquiry(**change))


def test_an_answer_that_says_nothing_or_too_much_is_refused() -> None:
    with pytest.raises(X12Error, match="EB01"):
        told_bytes(answer_of(told(Benefit(""))))
    with pytest.raises(X12Error, match="at most 2 decimals"):
        told_bytes(answer_of(told(Benefit("B", amount=Decimal("1.005")))))
