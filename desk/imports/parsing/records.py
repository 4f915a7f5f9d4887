"""What a file says, row by row, as plain facts; who of it is on file already is asked later."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from desk.imports.names import fold
from desk.imports.problems import Problem


@dataclass(frozen=True)
class Who:
    """A person as a row names them: a client, or a clinician."""

    first: str = ""
    last: str = ""
    external_id: str = ""
    date_of_birth: dt.date | None = None
    npi: str = ""
    email: str = ""

    @cached_property
    def key(self) -> str:
        """The same for every row that names this person in this way."""
        born = self.date_of_birth.isoformat() if self.date_of_birth else ""
        if self.external_id:
            return f"#{self.external_id}"
        if self.npi or (self.email and not self.last):
            return self.npi or self.email
        return f"{fold(self.first)} {fold(self.last)} {born}".strip()

    @property
    def name(self) -> str:
        """As a sentence names them."""
        return f"{self.first} {self.last}".strip() or self.email or self.npi or self.external_id

    def __bool__(self) -> bool:
        return bool(self.last or self.external_id or self.npi or self.email)


@dataclass(frozen=True, slots=True)
class ClinicianRow:
    """Somebody of the team."""

    row: int
    who: Who
    values: dict[str, Any]
    engagement: str
    starts_on: dt.date | None
    license: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class ClientRow:
    """Somebody who is treated. `pair` are the two people where the file has one line for a couple."""

    row: int
    who: Who
    values: dict[str, Any]
    contacts: tuple[dict[str, Any], ...] = ()
    diagnoses: tuple[str, ...] = ()
    clinician: Who = field(default_factory=Who)
    pair: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """Somebody's insurance. `starts_on` None: from the first day the client is known."""

    row: int
    client: Who
    payer_name: str
    payer_id: str
    values: dict[str, Any]
    starts_on: dt.date | None


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One client's part of a session, by the clock of the practice unless `offset` (minutes) says otherwise."""

    row: int
    client: Who
    clinician: Who
    supervisor: Who
    date: dt.date
    time: dt.time
    offset: int | None
    minutes: int
    status: str
    code: str
    title: str
    modifiers: tuple[str, ...]
    units: int
    place: str
    location: str
    diagnoses: tuple[str, ...]
    fee: Decimal
    note: str
    external_id: str = ""
    is_assumed: bool = False
    has_time: bool = True


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """What was owed, or kept as credit, in the former system. `amount` is above zero."""

    row: int
    client: Who
    clinician: Who
    by_insurer: bool
    is_credit: bool
    payer_name: str
    payer_id: str
    amount: Decimal
    on: dt.date
    memo: str


@dataclass(frozen=True, slots=True)
class DateQuestion:
    """A column whose dates can be read in two ways."""

    column: int
    header: str
    example: str


@dataclass
class Parsed:
    """Everything a file says. `lines` counts its rows, `skipped` the rows left out on purpose, by reason."""

    lines: int = 0
    clinicians: list[ClinicianRow] = field(default_factory=list)
    clients: list[ClientRow] = field(default_factory=list)
    coverage: list[CoverageRow] = field(default_factory=list)
    sessions: list[SessionRow] = field(default_factory=list)
    balances: list[BalanceRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    dates: list[DateQuestion] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    notices: list[str] = field(default_factory=list)

    def of_kind(self, kind: str) -> list[Any]:
        """The rows of one kind."""
        found: list[Any] = getattr(self, kind)
        return found
