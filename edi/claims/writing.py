"""Writing an 837P (005010X222A1): one interchange, one group, one ST for each payer and billing provider."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from edi.claims.model import MAX_CLAIMS, VERSION, Claim, ClaimFile, ClaimTransaction, Written
from edi.claims.writers import parties
from edi.claims.writers.claims import claim as claim_segments
from edi.dates import format_date, format_time
from edi.envelope import Envelope
from edi.errors import X12Error
from edi.writing import Block, Elements, OutGroup, OutTransaction, SegmentWriter
from edi.writing import write as write_interchange

Positions = dict[str, tuple[int, int]]


def write(file: ClaimFile) -> Written:
    """The file as bytes, with the place of every claim; raises X12Error for what no 837P can hold."""
    positions: dict[str, Positions] = {}
    group = OutGroup("HC", file.group_control, VERSION, _transactions(file, positions))
    content = write_interchange(file.envelope, control=file.control, made_at=file.made_at, groups=[group])
    return Written(content, positions)


def _transactions(file: ClaimFile, positions: dict[str, Positions]) -> Iterator[OutTransaction]:
    """Each ST, one after another; `positions` is filled as they are written."""
    segment = SegmentWriter(file.envelope.delimiters)
    for transaction in file.transactions:
        if transaction.control in positions:
            raise X12Error(f"Two transactions of the file have the control number {transaction.control}.")
        if not 0 < len(transaction.claims) <= MAX_CLAIMS:
            count = len(transaction.claims)
            raise X12Error(f"A transaction holds 1 to {MAX_CLAIMS:,} claims; this one has {count:,}. Split the batch.")
        places = positions.setdefault(transaction.control, {})
        yield OutTransaction("837", transaction.control, VERSION, _body(segment, file, transaction, places))


def _body(segment: SegmentWriter, file: ClaimFile, transaction: ClaimTransaction, places: Positions) -> Iterator[Block]:
    """The segments between ST and SE; notes where each claim begins and ends, ST being segment 1."""
    opening = list(_opening(file.envelope, file.made_at, transaction))
    yield Block(segment.block(opening), len(opening))
    payer = list(parties.payer(transaction.payer))
    count, level = 1 + len(opening), 1
    for sent in transaction.claims:
        lines = list(_claim(sent, payer, level))
        yield Block(segment.block(lines), len(lines))
        places[sent.patient_control_number] = (count + 1, count + len(lines))
        count += len(lines)
        level += 1 if sent.patient is None else 2


def _opening(envelope: Envelope, made_at: datetime, transaction: ClaimTransaction) -> Iterator[Elements]:
    """BHT and the loops 1000A to 2010AB."""
    yield ("BHT", "0019", "00", transaction.reference, format_date(made_at), format_time(made_at), "CH")
    yield from parties.submitter_and_receiver(envelope)
    yield from parties.billing_provider(transaction.billing)


def _claim(sent: Claim, payer: list[Elements], level: int) -> Iterator[Elements]:
    """Loops 2000B, 2000C for a dependent, and 2300; `level` is the last HL number used."""
    dependent = sent.patient
    yield ("HL", str(level + 1), "1", "22", "1" if dependent else "0")
    yield from parties.subscriber(sent.subscriber, "" if dependent else "18")
    yield from payer
    if dependent is not None:
        yield ("HL", str(level + 2), str(level + 1), "23", "0")
        yield from parties.patient(dependent)
    yield from claim_segments(sent)
