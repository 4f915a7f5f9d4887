"""Writes status inquiries (276, 005010X212)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from edi.dates import format_date, format_time
from edi.envelope import Envelope
from edi.errors import X12Error
from edi.inquiries.requests import (
    ClaimAsked,
    DependentAsked,
    LineAsked,
    PayerAsked,
    ProviderAsked,
    ReceiverAsked,
    StatusRequest,
    SubscriberAsked,
)
from edi.inquiries.segments import known, required, service, unchanged
from edi.inquiries.walking import SERVICE_DATE, VERSION
from edi.levels import Numbering
from edi.numbered import write_numbered
from edi.statuses import parts
from edi.statuses.parts import Levels
from edi.writing import OutTransaction

FUNCTIONAL_ID = "HR"
SEXES = frozenset({"", "F", "M"})


def write(
    requests: Iterable[StatusRequest], envelope: Envelope, *, control: int, group_control: int, made_at: datetime
) -> bytes:
    """One interchange with one transaction for each request, numbered from 0001; raises X12Error in words."""
    return write_numbered(
        requests,
        lambda one, number: transaction(one, control=number, made_at=made_at),
        envelope,
        control=control,
        group=(FUNCTIONAL_ID, group_control, VERSION),
        made_at=made_at,
    )


def transaction(request: StatusRequest, *, control: str, made_at: datetime) -> OutTransaction:
    """A 276; raises X12Error when nothing is asked."""
    if not any(request.claims()):
        raise X12Error("The request asks about no claim.")
    number = required(request.number, "The number of the request (BHT03)")
    begun = ("BHT", "0010", "13", number, format_date(request.made_on or made_at), format_time(made_at))
    return OutTransaction("276", control, VERSION, [begun, *_Levels().levels(request)])


class _Levels(Numbering):
    """The levels of a request, from the top down."""

    def levels(self, request: StatusRequest) -> Levels:
        for payer in request.payers:
            yield from self._payer(payer)

    def _payer(self, payer: PayerAsked) -> Levels:
        yield self.level(0, "20", under=True)
        number = self.last
        yield from known(payer.name, "payer")
        for receiver in payer.receivers:
            yield from self._receiver(receiver, number)

    def _receiver(self, receiver: ReceiverAsked, parent: int) -> Levels:
        yield self.level(parent, "21", under=True)
        number = self.last
        yield from known(receiver.name, "receiver")
        for provider in receiver.providers:
            yield from self._provider(provider, number)

    def _provider(self, provider: ProviderAsked, parent: int) -> Levels:
        yield self.level(parent, "19", under=True)
        number = self.last
        yield from known(provider.name, "provider")
        for subscriber in provider.subscribers:
            yield from self._subscriber(subscriber, number)

    def _subscriber(self, subscriber: SubscriberAsked, parent: int) -> Levels:
        if bool(subscriber.claims) == bool(subscriber.dependents):
            raise X12Error("A subscriber level has either claims of the subscriber or dependents.")
        yield self.level(parent, "22", under=bool(subscriber.dependents))
        number = self.last
        if subscriber.claims:
            yield from _person(subscriber.birth_date, subscriber.sex)
        yield from known(subscriber.name, "subscriber")
        for claim in subscriber.claims:
            yield from _claim(claim)
        for dependent in subscriber.dependents:
            yield from self._dependent(dependent, number)

    def _dependent(self, dependent: DependentAsked, parent: int) -> Levels:
        if dependent.name is None or not dependent.name.last or not dependent.claims:
            raise X12Error("A dependent needs a name and a claim.")
        yield self.level(parent, "23", under=None)
        yield from _person(dependent.birth_date, dependent.sex)
        yield from parts.named(dependent.name)
        for claim in dependent.claims:
            yield from _claim(claim)


def _person(birth_date: date | None, sex: str) -> Levels:
    """DMG, which the guide requires of the patient."""
    if birth_date is None or sex not in SEXES:
        raise X12Error("The patient needs a date of birth, and the sex, where it is given, is F or M.")
    yield "DMG", "D8", format_date(birth_date), sex


def _claim(claim: ClaimAsked) -> Levels:
    yield "TRN", "1", required(claim.trace, "The trace of the question (TRN02)")
    yield from _references(claim)
    if claim.charge is not None:
        yield "AMT", "T3", parts.amount(claim.charge)
    if claim.service_from is None and not claim.lines:
        raise X12Error(f"Question {claim.trace} names no day of service.")
    yield from parts.period(SERVICE_DATE, claim.service_from, claim.service_to)
    for line in claim.lines:
        yield from _line(line)


def _references(claim: ClaimAsked) -> Levels:
    """REF in the guide's order."""
    values = (
        ("1K", claim.payer_control_number),
        ("BLT", claim.bill_type),
        ("LU", claim.location),
        ("6P", claim.group_number),
        ("EJ", claim.patient_control_number),
        ("D9", claim.clearinghouse_number),
    )
    for qualifier, value in values:
        if value:
            yield "REF", qualifier, unchanged(value, f"REF*{qualifier}")


def _line(line: LineAsked) -> Levels:
    procedure = (line.qualifier, line.procedure, *line.modifiers)
    yield service(procedure, line.charge, revenue_code=line.revenue_code, units=line.units)
    if line.reference:
        yield "REF", "FJ", unchanged(line.reference, "The line's number (REF*FJ)")
    if line.service_from is None:
        raise X12Error(f"Service {line.procedure} names no day of service.")
    yield from parts.period(SERVICE_DATE, line.service_from, line.service_to)
