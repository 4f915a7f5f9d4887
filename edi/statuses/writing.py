"""Writes claim acknowledgments (277CA), for the sandbox payer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal

from edi.amounts import format_amount
from edi.dates import format_date, format_range, format_time
from edi.envelope import Envelope
from edi.errors import X12Error
from edi.parties import Name, Reference
from edi.statuses.model import (
    ClaimStatus,
    LineStatus,
    ProviderStatus,
    ReceiverStatus,
    SourceStatus,
    Status,
    StatusCode,
    StatusReport,
    Totals,
)
from edi.writing import OutGroup, OutTransaction, Part
from edi.writing import write as write_interchange

FUNCTIONAL_ID = "HN"
VERSION = "005010X214"
SHORTEST_CONTROL = 4
CODES = 3
UNUSED = ("",) * 5
"""STC05 to STC09."""

Elements = tuple[Part, ...]
Levels = Iterator[Elements]


def write(
    reports: Iterable[StatusReport], envelope: Envelope, *, control: int, group_control: int, made_at: datetime
) -> bytes:
    """One interchange with one transaction for each report, numbered from 0001; raises X12Error in words."""
    transactions = [
        transaction(one, control=f"{number:0{SHORTEST_CONTROL}}", made_at=made_at)
        for number, one in enumerate(reports, 1)
    ]
    group = OutGroup(FUNCTIONAL_ID, group_control, VERSION, transactions)
    return write_interchange(envelope, control=control, made_at=made_at, groups=[group])


def transaction(report: StatusReport, *, control: str, made_at: datetime) -> OutTransaction:
    """A 277CA."""
    body = [("BHT", "0085", "08", report.number, format_date(report.made_on or made_at), format_time(made_at), "TH")]
    return OutTransaction("277", control, VERSION, [*body, *Numbering().levels(report)])


class Numbering:
    """Numbers the levels (HL01) as they are written."""

    def __init__(self) -> None:
        self.last = 0

    def levels(self, report: StatusReport) -> Levels:
        """All levels of a report, from the top down."""
        for source in report.sources:
            yield from self._source(source)

    def _level(self, parent: int, code: str, *, under: bool) -> Elements:
        self.last += 1
        return "HL", str(self.last), str(parent) if parent else "", code, "1" if under else "0"

    def _source(self, source: SourceStatus) -> Levels:
        yield self._level(0, "20", under=bool(source.receivers))
        number = self.last
        yield from _named(source.name)
        yield "TRN", "1", source.trace
        yield from _period("050", source.received_on, None)
        yield from _period("009", source.processed_on, None)
        yield from _statuses(source.statuses)
        for receiver in source.receivers:
            yield from self._receiver(receiver, number)

    def _receiver(self, receiver: ReceiverStatus, parent: int) -> Levels:
        yield self._level(parent, "21", under=bool(receiver.providers))
        number = self.last
        yield from _named(receiver.name)
        yield "TRN", "2", receiver.batch_reference
        yield from _statuses(receiver.statuses)
        yield from _totals(receiver.totals, "90", "AA")
        for provider in receiver.providers:
            yield from self._provider(provider, number)

    def _provider(self, provider: ProviderStatus, parent: int) -> Levels:
        yield self._level(parent, "19", under=bool(provider.claims))
        number = self.last
        yield from _named(provider.name)
        if provider.trace:
            yield "TRN", "1", provider.trace
        yield from _statuses(provider.statuses)
        yield from _references(provider.references)
        yield from _totals(provider.totals, "QA", "QC")
        for claim in provider.claims:
            yield from self._claim(claim, number)

    def _claim(self, claim: ClaimStatus, parent: int) -> Levels:
        self.last += 1
        yield "HL", str(self.last), str(parent), "PT"
        yield from _named(claim.patient)
        yield "TRN", "2", claim.patient_control_number
        yield from _statuses(claim.statuses)
        yield from _references(claim.references)
        yield from _period("472", claim.service_from, claim.service_to)
        for line in claim.lines:
            yield from _line(line)


def _line(line: LineStatus) -> Levels:
    charge = "" if line.charge is None else format_amount(line.charge)
    yield "SVC", (line.qualifier, line.procedure, *line.modifiers), charge
    yield from _statuses(line.statuses)
    yield from _references(line.references)
    yield from _period("472", line.service_from, line.service_to)


def _named(name: Name | None) -> Levels:
    if name is not None:
        kind = "1" if name.is_person else "2"
        said = (name.last, name.first, name.middle, "", name.suffix)
        yield "NM1", name.role, kind, *said, name.id_qualifier, name.id


def _statuses(statuses: Iterable[Status]) -> Levels:
    for one in statuses:
        if not 1 <= len(one.codes) <= CODES:
            raise X12Error("A status has one to three codes.")
        first, second, third = ([_code(code) for code in one.codes] + ["", ""])[:CODES]
        day = format_date(one.effective_on) if one.effective_on else ""
        amount = "" if one.amount is None else format_amount(one.amount)
        yield "STC", first, day, one.action, amount, *UNUSED, second, third, one.text


def _code(code: StatusCode) -> Part:
    return (code.category, code.code, code.entity) if code.entity else (code.category, code.code)


def _totals(totals: Totals, accepted: str, rejected: str) -> Levels:
    """QTY with the qualifiers of the level, AMT YU and YY."""
    for qualifier, count in ((accepted, totals.accepted), (rejected, totals.rejected)):
        if count is not None:
            yield "QTY", qualifier, str(count)
    amounts: tuple[tuple[str, Decimal | None], ...] = (("YU", totals.accepted_amount), ("YY", totals.rejected_amount))
    for qualifier, amount in amounts:
        if amount is not None:
            yield "AMT", qualifier, format_amount(amount)


def _references(references: Iterable[Reference]) -> Levels:
    for one in references:
        yield "REF", one.qualifier, one.value


def _period(qualifier: str, first: date | None, last: date | None) -> Levels:
    """A day (D8) or a period (RD8)."""
    if first and last and last != first:
        yield "DTP", qualifier, "RD8", format_range(first, last)
    elif first:
        yield "DTP", qualifier, "D8", format_date(first)
