"""A 277CA as data: the source of the answer, the receiver's file, its billing providers, their claims and lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from edi.oddities import Oddity
from edi.parties import Name, Reference, reference
from edi.statuses.numbers import ClaimNumbers, LineNumbers
from edi.statuses.stc import REJECT, Status, StatusCode
from edi.statuses.verdicts import Verdict, worst

__all__ = [
    "REJECT",
    "ClaimStatus",
    "Level",
    "LineStatus",
    "ProviderStatus",
    "ReceiverStatus",
    "SourceStatus",
    "Status",
    "StatusCode",
    "StatusReport",
    "Totals",
]


class Level(StrEnum):
    """Where a status sits; one above a claim speaks for everything under it."""

    SOURCE = "source"
    RECEIVER = "receiver"
    PROVIDER = "provider"
    CLAIM = "claim"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class LineStatus(LineNumbers):
    """SVC with its statuses; `reference` (REF*FJ) is the line's number as we sent it (REF*6R)."""

    qualifier: str
    procedure: str
    modifiers: tuple[str, ...] = ()
    charge: Decimal | None = None
    statuses: tuple[Status, ...] = ()
    references: tuple[Reference, ...] = ()
    service_from: date | None = None
    service_to: date | None = None


@dataclass(frozen=True, slots=True)
class ClaimStatus(ClaimNumbers):
    """One claim (HL PT); `patient_control_number` (TRN*2) is our CLM01."""

    patient: Name | None
    patient_control_number: str
    statuses: tuple[Status, ...] = ()
    references: tuple[Reference, ...] = ()
    service_from: date | None = None
    service_to: date | None = None
    lines: tuple[LineStatus, ...] = ()

    @property
    def clearinghouse_number(self) -> str:
        """REF*D9."""
        return reference(self.references, "D9")

    @property
    def verdict(self) -> Verdict:
        """What the claim itself says; a rejected line rejects it."""
        found = worst(status.verdict for status in self.statuses)
        lines = [status.verdict for line in self.lines for status in line.statuses]
        return worst([found, *(one for one in lines if one in {Verdict.REJECTED, Verdict.UNKNOWN})])


@dataclass(frozen=True, slots=True)
class Totals:
    """QTY and AMT of a receiver or provider: how many and how much was accepted and rejected."""

    accepted: int | None = None
    rejected: int | None = None
    accepted_amount: Decimal | None = None
    rejected_amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ProviderStatus:
    """HL 19: a billing provider and its claims."""

    name: Name | None
    trace: str = ""
    statuses: tuple[Status, ...] = ()
    references: tuple[Reference, ...] = ()
    totals: Totals = field(default_factory=Totals)
    claims: tuple[ClaimStatus, ...] = ()


@dataclass(frozen=True, slots=True)
class ReceiverStatus:
    """HL 21: who sent the claims; `batch_reference` (TRN*2) is the BHT03 of our file."""

    name: Name | None
    batch_reference: str = ""
    statuses: tuple[Status, ...] = ()
    totals: Totals = field(default_factory=Totals)
    providers: tuple[ProviderStatus, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """HL 20: who answers, a payer (NM1*PR) or a clearinghouse (NM1*AY)."""

    name: Name | None
    trace: str = ""
    received_on: date | None = None
    processed_on: date | None = None
    statuses: tuple[Status, ...] = ()
    receivers: tuple[ReceiverStatus, ...] = ()

    @property
    def is_payer(self) -> bool:
        """Whether the payer itself answers."""
        return self.name is not None and self.name.role == "PR"


@dataclass(frozen=True, slots=True)
class StatusReport:
    """One 277CA; `number` is its own BHT03."""

    number: str
    made_on: date | None = None
    sources: tuple[SourceStatus, ...] = ()
    defects: tuple[Oddity, ...] = field(default=(), compare=False)

    def claims(self) -> Iterator[ClaimStatus]:
        """Every claim in it."""
        for source in self.sources:
            for receiver in source.receivers:
                for provider in receiver.providers:
                    yield from provider.claims
