"""Reading an 837P: the inverse of writing, tolerant of files that others made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from edi.claims.model import BillingProvider, Claim, ClaimFile, ClaimTransaction, Payer
from edi.claims.problems import Problem
from edi.claims.readers import claims, parties
from edi.claims.readers.loops import Loop, split
from edi.claims.readers.parties import NOTHING
from edi.claims.readers.values import Values
from edi.dates import parse_moment
from edi.errors import X12Error
from edi.interchanges import Group, Interchange, Transaction

Kept = dict[tuple[BillingProvider, Payer], list[Claim]]
"""The claims of each billing provider to each payer."""

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - an envelope has local time without a zone


@dataclass(slots=True)
class Reading:
    """What stood in one ST … SE: its claims by billing provider and payer, and in file order; what was unreadable."""

    transactions: list[ClaimTransaction]
    claims: list[Claim] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    positions: dict[str, tuple[int, int]] = field(default_factory=dict)
    header: Loop = field(default_factory=lambda: Loop("header"))


def read(transaction: Transaction) -> ClaimTransaction:
    """The claims of an ST … SE; raises X12Error when they are for several payers or billing providers."""
    found = read_parts(transaction).transactions
    if len(found) != 1:
        raise X12Error(f"The transaction holds {len(found)} combinations of billing provider and payer, not one.")
    return found[0]


def read_parts(transaction: Transaction) -> Reading:
    """The claims of an ST … SE, one ClaimTransaction for each billing provider and payer in file order."""
    values = Values(transaction=transaction.control)
    reading = Reading([], problems=values.problems)
    kept: Kept = {}
    billing: tuple[Loop, BillingProvider] | None = None
    for found in split(transaction.segments):
        reading.header = found.header
        if found.claim is None:
            continue
        if billing is None or billing[0] is not found.billing:
            billing = (found.billing, parties.billing_provider(found.billing))
        sent = claims.claim(values, found, found.claim)
        values.settle(found)
        reading.claims.append(sent)
        reading.positions[sent.patient_control_number] = (found.first, found.last)
        payer = parties.payer(found.subscriber.child("2010BB"))
        kept.setdefault((billing[1], payer), []).append(sent)
    reading.transactions = list(_transactions(transaction, reading.header, kept))
    return reading


def _transactions(transaction: Transaction, header: Loop, kept: Kept) -> Iterator[ClaimTransaction]:
    """The claims put together by billing provider and payer."""
    reference = (header.find("BHT") or NOTHING)[3]
    for (billing, payer), members in kept.items():
        yield ClaimTransaction(transaction.control, reference, payer, billing, tuple(members))


def read_file(interchange: Interchange) -> list[ClaimFile]:
    """The claims of an interchange, one ClaimFile for each functional group of them."""
    return [file for group in interchange.groups if (file := read_group(interchange, group)[0]) is not None]


def read_group(interchange: Interchange, group: Group) -> tuple[ClaimFile | None, list[Reading]]:
    """The claims of a group, and what was read of each transaction; None for a group without an 837."""
    readings = [read_parts(transaction) for transaction in group.transactions if transaction.set_id == "837"]
    if not readings:
        return None, readings
    header = readings[0].header
    begun = header.find("BHT") or NOTHING
    made_at = parse_moment(begun[4], begun[5]) or group.made_at or interchange.made_at or EPOCH
    transactions = tuple(part for reading in readings for part in reading.transactions)
    envelope = parties.envelope(interchange, group, header)
    control, group_control = _number(interchange.control), _number(group.control)
    return ClaimFile(envelope, control, group_control, made_at.replace(second=0), transactions), readings


def _number(control: str) -> int:
    """A control number as a number; 0 when it is none."""
    return int(control) if control.isascii() and control.isdigit() else 0
