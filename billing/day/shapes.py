"""What the billing day's page shows, ready for its templates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from practice.money import total


class State(StrEnum):
    """Where a session stands on the billing day."""

    READY = "ready"
    FIX = "fix"
    WAITS = "waits"
    LATER = "later"
    BILLED = "billed"
    CANCELED = "canceled"


OPEN: frozenset[State] = frozenset({State.READY, State.FIX, State.WAITS})


@dataclass(frozen=True, slots=True)
class Chip:
    """A status: its tone, its shape and its word; flat where nobody has to notice."""

    kind: str
    glyph: str
    text: str
    flat: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """A button under a row: it opens an address, sets a fact, or opens the entry for one."""

    label: str
    url: str = ""
    field: str = ""
    value: str = ""

    @property
    def edits(self) -> bool:
        """Whether it only opens the entry."""
        return bool(self.field) and not self.value


@dataclass(frozen=True, slots=True)
class Line:
    """A finding in words, with at most two buttons."""

    kind: str
    glyph: str
    title: str
    why: str
    acts: tuple[Act, ...]
    quiet: bool = False
    code: str = ""
    decided: str = ""
    may_pass: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """An add-on of a row with what it costs, all units together."""

    service_id: int
    code: str
    name: str
    units: int
    counted: bool
    amount: Decimal | None

    @property
    def key(self) -> str:
        """Its service's id, as the address of its entry names it."""
        return str(self.service_id)


@dataclass(frozen=True, slots=True)
class Entry:
    """One control of the entry that is open in a row."""

    name: str
    label: str
    kind: str
    value: str = ""
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Row:
    """One session of one client. Times are the practice's wall clock; `amount` is dollars or None."""

    id: int
    session_id: int
    status: str
    state: State
    chip: Chip
    day: dt.date
    start: dt.time
    stop: dt.time | None
    minutes: int | None
    on_record: bool
    needs_stop: bool
    client: str
    client_url: str
    code: str
    service: str
    diagnoses: str
    place: str
    is_telehealth: bool
    payer: str
    payer_id: int
    place_id: str
    amount: Decimal | None
    why_price: str
    sources: str
    clinician_id: int
    clinician: str
    lines: tuple[Line, ...]
    units: int = 1
    counted: bool = False
    beside: tuple[Beside, ...] = ()
    may_add: bool = False
    may_undo: bool = False
    unfilled_times: bool = False
    editing: tuple[Entry, ...] = ()
    editing_field: str = ""
    editing_to: str = ""
    error: str = ""

    @property
    def cents(self) -> int:
        """The amount in cents, for the sum of what is selected."""
        return int((self.amount or Decimal(0)) * 100)


def amount_of(rows: Sequence[Row]) -> Decimal:
    """The sum in dollars; what has no price counts nothing."""
    return total(row.amount for row in rows if row.amount is not None)
