"""Writes eligibility inquiries (270)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from edi.dates import format_date, format_time
from edi.delimiters import Delimiters
from edi.eligibility.inquiry import Inquiry, Member, Question, Subscriber
from edi.eligibility.spelling import (
    Lines,
    dated,
    identifier,
    identity_closing,
    identity_opening,
    named,
    played,
    receiver_opening,
    repeating,
    traced,
)
from edi.envelope import Envelope
from edi.errors import X12Error
from edi.levels import Numbering
from edi.numbered import write_numbered
from edi.writing import OutTransaction

FUNCTIONAL_ID = "HS"
VERSION = "005010X279A1"
REAL_TIME = "RT"


def write(
    inquiries: Iterable[Inquiry], envelope: Envelope, *, control: int, group_control: int, made_at: datetime
) -> bytes:
    """One interchange with one transaction for each inquiry, numbered from 0001; raises X12Error in words."""
    return write_numbered(
        inquiries,
        lambda one, number: transaction(one, control=number, made_at=made_at, marks=envelope.delimiters),
        envelope,
        control=control,
        group=(FUNCTIONAL_ID, group_control, VERSION),
        made_at=made_at,
    )


def transaction(inquiry: Inquiry, *, control: str, made_at: datetime, marks: Delimiters) -> OutTransaction:
    """A 270; raises X12Error when it asks nothing, or a question or trace cannot be sent."""
    if not any(member.questions for member in inquiry.members()):
        raise X12Error("The inquiry asks nothing: nobody in it has a question.")
    return OutTransaction("270", control, VERSION, list(_body(inquiry, inquiry.made_at or made_at, marks)))


def _body(inquiry: Inquiry, made_at: datetime, marks: Delimiters) -> Lines:
    number = identifier(inquiry.number, "The number of the inquiry")
    kind = REAL_TIME if inquiry.is_real_time else ""
    yield "BHT", "0022", inquiry.purpose, number, format_date(made_at), format_time(made_at), kind
    levels = Numbering()
    yield levels.level(0, "20", under=True)
    yield from named(inquiry.payer, "The payer")
    yield levels.level(1, "21", under=True)
    yield from receiver_opening(inquiry.receiver)
    yield from played(inquiry.receiver.provider)
    for subscriber in inquiry.subscribers:
        yield from _subscriber(subscriber, levels, marks)


def _subscriber(subscriber: Subscriber, levels: Numbering, marks: Delimiters) -> Lines:
    yield levels.level(2, "22", under=bool(subscriber.dependents))
    parent = levels.last
    yield from _member(subscriber.member, marks)
    for dependent in subscriber.dependents:
        yield levels.level(parent, "23", under=False)
        yield from _member(dependent, marks)


def _member(member: Member, marks: Delimiters) -> Lines:
    yield from traced(member.traces)
    yield from identity_opening(member.identity)
    yield from identity_closing(member.identity)
    for question in member.questions:
        yield from _question(question, marks)


def _question(question: Question, marks: Delimiters) -> Lines:
    if not question.service_types and not question.procedure:
        raise X12Error("A question needs a service type or a procedure (EQ01, EQ02).")
    yield repeating(marks, "EQ", list(question.service_types), question.procedure, question.coverage_level)
    if question.place:
        yield "III", "ZZ", question.place
    if question.reference:
        yield "REF", question.reference.qualifier, question.reference.value
    yield from dated(question.dates)
