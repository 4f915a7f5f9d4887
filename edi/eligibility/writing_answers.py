"""Writes eligibility answers (271), for the sandbox payer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from edi.amounts import format_amount
from edi.dates import format_date, format_time
from edi.delimiters import Delimiters
from edi.eligibility.answer import Answer, MemberAnswer, PayerAnswer, ReceiverAnswer, SubscriberAnswer
from edi.eligibility.benefit import Benefit, Delivery, Entity
from edi.eligibility.rejection import Level
from edi.eligibility.spelling import (
    Lines,
    dated,
    identifier,
    identity_closing,
    identity_opening,
    located,
    named,
    played,
    receiver_opening,
    referred,
    rejected,
    repeating,
    traced,
)
from edi.envelope import Envelope
from edi.errors import X12Error
from edi.levels import Numbering
from edi.numbered import write_numbered
from edi.parties import Contact
from edi.writing import OutTransaction

FUNCTIONAL_ID = "HB"
VERSION = "005010X279A1"
SHARE_DECIMALS = 4
WAYS = 3
ENTITIES = "2120"


def write(
    answers: Iterable[Answer], envelope: Envelope, *, control: int, group_control: int, made_at: datetime
) -> bytes:
    """One interchange with one transaction for each answer, numbered from 0001; raises X12Error in words."""
    return write_numbered(
        answers,
        lambda one, number: transaction(one, control=number, made_at=made_at, marks=envelope.delimiters),
        envelope,
        control=control,
        group=(FUNCTIONAL_ID, group_control, VERSION),
        made_at=made_at,
    )


def transaction(answer: Answer, *, control: str, made_at: datetime, marks: Delimiters) -> OutTransaction:
    """A 271."""
    return OutTransaction("271", control, VERSION, list(_body(answer, answer.made_at or made_at, marks)))


def _body(answer: Answer, made_at: datetime, marks: Delimiters) -> Lines:
    number = identifier(answer.number, "The number of the answer")
    yield "BHT", "0022", answer.purpose, number, format_date(made_at), format_time(made_at)
    levels = Numbering()
    for payer in answer.payers:
        yield from _payer(payer, levels, marks)


def _payer(payer: PayerAnswer, levels: Numbering, marks: Delimiters) -> Lines:
    yield levels.level(0, "20", under=bool(payer.receivers))
    parent = levels.last
    yield from rejected(one for one in payer.rejections if one.level is Level.REQUEST)
    yield from named(payer.name, "The payer")
    yield from _contacts(payer.contacts)
    yield from rejected(one for one in payer.rejections if one.level is not Level.REQUEST)
    for receiver in payer.receivers:
        yield from _receiver(receiver, parent, levels, marks)


def _receiver(told: ReceiverAnswer, above: int, levels: Numbering, marks: Delimiters) -> Lines:
    yield levels.level(above, "21", under=bool(told.subscribers))
    parent = levels.last
    yield from receiver_opening(told.receiver)
    yield from rejected(told.rejections)
    yield from played(told.receiver.provider)
    for subscriber in told.subscribers:
        yield from _subscriber(subscriber, parent, levels, marks)


def _subscriber(subscriber: SubscriberAnswer, above: int, levels: Numbering, marks: Delimiters) -> Lines:
    yield levels.level(above, "22", under=bool(subscriber.dependents))
    parent = levels.last
    yield from _member(subscriber.member, marks)
    for dependent in subscriber.dependents:
        yield levels.level(parent, "23", under=False)
        yield from _member(dependent, marks)


def _member(member: MemberAnswer, marks: Delimiters) -> Lines:
    yield from traced(member.traces)
    yield from identity_opening(member.identity)
    yield from rejected(member.rejections)
    yield from identity_closing(member.identity)
    for benefit in member.benefits:
        yield from _benefit(benefit, marks)


def _benefit(told: Benefit, marks: Delimiters) -> Lines:
    if not told.information:
        raise X12Error("A benefit has to say what it is about (EB01).")
    head = ("EB", told.information, told.coverage_level, list(told.service_types), told.insurance_type, told.plan)
    money = (told.period, _figure(told.amount), _figure(told.share, SHARE_DECIMALS))
    rest = (told.quantity_qualifier, _figure(told.quantity), told.authorization, told.network)
    yield repeating(marks, *head, *money, *rest, told.procedure, told.pointers)
    for delivery in told.deliveries:
        yield _delivery(delivery)
    yield from referred(told.references)
    yield from dated(told.dates)
    yield from rejected(told.rejections)
    for message in told.messages:
        yield "MSG", message
    for detail in told.details:
        yield "III", detail.code_list, detail.code, detail.category, detail.text
    yield from _entities(told.entities)


def _entities(entities: tuple[Entity, ...]) -> Lines:
    if not entities:
        return
    yield "LS", ENTITIES
    for entity in entities:
        yield from named(entity.name, "The entity")
        yield from located(entity.address)
        yield from _contacts(entity.contacts)
        yield from played(entity.provider)
    yield "LE", ENTITIES


def _delivery(one: Delivery) -> tuple[str, ...]:
    amount = (one.qualifier, _figure(one.quantity), one.unit, _figure(one.frequency))
    return "HSD", *amount, one.period, _figure(one.periods), one.pattern, one.pattern_time


def _contacts(contacts: Iterable[Contact]) -> Lines:
    for one in contacts:
        if len(one.ways) > WAYS:
            raise X12Error(f"{one.name or 'A contact'} has more than three ways to be reached.")
        yield "PER", one.role, one.name, *(part for way in one.ways for part in way)


def _figure(value: Decimal | None, decimals: int = 2) -> str:
    return "" if value is None else format_amount(value, decimals)
