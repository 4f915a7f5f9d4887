"""Another library reads what we write; where it is wrong itself, the reason stands here."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from x12sdk.io import X12ModelReader

from edi.eligibility.answer import Answer, MemberAnswer, PayerAnswer, ReceiverAnswer, SubscriberAnswer
from edi.eligibility.benefit import Benefit, Detail, Entity
from edi.eligibility.inquiry import Inquiry, Member, Question, Subscriber
from edi.eligibility.people import Dated, Identity
from edi.eligibility.rejection import Level, Rejection
from edi.parties import Contact, Name, Reference
from tests.edi.eligibility.making import (
    DAY,
    ECHO,
    FULL,
    HOME,
    JANE,
    OPTUM,
    PAYER,
    PRACTICE,
    SOLO,
    TODAY,
    TOM,
    TRACE,
    answer_of,
    asked_bytes,
    for_child,
    inquiry,
    row,
    told,
    told_bytes,
)

CLEAN = tuple(replace(one, details=()) for one in FULL)
KNOWN = replace(
    JANE,
    references=(Reference("6P", "G1"),),
    address=HOME,
    relationship="18",
    is_changed=True,
    dates=(Dated("346", DAY), Dated("291", DAY, DAY)),
)
DOCTOR = Entity(Name("P3", "JONES", "MARCUS", id_qualifier="XX", id="1245319599"))


def asking(*questions: Question, identity: Identity = JANE) -> Inquiry:
    """Jane with these questions."""
    return inquiry(Subscriber(Member(replace(identity, dates=TODAY), (TRACE,), questions)))


def answering(*receivers: ReceiverAnswer, **changes: object) -> Answer:
    """A payer's answer to these receivers."""
    made = PayerAnswer(PAYER, receivers=receivers)
    return replace(answer_of(), payers=(replace(made, **changes),))  # type: ignore[arg-type]


def for_dependent() -> Answer:
    """An answer about the child of a subscriber."""
    child = MemberAnswer(replace(TOM, is_changed=True), (ECHO,), (), CLEAN)
    return answering(ReceiverAnswer(PRACTICE, (), (SubscriberAnswer(told(traces=()), (child,)),)))


def read_by_x12sdk(content: bytes) -> list[str]:
    """The transactions as x12sdk writes them back; it raises on one that it does not accept."""
    with X12ModelReader(content.decode("ascii")) as reader:
        return [model.x12() for model in reader.models()]


@pytest.mark.parametrize(
    "made",
    [
        inquiry(),
        inquiry(is_real_time=True),
        inquiry(for_child()),
        inquiry(inquiry().subscribers[0], for_child(), for_child(), receiver=SOLO),
        asking(Question(("MH", "98", "30"))),
        asking(Question(("MH",), coverage_level="IND", place="11")),
        asking(Question(("A6",), reference=Reference("G1", "A1"), dates=TODAY)),
        asking(Question(("A4",)), Question(("A8",)), Question(("AI",))),
        asking(Question(("30",)), identity=replace(JANE, references=(Reference("6P", "G1"),), address=HOME)),
    ],
)
def test_x12sdk_reads_our_inquiries(made: Inquiry) -> None:
    (text,) = read_by_x12sdk(asked_bytes(made))
    assert text.count("EQ*") == sum(len(one.questions) for one in made.members())


@pytest.mark.parametrize(
    "made",
    [
        answer_of(told(*CLEAN)),
        for_dependent(),
        answer_of(told(*CLEAN, identity=KNOWN), told(CLEAN[0])),
        answer_of(told(row("6", "30"))),
        answer_of(told(CLEAN[0], row("L", "30", entities=(DOCTOR,)), row("I", "MH", network="N"))),
        answer_of(told(CLEAN[0], replace(CLEAN[1], rejections=(Rejection(Level.BENEFIT, "53", "C"),)))),
        answer_of(told(rejections=(Rejection(Level.SUBSCRIBER, "15", "C"),))),
        answer_of(
            told(), rejections=(Rejection(Level.REQUEST, "42", "R", is_valid=True), Rejection(Level.PAYER, "80", "P"))
        ),
        answering(ReceiverAnswer(PRACTICE, (Rejection(Level.RECEIVER, "51", "C"),))),
    ],
)
def test_x12sdk_reads_our_answers(made: Answer) -> None:
    (text,) = read_by_x12sdk(told_bytes(made))
    assert text.count("AAA*") == told_bytes(made).count(b"AAA*")
    assert text.count("EB*") == told_bytes(made).count(b"EB*")


def one_row(benefit: Benefit) -> bytes:
    """An answer with one benefit."""
    return told_bytes(answer_of(told(benefit)))


WRONG_ITSELF = {
    "it has the reject reasons of a provider (2100B) for a subscriber too, so that 75, not found, is none": told_bytes(
        answer_of(told(rejections=(Rejection(Level.SUBSCRIBER, "75", "C"),)))
    ),
    "it wants LS and LE within loop 2115 and never puts them there, so that no III can stand in an answer": one_row(
        row("1", "MH", details=(Detail("ZZ", "11"),), entities=(OPTUM,))
    ),
    "its places of service have neither 02 nor 10": asked_bytes(asking(Question(("MH",), place="10"))),
    "it takes the empty service type before a procedure as a service type": asked_bytes(
        asking(Question((), ("HC", "90837")))
    ),
    "the same in an answer": one_row(row("B", procedure=("HC", "90837"), amount=Decimal(20))),
    "it knows no contact of the payer (PER in 2100A), and then finds that a segment is missing": told_bytes(
        answering(
            ReceiverAnswer(PRACTICE, (), (SubscriberAnswer(told(CLEAN[0])),)),
            contacts=(Contact("IC", "HELP", (("TE", "6085550100"),)),),
        )
    ),
    "it spells point of service POS, where payers send PS": one_row(row("1", "30", insurance_type="PS")),
    "its service types lack outpatient mental health providers and telemedicine": one_row(row("1", "CF", "E37")),
    "it wants a number for whoever is named with a benefit": one_row(
        row("L", "30", entities=(Entity(Name("P3", "JONES", "MARCUS")),))
    ),
    "it wants a provider under a payer that answers nobody": told_bytes(
        answering(rejections=(Rejection(Level.PAYER, "42", "R", is_valid=True),))
    ),
}
"""What x12sdk 2.2.0 refuses although it is right; a version that accepts one of these makes its row needless."""


@pytest.mark.parametrize("reason", WRONG_ITSELF)
def test_x12sdk_refuses_what_it_does_not_know(reason: str) -> None:
    with pytest.raises(ValueError):
        read_by_x12sdk(WRONG_ITSELF[reason])


def test_x12sdk_still_refuses_what_is_wrong() -> None:
    content = asked_bytes(inquiry())
    for good, bad in ((b"HL*2*1*21*1", b"HL*2*9*21*1"), (b"TRN*1*ELIG0001*1391234567", b"TRN*1*ELIG0001")):
        with pytest.raises(ValueError):
            read_by_x12sdk(content.replace(good, bad))
