"""A 277 (005010X212) as data: what a payer answers about the claims of subscribers and their dependents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from edi.oddities import Oddity
from edi.parties import Contact, Name, Reference, reference
from edi.statuses.numbers import ClaimNumbers, LineNumbers
from edi.statuses.stc import Status


@dataclass(frozen=True, slots=True)
class LineAnswer(LineNumbers):
    """Loop 2220: a service with its statuses; `reference` (REF*FJ) is the line's number as the claim had it."""

    qualifier: str
    procedure: str
    modifiers: tuple[str, ...] = ()
    charge: Decimal | None = None
    paid: Decimal | None = None
    revenue_code: str = ""
    units: Decimal | None = None
    statuses: tuple[Status, ...] = ()
    references: tuple[Reference, ...] = ()
    service_from: date | None = None
    service_to: date | None = None


@dataclass(frozen=True, slots=True)
class ClaimAnswer(ClaimNumbers):
    """Loop 2200: a claim the payer found, or its word that it found none; `trace` (TRN*2) repeats the question's.

    `is_doubtful` says that money, an identifier or a status in it could not be read.
    """

    trace: str
    statuses: tuple[Status, ...] = ()
    references: tuple[Reference, ...] = ()
    service_from: date | None = None
    service_to: date | None = None
    lines: tuple[LineAnswer, ...] = ()
    is_doubtful: bool = field(default=False, compare=False)

    @property
    def patient_control_number(self) -> str:
        """REF*EJ: our CLM01 as the payer holds it."""
        return reference(self.references, "EJ")

    @property
    def charge(self) -> Decimal | None:
        """STC04: the claim's charge, of the first status that gives one."""
        return next((one.amount for one in self.statuses if one.amount is not None), None)

    @property
    def paid(self) -> Decimal | None:
        """STC05: what was paid, of the first status that says it."""
        return next((one.paid for one in self.statuses if one.paid is not None), None)

    @property
    def remittance_number(self) -> str:
        """STC09: the number of the check or transfer."""
        return next((one.remittance_number for one in self.statuses if one.remittance_number), "")


@dataclass(frozen=True, slots=True)
class DependentAnswer:
    """HL 23: a patient who is not the subscriber."""

    name: Name | None
    claims: tuple[ClaimAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class SubscriberAnswer:
    """HL 22: who holds the coverage."""

    name: Name | None
    claims: tuple[ClaimAnswer, ...] = ()
    dependents: tuple[DependentAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class ProviderAnswer:
    """HL 19: whose claims these are; a status here means that nothing could be said about any of them."""

    name: Name | None
    trace: str = ""
    statuses: tuple[Status, ...] = ()
    subscribers: tuple[SubscriberAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class ReceiverAnswer:
    """HL 21: who asked; `trace` (TRN*2) is the BHT03 of the request, and a status here is about all of it."""

    name: Name | None
    trace: str = ""
    statuses: tuple[Status, ...] = ()
    providers: tuple[ProviderAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class PayerAnswer:
    """HL 20: who answers (NM1*PR), and whom to call."""

    name: Name | None
    contact: Contact | None = None
    statuses: tuple[Status, ...] = ()
    receivers: tuple[ReceiverAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """A claim with the statuses of the levels above it."""

    above: tuple[Status, ...]
    claim: ClaimAnswer


@dataclass(frozen=True, slots=True)
class StatusAnswer:
    """One 277; `number` is its own BHT03. `is_doubtful`: something grave was odd above the claims."""

    number: str
    made_on: date | None = None
    payers: tuple[PayerAnswer, ...] = ()
    is_doubtful: bool = field(default=False, compare=False)
    defects: tuple[Oddity, ...] = field(default=(), compare=False)

    def answered(self) -> Iterator[Answered]:
        """Every claim in it with what is said above it."""
        for payer in self.payers:
            for receiver in payer.receivers:
                for provider in receiver.providers:
                    above = (*payer.statuses, *receiver.statuses, *provider.statuses)
                    yield from (Answered(above, claim) for claim in _claims(provider))

    def claims(self) -> Iterator[ClaimAnswer]:
        """Every claim in it."""
        return (one.claim for one in self.answered())

    def statuses_above(self) -> Iterator[Status]:
        """Every status that stands above the claims, whether or not there are any under it."""
        for payer in self.payers:
            yield from payer.statuses
            for receiver in payer.receivers:
                yield from receiver.statuses
                for provider in receiver.providers:
                    yield from provider.statuses


def _claims(provider: ProviderAnswer) -> Iterator[ClaimAnswer]:
    for subscriber in provider.subscribers:
        yield from subscriber.claims
        for dependent in subscriber.dependents:
            yield from dependent.claims
