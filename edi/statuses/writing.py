"""Writes claim acknowledgments (277CA), for the sandbox payer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from edi.amounts import format_amount
from edi.dates import format_date, format_time
from edi.envelope import Envelope
from edi.levels import Numbering
from edi.numbered import write_numbered
from edi.statuses import parts
from edi.statuses.model import (
    ClaimStatus,
    LineStatus,
    ProviderStatus,
    ReceiverStatus,
    SourceStatus,
    StatusReport,
    Totals,
)
from edi.statuses.parts import Levels
from edi.writing import OutTransaction

FUNCTIONAL_ID = "HN"
VERSION = "005010X214"


def write(
    reports: Iterable[StatusReport], envelope: Envelope, *, control: int, group_control: int, made_at: datetime
) -> bytes:
    """One interchange with one transaction for each report, numbered from 0001; raises X12Error in words."""
    return write_numbered(
        reports,
        lambda one, number: transaction(one, control=number, made_at=made_at),
        envelope,
        control=control,
        group=(FUNCTIONAL_ID, group_control, VERSION),
        made_at=made_at,
    )


def transaction(report: StatusReport, *, control: str, made_at: datetime) -> OutTransaction:
    """A 277CA."""
    body = [("BHT", "0085", "08", report.number, format_date(report.made_on or made_at), format_time(made_at), "TH")]
    return OutTransaction("277", control, VERSION, [*body, *_Levels().levels(report)])


class _Levels(Numbering):
    """The levels of a report, from the top down."""

    def levels(self, report: StatusReport) -> Levels:
        """All levels of a report, from the top down."""
        for source in report.sources:
            yield from self._source(source)

    def _source(self, source: SourceStatus) -> Levels:
        yield self.level(0, "20", under=bool(source.receivers))
        number = self.last
        yield from parts.named(source.name)
        yield "TRN", "1", source.trace
        yield from parts.period("050", source.received_on, None)
        yield from parts.period("009", source.processed_on, None)
        yield from parts.statuses(source.statuses)
        for receiver in source.receivers:
            yield from self._receiver(receiver, number)

    def _receiver(self, receiver: ReceiverStatus, parent: int) -> Levels:
        yield self.level(parent, "21", under=bool(receiver.providers))
        number = self.last
        yield from parts.named(receiver.name)
        yield "TRN", "2", receiver.batch_reference
        yield from parts.statuses(receiver.statuses)
        yield from _totals(receiver.totals, "90", "AA")
        for provider in receiver.providers:
            yield from self._provider(provider, number)

    def _provider(self, provider: ProviderStatus, parent: int) -> Levels:
        yield self.level(parent, "19", under=bool(provider.claims))
        number = self.last
        yield from parts.named(provider.name)
        if provider.trace:
            yield "TRN", "1", provider.trace
        yield from parts.statuses(provider.statuses)
        yield from parts.references(provider.references)
        yield from _totals(provider.totals, "QA", "QC")
        for claim in provider.claims:
            yield from self._claim(claim, number)

    def _claim(self, claim: ClaimStatus, parent: int) -> Levels:
        self.last += 1
        yield "HL", str(self.last), str(parent), "PT"
        yield from parts.named(claim.patient)
        yield "TRN", "2", claim.patient_control_number
        yield from parts.statuses(claim.statuses)
        yield from parts.references(claim.references)
        yield from parts.period("472", claim.service_from, claim.service_to)
        for line in claim.lines:
            yield from _line(line)


def _line(line: LineStatus) -> Levels:
    yield "SVC", (line.qualifier, line.procedure, *line.modifiers), parts.amount(line.charge)
    yield from parts.statuses(line.statuses)
    yield from parts.references(line.references)
    yield from parts.period("472", line.service_from, line.service_to)


def _totals(totals: Totals, accepted: str, rejected: str) -> Levels:
    """QTY with the qualifiers of the level, AMT YU and YY."""
    for qualifier, count in ((accepted, totals.accepted), (rejected, totals.rejected)):
        if count is not None:
            yield "QTY", qualifier, str(count)
    amounts: tuple[tuple[str, Decimal | None], ...] = (("YU", totals.accepted_amount), ("YY", totals.rejected_amount))
    for qualifier, amount in amounts:
        if amount is not None:
            yield "AMT", qualifier, format_amount(amount)
