"""Who sends to whom: what ISA, GS and the loops 1000A and 1000B say on every file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from edi.delimiters import Delimiters

Usage = Literal["P", "T"]


@dataclass(frozen=True, slots=True)
class Submitter:
    """Loop 1000A: who makes the file and whom to call about it (NM1*41, PER*IC)."""

    name: str = ""
    etin: str = ""
    contact_name: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Receiver:
    """Loop 1000B: who takes the file (NM1*40)."""

    name: str = ""
    etin: str = ""


@dataclass(frozen=True, slots=True)
class Envelope:
    """ISA05–08, GS02/03, usage (P production, T test), the separators, and the loops 1000A and 1000B."""

    sender_qualifier: str = "ZZ"
    sender: str = ""
    receiver_qualifier: str = "ZZ"
    receiver: str = ""
    group_sender: str = ""
    group_receiver: str = ""
    usage: Usage = "P"
    acknowledgment_wanted: bool = False
    delimiters: Delimiters = field(default_factory=Delimiters)
    submitter: Submitter = field(default_factory=Submitter)
    claims_receiver: Receiver = field(default_factory=Receiver)
