"""One transaction of a file on its way in, and the row that says what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
MOST_SENTENCES: Final = 200
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
    """Writes down what became of a transaction; `facts` may be request, when it was said, and defects."""
    row = InboundTransaction.objects.create(
        inbound=case.inbound,
        position=case.position,
        kind=kind,
        control_number=control_number[:9],
        status=status,
        summary=summary[:300],
        **facts | {"defects": capped(facts.get("defects", []))},
    )
    states.record_first([row], actor=case.actor)
    return row


def kind_of(transaction: Transaction) -> str:
    """What a transaction is by its set and version; a 277 of another guide is something else."""
    kind = _KINDS.get(transaction.set_id, InboundTransaction.Kind.OTHER)
    if kind == InboundTransaction.Kind.X277CA and transaction.version[:10] not in {"", _CLAIM_ACKNOWLEDGMENT}:
        return InboundTransaction.Kind.OTHER
    return kind


def said_at(transaction: Transaction) -> str:
    """When the sender made it (BHT04, BHT05), as digits that sort; empty where that is not said."""
    header = next((segment for segment in transaction.segments[:3] if segment.tag == "BHT"), None)
    if header is None or not header[4].isdecimal():
        return ""
    return f"{header[4][:8]:0<8}{header[5][:8] if header[5].isdecimal() else '':0<8}"


def control_of(transaction: Transaction | None, interchange: Interchange) -> str:
    """ST02, or ISA13 for what stands outside of transactions."""
    return (transaction.control if transaction else interchange.control)[:9]


def capped(found: Sequence[str]) -> list[str]:
    """The first of many sentences, and how many more there are."""
    left = len(found) - MOST_SENTENCES
    return [*found[:MOST_SENTENCES], f"{left} more like these."] if left > 0 else list(found)


def sentences(oddities: Iterable[Oddity]) -> list[str]:
    """Oddities as the pages show them."""
    return [f"Segment {one.segment}: {one.words}" if one.segment else one.words for one in oddities]
