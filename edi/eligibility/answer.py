"""A 271 as data: payers, the practices that asked, and what is said about each subscriber and dependent."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from edi.eligibility.benefit import Benefit
from edi.eligibility.people import Identity, Receiver, Trace
from edi.eligibility.rejection import Rejection
from edi.oddities import Oddity
from edi.parties import Contact, Name

RESPONSE = "11"


@dataclass(frozen=True, slots=True)
class MemberAnswer:
    """What is said about one person: rejections of the person (AAA) or benefits (EB)."""

    identity: Identity
    traces: tuple[Trace, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    benefits: tuple[Benefit, ...] = ()


@dataclass(frozen=True, slots=True)
class SubscriberAnswer:
    """Loop 2000C with the dependents under it (2000D)."""

    member: MemberAnswer
    dependents: tuple[MemberAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class ReceiverAnswer:
    """Loop 2000B: a practice that asked."""

    receiver: Receiver
    rejections: tuple[Rejection, ...] = ()
    subscribers: tuple[SubscriberAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class PayerAnswer:
    """Loop 2000A: who answers; a rejection here speaks for everything under it."""

    name: Name | None
    contacts: tuple[Contact, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    receivers: tuple[ReceiverAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """One 271; `number` is its BHT03."""

    number: str
    payers: tuple[PayerAnswer, ...] = ()
    made_at: datetime | None = None
    purpose: str = RESPONSE
    defects: tuple[Oddity, ...] = field(default=(), compare=False)

    @property
    def is_doubtful(self) -> bool:
        """Whether money or an identifier could not be read, so that a person has to look."""
        return any(defect.grave for defect in self.defects)
