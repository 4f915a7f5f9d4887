"""One row while it is read: its cells by what they mean, and what is wrong with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, TypeVar

from desk.imports import values
from desk.imports.names import split, tidy, without_letters
from desk.imports.parsing.records import Who
from desk.imports.problems import CellError, Problem, Severity, shown
from desk.imports.reading import Line

_Value = TypeVar("_Value")
_EMPTY: Final = frozenset({"", "-", "–", "n/a", "na", "null", "none", "nan"})
_ORDINARY: Final = "mdy"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is the same for all rows: which column is which field, how it is headed, and how its dates are written."""

    places: Mapping[str, int]
    headers: Sequence[str]
    orders: Mapping[int, str]
    today: dt.date


@dataclass
class Row:
    """The cells of one line. Reading one that is wrong notes the problem and gives None or nothing."""

    sheet: Sheet
    line: Line
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_bad(self) -> bool:
        """Whether the row cannot be brought over."""
        return any(problem.severity == Severity.ERROR for problem in self.problems)

    def has(self, name: str) -> bool:
        """Whether the file has a column for it."""
        return name in self.sheet.places

    def text(self, name: str, longest: int | None = None) -> str:
        """The words in a column, on one line; empty for nothing. What is too long is cut, with a warning."""
        place = self.sheet.places.get(name)
        found = "" if place is None else tidy(self.line.cells[place])
        if found.lower() in _EMPTY:
            return ""
        if longest is not None and len(found) > longest:
            self.warn(name, f"This has {len(found)} characters; the first {longest} are kept.", "W-LONG")
            return found[:longest].rstrip()
        return found

    def refuse(self, name: str, words: str, code: str = "E-VALUE") -> None:
        """Keeps the row out, and says why."""
        self._note(name, words, code, Severity.ERROR)

    def warn(self, name: str, words: str, code: str = "W-VALUE") -> None:
        """Says what is left out of the row."""
        self._note(name, words, code, Severity.WARNING)

    def read(
        self, name: str, reader: Callable[[str], _Value], *, needed: bool = True, words: str = ""
    ) -> _Value | None:
        """The value, or None. `needed` says whether a wrong one keeps the row out or is left out with a warning."""
        found = self.text(name)
        if not found:
            return None
        try:
            return reader(found)
        except CellError as error:
            (self.refuse if needed else self.warn)(name, words or str(error), error.code)
            return None

    def date(self, name: str, *, needed: bool = True) -> dt.date | None:
        """A date, in the order in which its column writes day and month."""
        return self.read(name, lambda text: values.read_date(text, self._order(name)), needed=needed)

    def birth(self, name: str) -> dt.date | None:
        """A date of birth."""
        return self.read(name, lambda text: values.read_birth(text, self._order(name), self.sheet.today))

    def moment(self, name: str) -> values.Moment | None:
        """A date with its time."""
        return self.read(name, lambda text: values.read_moment(text, self._order(name)))

    def money(self, name: str) -> Decimal | None:
        """Dollars."""
        return self.read(name, values.read_money)

    def client(self) -> Who:
        """The client whom the row is about."""
        first, last = self.text("client.first_name"), self.text("client.last_name")
        if not last and (full := self.text("client.full_name")):
            name = split(full)
            first, last = name.first, name.last
        born = self.birth("client.date_of_birth")
        return Who(first, last, self.text("client.external_id", 60), born)

    def clinician(self, prefix: str, *, npi: str = "clinician_npi", email: str = "clinician_email") -> Who:
        """The clinician whom the row names, by `prefix` the field of the name."""
        area = prefix.split(".", 1)[0]
        name = split(without_letters(self.text(prefix)))
        number = self.read(f"{area}.{npi}", values.read_npi, needed=False)
        address = self.read(f"{area}.{email}", values.read_email, needed=False)
        return Who(name.first, name.last, npi=number or "", email=address or "")

    def _order(self, name: str) -> str:
        return self.sheet.orders.get(self.sheet.places.get(name, -1), _ORDINARY)

    def _note(self, name: str, words: str, code: str, severity: Severity) -> None:
        place = self.sheet.places.get(name)
        header = self.sheet.headers[place] if place is not None else ""
        value = shown(self.line.cells[place]) if place is not None else ""
        found = Problem(self.line.number, header, value, words, code, severity)
        if found not in self.problems:
            self.problems.append(found)
