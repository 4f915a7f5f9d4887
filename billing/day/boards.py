"""The billing day's board: the strip of days, and a group per clinician, with rows or folded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from billing.day.shapes import OPEN, Chip, Row, State, amount_of


@dataclass(frozen=True, slots=True)
class Outline:
    """How many sessions somebody has, before anything is judged: in all, not confirmed, and billed."""

    sessions: int
    open: int
    billed: int


@dataclass(slots=True)
class Group:
    """The sessions of one clinician. Where `outline` is all that is known yet, it has no rows."""

    id: int
    title: str
    name: str
    rows: list[Row] = field(default_factory=list)
    outline: Outline | None = None
    unfolded: bool = True

    @property
    def count(self) -> int:
        """How many sessions."""
        return self.outline.sessions if self.outline else len(self.rows)

    @property
    def said(self) -> str:
        """What the head says of them, in words; empty where the chip or the button says it."""
        if self.outline:
            return f"{self.outline.open} open" if self.outline.open else f"{self.outline.billed} billed"
        if self.ready:
            return f"{len(self.ready)} ready" if len(self.ready) != len(self.rows) else ""
        return f"{len(self.billed)} billed" if self.billed else ""

    def of(self, *states: State) -> list[Row]:
        """The rows in these states."""
        return [row for row in self.rows if row.state in states]

    @property
    def ready(self) -> list[Row]:
        """What one click bills."""
        return self.of(State.READY)

    @property
    def ready_ids(self) -> str:
        """That in one value."""
        return ids_of(self.ready)

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
        """What is ready, else what was billed, else what is still open, in dollars."""
        return amount_of(self.ready or self.billed or self.of(*OPEN))

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
    """The whole page: rows by clinician, before and after filtering.

    `cut` is how many rows are shown of more, 0 where all are. A folded board shows the rows of opened groups alone,
    a page of groups at a time; while it is `pending`, nothing but those is judged, and `total` and `people` count.
    """

    at: str
    today: dt.date
    date: dt.date | None
    strip: list[StripDay]
    all_rows: list[Row]
    groups: list[Group]
    cut: int = 0
    by_clinician: bool = False
    folded: bool = False
    pending: bool = False
    total: int = 0
    people: int = 0
    pages: Any = None

    def of(self, *states: State) -> list[Row]:
        """Rows in these states, whatever is filtered."""
        return [row for row in self.all_rows if row.state in states]

    @property
    def counted(self) -> int:
        """Sessions without the canceled ones."""
        if self.pending:
            return self.total
        return len(self.all_rows) - len(self.of(State.CANCELED))

    @property
    def clinicians(self) -> int:
        """How many clinicians they are with."""
        if self.pending:
            return self.people
        return len({row.clinician_id for row in self.all_rows if row.state != State.CANCELED})

    @property
    def ready(self) -> list[Row]:
        """What one click bills, of what is shown; all of a folded day."""
        return self.of(State.READY) if self.folded else [row for group in self.groups for row in group.ready]

    @property
    def ready_ids(self) -> str:
        """Those of a folded day in one value, since most of them have no row on the page."""
        return ids_of(self.ready) if self.folded else ""

    @property
    def ready_amount(self) -> Decimal:
        """What that comes to, in dollars."""
        return amount_of(self.ready)

    @property
    def ready_cents(self) -> int:
        """That in cents, for the sum of what is selected."""
        return int(self.ready_amount * 100)

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

    @property
    def unfilled_ids(self) -> str:
        """Those in one value."""
        return ids_of(self.unfilled)


def ids_of(rows: Sequence[Row]) -> str:
    """The rows' ids, as one hidden control sends them."""
    return ",".join(str(row.id) for row in rows)
