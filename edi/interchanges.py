"""What a file holds: interchanges (ISA/IEA), functional groups (GS/GE) and transactions (ST/SE)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from edi.delimiters import Delimiters
from edi.segments import Segment, Segments


@dataclass(frozen=True, slots=True)
class Defect:
    """Something wrong with an envelope that did not stop the reading.

    `code` is the element or segment at fault (SE01, IEA02, GE, ...), `segment` its number counted from ISA = 1.
    """

    code: str
    words: str
    segment: int
    tag: str
    group: str = ""
    transaction: str = ""


@dataclass(slots=True)
class Transaction:
    """One ST … SE; `index` counts the transactions of the interchange from 0."""

    set_id: str
    control: str
    version: str
    segments: Segments
    raw: bytes
    index: int
    encoding: str = "ascii"

    @property
    def delimiters(self) -> Delimiters:
        """The separators the transaction was written with."""
        return self.segments.delimiters


@dataclass(slots=True)
class Group:
    """One GS … GE; `number` is that of its GS, counted from ISA as 1, and 0 when it has none; `header` is that GS."""

    functional_id: str = ""
    sender: str = ""
    receiver: str = ""
    made_at: datetime | None = None
    control: str = ""
    version: str = ""
    transactions: list[Transaction] = field(default_factory=list)
    number: int = 0
    header: Segment | None = None


@dataclass(slots=True)
class Interchange:
    """One ISA … IEA with everything in it, and what was wrong with its envelopes."""

    sender_qualifier: str
    sender: str
    receiver_qualifier: str
    receiver: str
    made_at: datetime | None
    version: str
    control: str
    acknowledgment_wanted: bool
    usage: str
    delimiters: Delimiters
    header: Segment
    groups: list[Group] = field(default_factory=list)
    tas: list[Segment] = field(default_factory=list)
    defects: list[Defect] = field(default_factory=list)

    @property
    def transactions(self) -> list[Transaction]:
        """The transactions of all groups, in file order."""
        return [transaction for group in self.groups for transaction in group.transactions]
