"""Who asks, who is asked, and about whom: what the 270 and the 271 say in the same way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from edi.parties import Address, Name, Reference, reference

OUR_TRACE = "1"
ECHOED_TRACE = "2"

LevelCode = Literal["22", "23"]
"""HL03: 22 a subscriber, 23 a dependent."""


@dataclass(frozen=True, slots=True)
class Trace:
    """A TRN: `kind` 1 is the number of whoever made the file, 2 one that is given back; `originator` has 10 signs."""

    kind: str
    number: str
    originator: str = ""
    further: str = ""


@dataclass(frozen=True, slots=True)
class Dated:
    """A DTP: a day (D8, `last` is then None) or a period, and the qualifier that says what it is for."""

    qualifier: str
    first: date
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Provider:
    """A PRV: the part a provider plays and a number of its own (PXC a taxonomy, HPI an NPI)."""

    role: str
    id_qualifier: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Receiver:
    """Loop 2100B: the practice or clinician that asks (NM1*1P), with a type-2 or a type-1 NPI under XX."""

    name: Name | None
    references: tuple[Reference, ...] = ()
    address: Address | None = None
    provider: Provider | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """Loop 2100C or 2100D: a subscriber or a dependent.

    `relationship` is INS02 (01 spouse, 19 child), `is_changed` INS03 001 (the payer's record differs from what was
    asked), `birth_order` INS17 (which of several born together).
    """

    name: Name | None
    references: tuple[Reference, ...] = ()
    address: Address | None = None
    provider: Provider | None = None
    birth_date: date | None = None
    sex: str = ""
    relationship: str = ""
    is_changed: bool = False
    birth_order: str = ""
    dates: tuple[Dated, ...] = ()

    @property
    def member_id(self) -> str:
        """NM109."""
        return self.name.id if self.name else ""

    @property
    def group_number(self) -> str:
        """REF*6P."""
        return reference(self.references, "6P")
