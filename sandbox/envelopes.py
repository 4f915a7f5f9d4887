"""Envelopes of what the sandbox sends: back to whoever sent the claims, from the receiver they named. Pure."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final

from edi.delimiters import Delimiters
from edi.envelope import Envelope
from edi.interchanges import Interchange
from sandbox.scenario import Receiver

STAMP: Final = "sandbox"
EVENING: Final = time(20, 0)
NOBODY: Final = "UNKNOWN"
QUALIFIER: Final = 2
"""Characters of ISA05 and ISA07."""

NO_DAY: Final = date(2000, 1, 1)
"""The date of an answer to bytes that hold no date, before the payer's day is known."""


def back_to(interchange: Interchange, receiver: Receiver) -> Envelope:
    """The envelope of an answer: its test indicator is the file's, its sender is the sandbox."""
    group = interchange.groups[0] if interchange.groups else None
    return Envelope(
        sender_qualifier=receiver.qualifier,
        sender=receiver.id,
        receiver_qualifier=_qualifier(interchange.sender_qualifier),
        receiver=interchange.sender[:15] or NOBODY,
        group_sender=receiver.id,
        group_receiver=group.sender if group else "",
        usage="P" if interchange.usage == "P" else "T",
        delimiters=Delimiters(),
    )


def _qualifier(given: str) -> str:
    """ISA05 as it came, and ZZ where it cannot be one."""
    return given if given.isascii() and given.isalnum() and len(given) == QUALIFIER else "ZZ"


def to_nobody(receiver: Receiver) -> Envelope:
    """The envelope of an answer to bytes that name no sender."""
    return Envelope(sender_qualifier=receiver.qualifier, sender=receiver.id, receiver=NOBODY, usage="T")


def reopened(interchange: Interchange) -> Envelope:
    """The envelope that an interchange of ours was written with."""
    group = interchange.groups[0]
    return Envelope(
        sender_qualifier=interchange.sender_qualifier,
        sender=interchange.sender,
        receiver_qualifier=interchange.receiver_qualifier,
        receiver=interchange.receiver,
        group_sender=group.sender,
        group_receiver=group.receiver,
        usage="P" if interchange.usage == "P" else "T",
    )


def evening_of(day: date) -> datetime:
    """When the remittances of a day are made: an envelope has local time without a zone."""
    return datetime.combine(day, EVENING)
