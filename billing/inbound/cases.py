"""One transaction of a file on its way in, and the row that says what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from billing.models import InboundFile, InboundTransaction
from edi.interchanges import Interchange, Transaction
from edi.oddities import Oddity
from practice import states
from practice.actors import Actor

_KINDS: Final = {
    "999": InboundTransaction.Kind.X999,
    "997": InboundTransaction.Kind.X999,
    "835": InboundTransaction.Kind.X835,
    "277": InboundTransaction.Kind.X277CA,
}
_CLAIM_ACKNOWLEDGMENT: Final = "005010X214"


@dataclass(frozen=True, slots=True)
class Case:
    """A transaction: its file, its place there, the interchange around it, and who reads."""

    inbound: InboundFile
    position: int
    interchange: Interchange
    actor: Actor

    @property
    def is_sandbox(self) -> bool:
        """Whether it comes from the sandbox payer, which the pages must say."""
        return self.inbound.connection is not None and self.inbound.connection.is_sandbox


def write(case: Case, kind: str, control_number: str, status: str, summary: str, **facts: Any) -> InboundTransaction:
    """Writes down what became of a transaction; `facts` may be request and defects."""
    row = InboundTransaction.objects.create(
        inbound=case.inbound,
        position=case.position,
        kind=kind,
        control_number=control_number[:9],
        status=status,
        summary=summary[:300],
        **facts,
    )
    states.record_first([row], actor=case.actor)
    return row


def kind_of(transaction: Transaction) -> str:
    """What a transaction is by its set and version; a 277 of another guide is something else."""
    kind = _KINDS.get(transaction.set_id, InboundTransaction.Kind.OTHER)
    if kind == InboundTransaction.Kind.X277CA and transaction.version[:10] not in {"", _CLAIM_ACKNOWLEDGMENT}:
        return InboundTransaction.Kind.OTHER
    return kind


def control_of(transaction: Transaction | None, interchange: Interchange) -> str:
    """ST02, or ISA13 for what stands outside of transactions."""
    return (transaction.control if transaction else interchange.control)[:9]


def sentences(oddities: Iterable[Oddity]) -> list[str]:
    """Oddities as the pages show them."""
    return [f"Segment {one.segment}: {one.words}" if one.segment else one.words for one in oddities]
