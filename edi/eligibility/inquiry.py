"""A 270 as data: one payer is asked by one practice about any number of subscribers and dependents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from edi.eligibility.people import OUR_TRACE, Dated, Identity, Receiver, Trace
from edi.oddities import Oddity
from edi.parties import Name, Reference

REQUEST = "13"


@dataclass(frozen=True, slots=True)
class Question:
    """An EQ: service types, or a procedure as qualifier, code and modifiers; `place` is a place of service (III)."""

    service_types: tuple[str, ...] = ()
    procedure: tuple[str, ...] = ()
    coverage_level: str = ""
    place: str = ""
    reference: Reference | None = None
    dates: tuple[Dated, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """One person; without questions a subscriber is only named so that a dependent can be found."""

    identity: Identity
    traces: tuple[Trace, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def trace(self) -> Trace | None:
        """Our own TRN, which the answer gives back."""
        return next((one for one in self.traces if one.kind == OUR_TRACE), None)


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Loop 2000C with the dependents under it (2000D)."""

    member: Member
    dependents: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One 270; `number` is BHT03, `is_real_time` BHT06 RT."""

    number: str
    payer: Name | None
    receiver: Receiver
    subscribers: tuple[Subscriber, ...] = ()
    made_at: datetime | None = None
    purpose: str = REQUEST
    is_real_time: bool = False
    defects: tuple[Oddity, ...] = field(default=(), compare=False)

    def members(self) -> Iterator[Member]:
        """Everybody asked about: those with a question or a trace."""
        for subscriber in self.subscribers:
            for member in (subscriber.member, *subscriber.dependents):
                if member.questions or member.traces:
                    yield member
