"""A 276 as data: a payer asked by a receiver for providers about the claims of subscribers and their dependents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from edi.oddities import Oddity
from edi.parties import Name


@dataclass(frozen=True, slots=True)
class LineAsked:
    """Loop 2210: one service asked about; `reference` (REF*FJ) is the line's number as the claim had it (REF*6R)."""

    procedure: str
    charge: Decimal | None
    units: Decimal | None
    service_from: date | None
    service_to: date | None = None
    modifiers: tuple[str, ...] = ()
    reference: str = ""
    revenue_code: str = ""
    qualifier: str = "HC"


@dataclass(frozen=True, slots=True)
class ClaimAsked:
    """Loop 2200: one claim asked about; the answer repeats `trace` (TRN02).

    REF gives `payer_control_number` (1K), `bill_type` (BLT, institutional claims only), `location` (LU), `group_number`
    (6P), `patient_control_number` (EJ, our CLM01) and `clearinghouse_number` (D9); AMT*T3 is the claim's `charge`.
    """

    trace: str
    patient_control_number: str = ""
    charge: Decimal | None = None
    service_from: date | None = None
    service_to: date | None = None
    payer_control_number: str = ""
    bill_type: str = ""
    location: str = ""
    group_number: str = ""
    clearinghouse_number: str = ""
    lines: tuple[LineAsked, ...] = ()


@dataclass(frozen=True, slots=True)
class DependentAsked:
    """HL 23: a patient who is not the subscriber (NM1*QC)."""

    name: Name | None
    birth_date: date | None = None
    sex: str = ""
    claims: tuple[ClaimAsked, ...] = ()


@dataclass(frozen=True, slots=True)
class SubscriberAsked:
    """HL 22: who holds the coverage (NM1*IL), with claims of their own or of dependents, never both in one level."""

    name: Name | None
    birth_date: date | None = None
    sex: str = ""
    claims: tuple[ClaimAsked, ...] = ()
    dependents: tuple[DependentAsked, ...] = ()


@dataclass(frozen=True, slots=True)
class ProviderAsked:
    """HL 19: whose claims these are (NM1*1P)."""

    name: Name | None
    subscribers: tuple[SubscriberAsked, ...] = ()


@dataclass(frozen=True, slots=True)
class ReceiverAsked:
    """HL 21: who asks and gets the answer (NM1*41)."""

    name: Name | None
    providers: tuple[ProviderAsked, ...] = ()


@dataclass(frozen=True, slots=True)
class PayerAsked:
    """HL 20: who is asked (NM1*PR)."""

    name: Name | None
    receivers: tuple[ReceiverAsked, ...] = ()


@dataclass(frozen=True, slots=True)
class StatusRequest:
    """One 276; `number` is its BHT03."""

    number: str
    made_on: date | None = None
    payers: tuple[PayerAsked, ...] = ()
    defects: tuple[Oddity, ...] = field(default=(), compare=False)

    def subscribers(self) -> Iterator[SubscriberAsked]:
        """Every subscriber in it."""
        for payer in self.payers:
            for receiver in payer.receivers:
                for provider in receiver.providers:
                    yield from provider.subscribers

    def claims(self) -> Iterator[ClaimAsked]:
        """Every claim in it, a subscriber's own before those of the dependents."""
        for subscriber in self.subscribers():
            yield from subscriber.claims
            for dependent in subscriber.dependents:
                yield from dependent.claims
