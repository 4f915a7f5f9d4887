"""What the pages about one person's pay show, as plain facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from payroll.models import PayLine, PayRun
from practice.money import ZERO, total

SESSIONS: Final = "sessions"
ABSENCES: Final = "absences"
HOURS: Final = "hours"
OTHER: Final = "other"
ADJUSTMENTS: Final = "adjustments"
HELD: Final = "held"


@dataclass(frozen=True, slots=True)
class Sum:
    """One row of a line's arithmetic: what, where it stands written, and an amount or a factor."""

    label: str
    note: str = ""
    amount: Decimal | None = None
    times: str = ""
    is_result: bool = False

    @property
    def is_aside(self) -> bool:
        """Whether it only says how a figure was worked out."""
        return self.amount is None and not self.times


@dataclass(frozen=True, slots=True)
class Link:
    """Where something leads."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that read as one: all of one charge, or a single line."""

    section: str
    lines: tuple[PayLine, ...]
    name: str = ""
    number: str = ""

    @property
    def first(self) -> PayLine:
        """The line that names what it is about."""
        return self.lines[0]

    @property
    def amount(self) -> Decimal:
        """Signed dollars; of held lines what they will pay."""
        return total(line.amount for line in self.lines)

    @property
    def paid_on(self) -> dt.date:
        """The last day on which something happened."""
        return max(line.happened_on for line in self.lines)

    @property
    def service_on(self) -> dt.date:
        """The day of service, or the day it is for."""
        return self.first.service_on or self.first.happened_on


@dataclass(frozen=True, slots=True)
class Item:
    """A line that opens: sentence, amount, its arithmetic, what was not counted, and where it leads.

    `signing` is `open` where it was paid although its note still waits to be signed, `late` where that came later.
    """

    title: str
    said: str
    amount: Decimal
    sums: list[Sum]
    not_counted: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    note: Link | None = None
    signing: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A card of lines; `page` turns its pages where there are many."""

    key: str
    title: str
    sub: str
    amount: Decimal
    items: list[Item]
    page: Any = None


@dataclass(frozen=True, slots=True)
class Stat:
    """A figure of the strip with its reason."""

    label: str
    amount: Decimal
    note: str


@dataclass(frozen=True, slots=True)
class Paid:
    """What one run pays one person."""

    run_id: int
    name: str
    pay_on: dt.date
    status: str
    amount: Decimal
    held: Decimal
    is_off_cycle: bool

    @property
    def is_certain(self) -> bool:
        """Whether somebody approved it."""
        return self.status not in {PayRun.Status.DRAFT, PayRun.Status.COMPUTED}


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the chart, in its own units."""

    x: int
    y: int
    height: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class Year:
    """This year's pay: how many pay dates are over, what they came to, and the bars of the last periods."""

    count: int
    amount: Decimal
    bars: list[Bar]
    shown: Sequence[Paid]

    @property
    def spoken(self) -> str:
        """What the chart says to who does not see it."""
        return f"Pay of the last {len(self.shown)} runs; the amounts stand below."


@dataclass(frozen=True, slots=True)
class FromPayer:
    """Sessions one insurer has not answered yet; `expected` is None where nothing tells how much will come."""

    name: str
    count: int
    expected: Decimal | None
    share: int = 0


@dataclass(frozen=True, slots=True)
class Coming:
    """What is billed to insurers and not paid yet, and what of it the person may expect."""

    payers: list[FromPayer]
    sessions: int = 0
    figured: int = 0
    expected: Decimal = ZERO
    from_history: bool = False
