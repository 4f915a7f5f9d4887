"""What is written reads back the same, and nothing that X12 would change or that the guide forbids is written."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings

from edi.errors import X12Error
from edi.inquiries.answers import ClaimAnswer, PayerAnswer, StatusAnswer
from edi.inquiries.requests import ClaimAsked, DependentAsked, LineAsked, StatusRequest, SubscriberAsked
from edi.parties import Name
from tests.edi.inquiries.making import (
    DAY,
    DEPENDENT,
    PAYER,
    SUBSCRIBER,
    answer_bytes,
    answered,
    answers_in,
    answers_of,
    asked,
    claim,
    line,
    request_bytes,
    requests_in,
    requests_of,
    said,
)

QUESTION = ClaimAsked("T1", "PCN1", Decimal(300), DAY)


@settings(max_examples=60, deadline=None)
@given(requests_of(2))
def test_a_written_request_reads_back_the_same(made: StatusRequest) -> None:
    found = requests_in(request_bytes(made, made))
    assert found == [made] * 2
    assert all(one.defects == () for one in found)


@settings(max_examples=60, deadline=None)
@given(answers_of(2))
def test_a_written_answer_reads_back_the_same(made: StatusAnswer) -> None:
    found = answers_in(answer_bytes(made, made))
    assert found == [made] * 2
    assert all(one.defects == () and not one.is_doubtful for one in found)


def test_the_question_is_written_as_the_guide_orders_it() -> None:
    question = replace(QUESTION, payer_control_number="ICN1", bill_type="111", clearinghouse_number="CH1")
    service = LineAsked("90834", Decimal(150), Decimal(1), DAY, modifiers=("95",), reference="L1")
    content = request_bytes(asked(replace(question, lines=(service,)))).decode()
    assert "~GS*HR*" in content
    assert content.partition("~TRN*")[2].partition("~SE*")[0].split("~") == [
        "1*T1",
        "REF*1K*ICN1",
        "REF*BLT*111",
        "REF*EJ*PCN1",
        "REF*D9*CH1",
        "AMT*T3*300",
        "DTP*472*D8*20261102",
        "SVC*HC:90834:95*150*****1",
        "REF*FJ*L1",
        "DTP*472*D8*20261102",
    ]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (replace(QUESTION, trace=""), "trace of the question .* is missing"),
        (replace(QUESTION, trace="lower"), "cannot be sent unchanged"),
        (replace(QUESTION, trace="T" * 51), "cannot be sent unchanged"),
        (replace(QUESTION, patient_control_number="A*B"), "cannot be sent unchanged"),
        (replace(QUESTION, service_from=None), "names no day of service"),
        (replace(QUESTION, lines=(LineAsked("90834", None, Decimal(1), DAY),)), "needs its amounts"),
        (replace(QUESTION, lines=(LineAsked("90834", Decimal(1), None, DAY),)), "needs its amounts and its units"),
        (replace(QUESTION, lines=(LineAsked("90834", Decimal(1), Decimal(1), None),)), "names no day of service"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(question: ClaimAsked, words: str) -> None:
    with pytest.raises(X12Error, match=words):
        request_bytes(asked(question))


@pytest.mark.parametrize(
    ("subscriber", "words"),
    [
        (SubscriberAsked(SUBSCRIBER, claims=(QUESTION,)), "needs a date of birth"),
        (SubscriberAsked(SUBSCRIBER, DAY, "U", (QUESTION,)), "F or M"),
        (SubscriberAsked(None, DAY, "F", (QUESTION,)), "subscriber needs a name"),
        (SubscriberAsked(Name("IL", "SMITH"), DAY, "F", (QUESTION,)), "needs a name and an identifier"),
        (
            SubscriberAsked(SUBSCRIBER, DAY, "F", (QUESTION,), (DependentAsked(DEPENDENT, DAY, "F", (QUESTION,)),)),
            "either",
        ),
        (SubscriberAsked(SUBSCRIBER, dependents=(DependentAsked(None, DAY, "F", (QUESTION,)),)), "dependent needs"),
        (SubscriberAsked(SUBSCRIBER), "about no claim"),
    ],
)
def test_a_patient_who_cannot_be_named_is_refused(subscriber: SubscriberAsked, words: str) -> None:
    made = asked(QUESTION)
    receiver = made.payers[0].receivers[0]
    provider = replace(receiver.providers[0], subscribers=(subscriber,))
    payers = (replace(made.payers[0], receivers=(replace(receiver, providers=(provider,)),)),)
    with pytest.raises(X12Error, match=words):
        request_bytes(replace(made, payers=payers))


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (claim(), "needs a status"),
        (claim(said("F1:65", effective_on=None)), "effective date"),
        (claim(said("F1:65", remittance_number="1" * 17)), "at most 16"),
        (claim(said("F1:65"), trace=""), "is missing"),
        (claim(said("F1:65"), lines=(line("F1:65", paid=None),)), "needs its amounts"),
        (claim(said("F1:65"), lines=(line("F1:65", service_from=None),)), "names no day of service"),
    ],
)
def test_an_answer_the_guide_forbids_is_refused(found: ClaimAnswer, words: str) -> None:
    with pytest.raises(X12Error, match=words):
        answer_bytes(answered(found))


def test_a_payer_without_receivers_is_refused() -> None:
    with pytest.raises(X12Error, match="has receivers"):
        answer_bytes(StatusAnswer("A1", None, (PayerAnswer(PAYER),)))
