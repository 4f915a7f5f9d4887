"""What has been read so far of a level, a claim or a line of a 276 or 277, until it is complete."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from edi.parties import Contact, Name, Reference, reference
from edi.segments import Segment
from edi.statuses.stc import Status
from edi.statuses.tolerant import NEVER, Days

CLAIM = "TRN"
LINE = "SVC"
DEPENDENT = "23"


class Draft:
    """A level (`kind` is HL03), a claim (TRN) or a line (SVC): what its segments said, and what stands under it."""

    def __init__(self, kind: str, start: Segment) -> None:
        self.kind = kind
        self.start = start
        self.name: Name | None = None
        self.contact: Contact | None = None
        self.trace = ""
        self.birth_date: date | None = None
        self.sex = ""
        self.statuses: list[Status] = []
        self.references: list[Reference] = []
        self.service: Days = NEVER
        self.charge: Decimal | None = None
        self.paid: Decimal | None = None
        self.units: Decimal | None = None
        self.is_doubtful = False
        self.under: list[Draft] = []

    def of(self, kind: str) -> Iterator[Draft]:
        """What stands under it of a kind."""
        return (one for one in self.under if one.kind == kind)

    def value(self, qualifier: str) -> str:
        """The first identifier under a qualifier, or nothing."""
        return reference(tuple(self.references), qualifier)

    def procedure(self) -> tuple[str, str, tuple[str, ...]]:
        """SVC01: qualifier, code and modifiers."""
        parts = (*self.start.parts(1), "", "")
        return parts[0], parts[1], tuple(part for part in self.start.parts(1)[2:6] if part)
