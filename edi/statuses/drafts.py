"""What has been read so far of a level of a 277CA, until it is complete."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from edi.parties import Name, Reference
from edi.segments import Segment
from edi.statuses.model import (
    ClaimStatus,
    LineStatus,
    ProviderStatus,
    ReceiverStatus,
    SourceStatus,
    Status,
    Totals,
)
from edi.statuses.tolerant import NEVER, Days


class Draft:
    """A level (HL 20, 21, 19, PT) or a line (SVC): what its segments said, and the levels under it."""

    def __init__(self, kind: str, start: Segment) -> None:
        self.kind = kind
        self.start = start
        self.name: Name | None = None
        self.trace = ""
        self.statuses: list[Status] = []
        self.references: list[Reference] = []
        self.dates: dict[str, Days] = {}
        self.counts: dict[str, int | None] = {}
        self.amounts: dict[str, Decimal | None] = {}
        self.charge: Decimal | None = None
        self.under: list[Draft] = []

    def first(self, qualifier: str) -> date | None:
        """The first day of a dated period."""
        return self.dates.get(qualifier, NEVER)[0]

    def totals(self) -> Totals:
        """QTY 90 or QA and AA or QC, AMT YU and YY."""
        counts, amounts = self.counts, self.amounts
        accepted, rejected = counts.get("90", counts.get("QA")), counts.get("AA", counts.get("QC"))
        return Totals(accepted, rejected, amounts.get("YU"), amounts.get("YY"))

    def source(self) -> SourceStatus:
        """HL 20 as read."""
        receivers = tuple(one.receiver() for one in self.under)
        return SourceStatus(
            self.name, self.trace, self.first("050"), self.first("009"), tuple(self.statuses), receivers
        )

    def receiver(self) -> ReceiverStatus:
        """HL 21 as read."""
        providers = tuple(one.provider() for one in self.under)
        return ReceiverStatus(self.name, self.trace, tuple(self.statuses), self.totals(), providers)

    def provider(self) -> ProviderStatus:
        """HL 19 as read."""
        claims = tuple(one.claim() for one in self.under)
        references = tuple(self.references)
        return ProviderStatus(self.name, self.trace, tuple(self.statuses), references, self.totals(), claims)

    def claim(self) -> ClaimStatus:
        """HL PT as read."""
        days = self.dates.get("472", NEVER)
        lines = tuple(one.line() for one in self.under)
        return ClaimStatus(self.name, self.trace, tuple(self.statuses), tuple(self.references), *days, lines)

    def line(self) -> LineStatus:
        """SVC as read."""
        parts = (*self.start.parts(1), "", "")
        modifiers = tuple(part for part in self.start.parts(1)[2:6] if part)
        days = self.dates.get("472", NEVER)
        statuses, references = tuple(self.statuses), tuple(self.references)
        return LineStatus(parts[0], parts[1], modifiers, self.charge, statuses, references, *days)
