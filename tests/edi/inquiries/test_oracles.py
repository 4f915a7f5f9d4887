"""Another reader accepts the inquiries and the answers that we write, and finds the same in them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from x12sdk.io import X12ModelReader

from edi.claims.model import ClaimTransaction
from edi.inquiries.answers import DependentAnswer, StatusAnswer
from edi.inquiries.asking import ask
from edi.inquiries.requests import ClaimAsked, DependentAsked, LineAsked, StatusRequest
from edi.parties import Reference
from tests.edi.inquiries.making import (
    DAY,
    DEPENDENT,
    LATER,
    answer_bytes,
    answered,
    answers_of,
    asked,
    claim,
    line,
    request_bytes,
    requests_of,
    said,
)
from tests.edi.making import ENVELOPE, dependent_claim, secondary_claim, transaction


def accepted(content: bytes) -> list[str]:
    """The segments as x12sdk says them again; it raises on a file that it does not accept."""
    with X12ModelReader(content.decode("ascii")) as reader:
        return [part.strip() for model in reader.models() for part in model.x12().split("~") if part.strip()]


def traces(segments: list[str]) -> list[str]:
    """Every TRN02."""
    return [one.split("*")[2] for one in segments if one.startswith("TRN*")]


SERVICE = LineAsked("90834", Decimal(150), Decimal(1), DAY, DAY, ("95",), "L1")
FULL = ClaimAsked("T1", "PCN1", Decimal("300.5"), DAY, LATER, "ICN1", "111", "LOC", "GRP", "CH1", (SERVICE,))


@pytest.mark.parametrize(
    "made",
    [
        asked(ClaimAsked("T1", "PCN1", Decimal(300), DAY)),
        asked(FULL, replace(FULL, trace="T2", lines=())),
        asked(dependents=(DependentAsked(DEPENDENT, DAY, "M", (FULL,)), DependentAsked(DEPENDENT, DAY, "", (FULL,)))),
        asked(FULL, dependents=(DependentAsked(DEPENDENT, DAY, "M", (FULL, FULL)),)),
    ],
)
def test_x12sdk_accepts_every_kind_of_inquiry(made: StatusRequest) -> None:
    assert traces(accepted(request_bytes(made))) == [one.trace for one in made.claims()]


@settings(max_examples=40, deadline=None)
@given(requests_of(1))
def test_x12sdk_accepts_inquiries_at_random(made: StatusRequest) -> None:
    assert traces(accepted(request_bytes(made))) == [one.trace for one in made.claims()]


@pytest.mark.parametrize("sent", [transaction(), transaction(dependent_claim(), secondary_claim())])
def test_x12sdk_accepts_the_question_about_a_claim_we_sent(sent: ClaimTransaction) -> None:
    named = {one.patient_control_number: f"T{number}" for number, one in enumerate(sent.claims)}
    assert traces(accepted(request_bytes(ask("Q1", ENVELOPE.submitter, sent, named)))) == list(named.values())


PAID = said("F1:65", paid="200", decided_on=DAY, remitted_on=LATER, remittance_number="EFT77")
ALL_REFERENCES = tuple(Reference(one, "X1") for one in ("1K", "BLT", "EJ", "XZ", "VV", "D9"))


@pytest.mark.parametrize(
    "made",
    [
        answered(claim(PAID)),
        answered(claim(PAID, said("F1:66", "F1:72", "F1:107:PR"), references=ALL_REFERENCES)),
        answered(claim(said("A4:35"), references=(), service_from=None, service_to=None)),
        answered(claim(said("F2:88:QC", paid="0"), lines=(line("F2:88:QC", references=()),))),
        answered(claim(said("P3:317")), claim(PAID, number="PCN9"), claim(PAID, trace="T2")),
        answered(dependents=(DependentAnswer(DEPENDENT, (claim(PAID, lines=(line("F1:65"),)),)),)),
        answered(claim(PAID), dependents=(DependentAnswer(DEPENDENT, (claim(PAID), claim(said("P1:20")))),)),
    ],
)
def test_x12sdk_accepts_every_kind_of_answer(made: StatusAnswer) -> None:
    assert traces(accepted(answer_bytes(made))) == [one.trace for one in made.claims()]


def test_x12sdk_accepts_a_refused_inquiry() -> None:
    refusal = (replace(said("E0:24:41"), amount=None),)
    for made in (answered(receiver=refusal), answered(provider=refusal)):
        assert len(traces(accepted(answer_bytes(made)))) == 1


@settings(max_examples=40, deadline=None)
@given(answers_of(1))
def test_x12sdk_accepts_answers_at_random(made: StatusAnswer) -> None:
    above = [found for one in made.payers for found in one.receivers if found.trace]
    found = traces(accepted(answer_bytes(made)))
    assert len(found) >= len(above) + len(list(made.claims()))


@pytest.mark.parametrize(
    "content",
    [
        request_bytes(asked(replace(FULL, lines=(SERVICE, SERVICE)))),
        answer_bytes(answered(claim(PAID, lines=(line("F1:65"), line("F1:65"))))),
    ],
)
def test_x12sdk_itself_loses_the_second_line_of_a_claim(content: bytes) -> None:
    """Its parser puts a second SVC inside the first one's record and then misses its segments; the guide repeats the
    loop, as its own models do. Both lines come back in our round trip."""
    with pytest.raises(ValueError, match="SE segment count"):
        accepted(content)


def test_x12sdk_still_refuses_what_is_wrong() -> None:
    content = answer_bytes(answered(claim(PAID)))
    with pytest.raises(ValueError, match="reference_identification_qualifier"):
        accepted(content.replace(b"REF*1K*", b"REF*QQ*"))
