"""What the billing day's page shows, ready for its templates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
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
    unfilled_times: bool = False
    editing: tuple[Entry, ...] = ()
    editing_field: str = ""
    editing_to: str = ""
    error: str = ""

    @property
    def cents(self) -> int:
        """The amount in cents, for the sum of what is selected."""
        return int((self.amount or Decimal(0)) * 100)


@dataclass(slots=True)
class Group:
    """The sessions of one clinician."""

    id: int
    title: str
    name: str
    rows: list[Row] = field(default_factory=list)

    def of(self, *states: State) -> list[Row]:
        """The rows in these states."""
        return [row for row in self.rows if row.state in states]

    @property
    def ready(self) -> list[Row]:
        """What one click bills."""
        return self.of(State.READY)

    @property
    def billed(self) -> list[Row]:
        """What is billed."""
        return self.of(State.BILLED)

    @property
    def fixes(self) -> int:
        """How many need a fix."""
        return len(self.of(State.FIX))

    @property
    def waits(self) -> int:
        """How many wait on somebody."""
        return len(self.of(State.WAITS))

    @property
    def is_open(self) -> bool:
        """Whether anything is left to bill."""
        return bool(self.of(*OPEN))

    @property
    def amount(self) -> Decimal:
        """What is ready, or what was billed where nothing is ready, in dollars."""
        return amount_of(self.ready or self.billed)

    @property
    def chip(self) -> Chip | None:
        """What of the group needs somebody: a fix first, then who it waits on."""
        if self.fixes:
            only_stopped = all(row.chip.kind == "stop" for row in self.of(State.FIX))
            words = f"{self.fixes} needs a fix" if self.fixes == 1 else f"{self.fixes} need a fix"
            return Chip("stop", "stopped", words) if only_stopped else Chip("wait", "needs-you", words)
        if self.waits:
            return Chip("calm", "held", f"{self.waits} waits" if self.waits == 1 else f"{self.waits} wait")
        return None


@dataclass(frozen=True, slots=True)
class StripDay:
    """One day of the strip: how many sessions began and are not confirmed, and whether there were any."""

    date: dt.date
    open: int
    any: bool
    url: str
    current: bool
    today: bool

    @property
    def words(self) -> str:
        """The day as a screen reader says it."""
        what = f"{self.open} unconfirmed" if self.open else "all billed" if self.any else "no sessions"
        return f"{self.date:%A, %B} {self.date.day}, {what}"


@dataclass(slots=True)
class Board:
    """The whole page: rows by clinician, before and after filtering."""

    at: str
    today: dt.date
    date: dt.date | None
    strip: list[StripDay]
    all_rows: list[Row]
    groups: list[Group]
    cut: bool = False
    by_clinician: bool = False

    def of(self, *states: State) -> list[Row]:
        """Rows in these states, whatever is filtered."""
        return [row for row in self.all_rows if row.state in states]

    @property
    def counted(self) -> int:
        """Sessions without the canceled ones."""
        return len(self.all_rows) - len(self.of(State.CANCELED))

    @property
    def clinicians(self) -> int:
        """How many clinicians they are with."""
        return len({row.clinician_id for row in self.all_rows if row.state != State.CANCELED})

    @property
    def ready(self) -> list[Row]:
        """What one click bills, of what is shown."""
        return [row for group in self.groups for row in group.ready]

    @property
    def ready_amount(self) -> Decimal:
        """What that comes to, in dollars."""
        return amount_of(self.ready)

    @property
    def fixes(self) -> list[Row]:
        """What needs a fix."""
        return self.of(State.FIX)

    @property
    def waits(self) -> list[Row]:
        """What waits on somebody."""
        return self.of(State.WAITS)

    @property
    def left(self) -> int:
        """How many stay open after the click."""
        return len(self.fixes) + len(self.waits)

    @property
    def open(self) -> int:
        """How many are not billed yet, ready or not."""
        return len(self.of(*OPEN))

    @property
    def left_amount(self) -> Decimal:
        """What those come to, in dollars."""
        return amount_of([*self.fixes, *self.waits])

    @property
    def fixes_amount(self) -> Decimal:
        """What needs a fix comes to, in dollars."""
        return amount_of(self.fixes)

    @property
    def fix_url(self) -> str:
        """The rows that were left out, the ones to fix first."""
        return "?show=fix" if self.fixes else "?show=waits"

    @property
    def back(self) -> dt.date:
        """The chosen day two weeks earlier."""
        return (self.date or self.today) - dt.timedelta(weeks=2)

    @property
    def onward(self) -> dt.date:
        """The chosen day two weeks later."""
        return (self.date or self.today) + dt.timedelta(weeks=2)

    @property
    def next_open(self) -> StripDay | None:
        """The next day on which something is open, or the earliest."""
        others = [day for day in self.strip if day.open and not day.current]
        later = [day for day in others if self.date and day.date > self.date]
        return next(iter([*later, *others]), None)

    @property
    def unfilled(self) -> list[Row]:
        """Sessions of which nobody entered when they began and ended."""
        return [row for row in self.fixes if row.unfilled_times]


def amount_of(rows: Sequence[Row]) -> Decimal:
    """The sum in dollars; what has no price counts nothing."""
    return total(row.amount for row in rows if row.amount is not None)
