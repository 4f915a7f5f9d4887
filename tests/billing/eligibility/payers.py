"""A payer in this process: it reads the 270 it is asked and answers with what a test gives it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import TracebackType
from typing import Self

from billing.clearinghouses.protocol import Capability
from edi.eligibility import reading_inquiries, writing_answers
from edi.eligibility.answer import Answer, MemberAnswer, PayerAnswer, ReceiverAnswer, SubscriberAnswer
from edi.eligibility.benefit import Benefit, Entity
from edi.eligibility.inquiry import Inquiry, Member
from edi.eligibility.people import ECHOED_TRACE, Trace
from edi.eligibility.rejection import Level, Rejection
from edi.envelope import Envelope
from edi.parties import Name
from edi.reading import read

MADE_AT = dt.datetime(2026, 11, 17, 10, 22)  # noqa: DTZ001 - an envelope has local time without a zone
ACTIVE = Benefit("1", service_types=("30",), plan="PPO SELECT")
INACTIVE = Benefit("6", service_types=("30",))
COPAY = Benefit("B", service_types=("MH",), period="27", amount=Decimal("25.00"), network="Y")
SHARE = Benefit("A", service_types=("MH",), share=Decimal("0.2"), network="Y")
DEDUCTIBLE = Benefit("C", "IND", ("30",), period="23", amount=Decimal("1500.00"), network="Y")
LEFT = Benefit("C", "IND", ("30",), period="29", amount=Decimal("310.00"), network="Y")
FULL = (ACTIVE, COPAY, DEDUCTIBLE, LEFT)
CARVE_OUT = Benefit(
    "U",
    service_types=("MH",),
    entities=(Entity(Name("PR", "CARELON", id_qualifier="PI", id="CARE1", is_person=False)),),
)


def asked(content: bytes) -> Inquiry:
    """The question in a file."""
    (interchange,) = read(content)
    return reading_inquiries.read(interchange.transactions[0])


def answer_to(content: bytes, *benefits: Benefit, reject: str = "", level: Level = Level.SUBSCRIBER) -> bytes:
    """A 271 that gives the trace back, with benefits or one rejection."""
    inquiry = asked(content)
    subscriber = inquiry.subscribers[0]
    who = subscriber.dependents[0] if subscriber.dependents else subscriber.member
    rejections = (Rejection(level, reject, "C"),) if reject else ()
    told = MemberAnswer(
        replace(who.identity, dates=()), _echoed(who), rejections if level is Level.SUBSCRIBER else (), benefits
    )
    own = told if not subscriber.dependents else MemberAnswer(subscriber.member.identity)
    members = SubscriberAnswer(own, (told,) if subscriber.dependents else ())
    receiver = ReceiverAnswer(inquiry.receiver, (), (members,) if level is Level.SUBSCRIBER else ())
    payer = PayerAnswer(
        inquiry.payer, (), rejections if level is Level.PAYER else (), (receiver,) if level is Level.SUBSCRIBER else ()
    )
    made = Answer(inquiry.number, (payer,))
    return writing_answers.write([made], Envelope(usage="T"), control=7, group_control=7, made_at=MADE_AT)


def _echoed(who: Member) -> tuple[Trace, ...]:
    return tuple(replace(one, kind=ECHOED_TRACE) for one in who.traces)


Answering = Callable[[bytes], bytes]


@dataclass
class Line:
    """An open line on which each question gets the next answer; an exception is raised instead."""

    answers: list[Answering | Exception] = field(default_factory=list)
    questions: list[bytes] = field(default_factory=list)
    capabilities: frozenset[Capability] = frozenset({Capability.ELIGIBILITY})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None: ...

    def eligibility(self, inquiry: bytes, *, timeout: float) -> bytes:
        self.questions.append(inquiry)
        return self._next(inquiry)

    def claim_status(self, inquiry: bytes, *, timeout: float) -> bytes:
        self.questions.append(inquiry)
        return self._next(inquiry)

    def _next(self, inquiry: bytes) -> bytes:
        given = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(given, Exception):
            raise given
        return given(inquiry)

    def says(self, *benefits: Benefit, reject: str = "", level: Level = Level.SUBSCRIBER) -> None:
        """From now on this answer."""
        self.answers = [lambda content: answer_to(content, *benefits, reject=reject, level=level)]
