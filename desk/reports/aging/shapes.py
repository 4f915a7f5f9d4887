"""What an aging is about and what it says. Pure: no database, no clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final
from urllib.parse import urlencode

from desk.reports.shapes import AGES
from practice.money import ZERO, total

PAYER, CLIENT, CLINICIAN = "payer", "client", "clinician"
DIMENSIONS: Final = {PAYER: "By payer", CLIENT: "By client", CLINICIAN: "By clinician"}
SERVED, BILLED = "served", "billed"
BASES: Final = {SERVED: "Since the day of service", BILLED: "Since it was billed"}
NOBODY: Final = 0


@dataclass(frozen=True, slots=True)
class Aged:
    """Whose receivables as of which day. `key` and `age` narrow to one row and one column; key 0 is nobody."""

    as_of: dt.date
    by: str = PAYER
    basis: str = SERVED
    key: int | None = None
    age: str = ""

    def query(self, **changes: object) -> str:
        """It as a query string, with further parts; None or nothing leaves a part out."""
        asked: dict[str, object] = {"as_of": self.as_of, "by": self.by, "basis": self.basis, "age": self.age}
        asked |= {"key": self.key} | changes
        return urlencode({name: str(value) for name, value in asked.items() if value is not None and value != ""})

    def of(self, key: int | None, age: str = "") -> Aged:
        """One cell of the table."""
        return replace(self, key=key, age=age)


@dataclass(frozen=True, slots=True)
class Line:
    """One payer, client or clinician with dollars by age."""

    key: int | None
    label: str
    ages: Mapping[str, Decimal]

    @property
    def sum(self) -> Decimal:
        """All ages together."""
        return total(self.ages.values())

    @property
    def amounts(self) -> list[tuple[str, Decimal]]:
        """Each age with its dollars, in order."""
        return [(age, self.ages.get(age, ZERO)) for age in AGES]


def added(lines: Iterable[Line]) -> Line:
    """The last row: every age over all lines."""
    rows = list(lines)
    return Line(None, "Total", {age: total(row.ages.get(age, ZERO) for row in rows) for age in AGES})
