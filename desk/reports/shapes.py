"""What a report is about and what it says. Pure: no database, no clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Final
from urllib.parse import urlencode

from desk.reports.periods import CUSTOM, Period
from practice.money import ZERO, total

CLINICIAN, PAYER, WEEK = "clinician", "payer", "week"
DIMENSIONS: Final = {WEEK: "By week", CLINICIAN: "By clinician", PAYER: "By payer"}
SERVICE, POSTED = "service", "posted"
NOBODY: Final = 0
ALL_AGES: Final = "all"
AGES: Final[dict[str, tuple[int, int | None]]] = {
    "0-30": (0, 30),
    "31-60": (31, 60),
    "61-90": (61, 90),
    "91-120": (91, 120),
    "120": (121, None),
}
AGE_LABELS: Final = {
    "0-30": "0–30 days",
    "31-60": "31–60 days",
    "61-90": "61–90 days",
    "91-120": "91–120 days",
    "120": "Over 120 days",
}

SESSIONS: Final = {"held": "Held", "late_canceled": "Late cancels", "no_show": "No-shows", "unsigned": "Unsigned notes"}
MONEY: Final = {
    "billed": "Billed",
    "carried": "Brought in",
    "insurer_paid": "Paid by insurers",
    "client_paid": "Paid by clients",
    "contractual": "Contractual",
    "written_off": "Written off",
    "insurer_owes": "Owed by insurers",
    "client_owes": "Owed by clients",
}
TOGETHER: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "collected": ("Collected", ("insurer_paid", "client_paid")),
    "taken_off": ("Taken off", ("contractual", "written_off")),
    "owed": ("Still owed", ("insurer_owes", "client_owes")),
}
FIGURES: Final = {**SESSIONS, **MONEY, **{key: label for key, (label, _) in TOGETHER.items()}}


@dataclass(frozen=True, slots=True)
class Scope:
    """Which days, whose sessions and which payer's; `basis` is the day of service or the day something was posted.

    `week` narrows to the seven days from a Monday. With `age` the days are those of service that are so old today,
    whatever the period.
    """

    period: Period
    by: str = WEEK
    clinician: int | None = None
    payer: int | None = None
    week: dt.date | None = None
    age: str = ""
    basis: str = SERVICE

    def days(self, today: dt.date) -> tuple[dt.date | None, dt.date | None]:
        """The first and the last day; None where it is open."""
        if self.age:
            return self._aged(today)
        if self.week is None:
            return self.period.first, self.period.last
        return max(self.period.first, self.week), min(self.period.last, self.week + dt.timedelta(days=6))

    def query(self, **changes: object) -> str:
        """The scope as a query string, with further parts; None or nothing leaves a part out."""
        asked: dict[str, object] = {"period": self.period.key}
        if self.period.key == CUSTOM:
            asked |= {"first": self.period.first, "last": self.period.last}
        asked |= {"by": self.by, "clinician": self.clinician, "payer": self.payer, "week": self.week, "age": self.age}
        asked |= {"basis": self.basis if self.basis != SERVICE else ""} | changes
        return urlencode({name: str(value) for name, value in asked.items() if value is not None and value != ""})

    def of(self, key: int | dt.date | None) -> Scope:
        """The scope of one row of the table."""
        if isinstance(key, dt.date):
            return replace(self, week=key)
        if self.by == CLINICIAN:
            return replace(self, clinician=key or NOBODY)
        return replace(self, payer=key or NOBODY)

    def _aged(self, today: dt.date) -> tuple[dt.date | None, dt.date | None]:
        least, most = AGES.get(self.age, (None, None))
        first = today - dt.timedelta(days=most) if most else None
        return first, today - dt.timedelta(days=least) if least else None


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one row: sessions as counts, money in dollars."""

    held: int = 0
    late_canceled: int = 0
    no_show: int = 0
    unsigned: int = 0
    billed: Decimal = ZERO
    carried: Decimal = ZERO
    insurer_paid: Decimal = ZERO
    client_paid: Decimal = ZERO
    contractual: Decimal = ZERO
    written_off: Decimal = ZERO
    insurer_owes: Decimal = ZERO
    client_owes: Decimal = ZERO

    @property
    def collected(self) -> Decimal:
        """What came in."""
        return self.insurer_paid + self.client_paid

    @property
    def taken_off(self) -> Decimal:
        """What nobody is asked for any more."""
        return self.contractual + self.written_off

    @property
    def owed(self) -> Decimal:
        """What is still open."""
        return self.insurer_owes + self.client_owes

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened at all."""
        return not any(getattr(self, name) for name in (*SESSIONS, *MONEY))


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table: a clinician, a payer or a week. `key` is None for what has none."""

    key: int | dt.date | None
    label: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Age:
    """What is owed of one age."""

    key: str
    label: str
    insurer_owes: Decimal = ZERO
    client_owes: Decimal = ZERO

    @property
    def owed(self) -> Decimal:
        """By both."""
        return self.insurer_owes + self.client_owes


@dataclass(frozen=True, slots=True)
class Report:
    """The whole page: the rows with their sum, what was posted in the period, and everything owed today by age."""

    lines: list[Line]
    sum: Figures
    posted: Figures
    ages: list[Age] = field(default_factory=list)

    @property
    def owed_today(self) -> Age:
        """The sum of all ages."""
        return Age(
            ALL_AGES, "All", total(one.insurer_owes for one in self.ages), total(one.client_owes for one in self.ages)
        )


def added(rows: Iterable[Figures]) -> Figures:
    """The sum of figures, each to the cent."""
    known = list(rows)
    sums: dict[str, Any] = {name: sum(getattr(row, name) for row in known) for name in SESSIONS}
    return Figures(**sums | {name: total(getattr(row, name) for row in known) for name in MONEY})
