"""Writes answers to status inquiries (277, 005010X212), for the sandbox payer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from edi.dates import format_date, format_time
from edi.envelope import Envelope
from edi.errors import X12Error
from edi.inquiries.answers import (
    ClaimAnswer,
    DependentAnswer,
    LineAnswer,
    PayerAnswer,
    ProviderAnswer,
    ReceiverAnswer,
    StatusAnswer,
    SubscriberAnswer,
)
from edi.inquiries.segments import known, required, service
from edi.inquiries.walking import SERVICE_DATE, VERSION
from edi.levels import Numbering
from edi.numbered import write_numbered
from edi.parties import Contact
from edi.statuses import parts
from edi.statuses.parts import Levels
from edi.statuses.stc import Status
from edi.writing import OutTransaction

FUNCTIONAL_ID = "HN"
LONGEST_CHECK = 16


def write(
    answers: Iterable[StatusAnswer], envelope: Envelope, *, control: int, group_control: int, made_at: datetime
) -> bytes:
    """One interchange with one transaction for each answer, numbered from 0001; raises X12Error in words."""
    return write_numbered(
        answers,
        lambda one, number: transaction(one, control=number, made_at=made_at),
        envelope,
        control=control,
        group=(FUNCTIONAL_ID, group_control, VERSION),
        made_at=made_at,
    )


def transaction(answer: StatusAnswer, *, control: str, made_at: datetime) -> OutTransaction:
    """A 277."""
    number = required(answer.number, "The number of the answer (BHT03)")
    begun = ("BHT", "0010", "08", number, format_date(answer.made_on or made_at), format_time(made_at), "DG")
    return OutTransaction("277", control, VERSION, [begun, *_Levels().levels(answer)])


class _Levels(Numbering):
    """The levels of an answer, from the top down."""

    def levels(self, answer: StatusAnswer) -> Levels:
        for payer in answer.payers:
            yield from self._payer(payer)

    def _payer(self, payer: PayerAnswer) -> Levels:
        if payer.statuses or not payer.receivers:
            raise X12Error("A payer level has receivers and no status of its own.")
        yield self.level(0, "20", under=True)
        number = self.last
        yield from known(payer.name, "payer")
        yield from _contact(payer.contact)
        for receiver in payer.receivers:
            yield from self._receiver(receiver, number)

    def _receiver(self, receiver: ReceiverAnswer, parent: int) -> Levels:
        yield self.level(parent, "21", under=bool(receiver.providers))
        number = self.last
        yield from known(receiver.name, "receiver")
        yield from _refused("2", receiver.trace, receiver.statuses)
        for provider in receiver.providers:
            yield from self._provider(provider, number)

    def _provider(self, provider: ProviderAnswer, parent: int) -> Levels:
        yield self.level(parent, "19", under=bool(provider.subscribers))
        number = self.last
        yield from known(provider.name, "provider")
        yield from _refused("1", provider.trace, provider.statuses)
        for subscriber in provider.subscribers:
            yield from self._subscriber(subscriber, number)

    def _subscriber(self, subscriber: SubscriberAnswer, parent: int) -> Levels:
        if bool(subscriber.claims) == bool(subscriber.dependents):
            raise X12Error("A subscriber level has either claims of the subscriber or dependents.")
        yield self.level(parent, "22", under=bool(subscriber.dependents))
        number = self.last
        yield from known(subscriber.name, "subscriber")
        for claim in subscriber.claims:
            yield from _claim(claim)
        for dependent in subscriber.dependents:
            yield from self._dependent(dependent, number)

    def _dependent(self, dependent: DependentAnswer, parent: int) -> Levels:
        if dependent.name is None or not dependent.claims:
            raise X12Error("A dependent needs a name and a claim.")
        yield self.level(parent, "23", under=None)
        yield from parts.named(dependent.name)
        for claim in dependent.claims:
            yield from _claim(claim)


def _contact(contact: Contact | None) -> Levels:
    if contact is not None:
        yield "PER", contact.role, contact.name, *(part for way in contact.ways for part in way)


def _refused(kind: str, trace: str, found: tuple[Status, ...]) -> Levels:
    """TRN and STC of a level that cannot be answered for; neither stands without the other."""
    if bool(trace) != bool(found):
        raise X12Error("A trace above the claims needs a status, and a status there a trace.")
    if found:
        yield "TRN", kind, required(trace, "The trace (TRN02)")
        yield from _statuses(found)


def _statuses(found: tuple[Status, ...]) -> Levels:
    """STC, which the guide requires with its effective date."""
    if not found or any(one.effective_on is None for one in found):
        raise X12Error("Every answer needs a status with its effective date.")
    if any(len(one.remittance_number) > LONGEST_CHECK for one in found):
        raise X12Error(f"A check number has at most {LONGEST_CHECK} characters.")
    yield from parts.statuses(found)


def _claim(claim: ClaimAnswer) -> Levels:
    yield "TRN", "2", required(claim.trace, "The trace of the question (TRN02)")
    yield from _statuses(claim.statuses)
    yield from parts.references(claim.references)
    yield from parts.period(SERVICE_DATE, claim.service_from, claim.service_to)
    for line in claim.lines:
        yield from _line(line)


def _line(line: LineAnswer) -> Levels:
    procedure = (line.qualifier, line.procedure, *line.modifiers)
    yield service(procedure, line.charge, line.paid, revenue_code=line.revenue_code, units=line.units)
    yield from _statuses(line.statuses)
    yield from parts.references(line.references)
    if line.service_from is None:
        raise X12Error(f"Service {line.procedure} names no day of service.")
    yield from parts.period(SERVICE_DATE, line.service_from, line.service_to)
