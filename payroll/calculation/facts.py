"""What pay is figured from, as plain facts, and the line that comes of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from practice.money import ZERO

INSURER: Final = "insurer"
CLIENT: Final = "client"
W2: Final = "w2"
CONTRACTOR: Final = "1099"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One pay rule; an empty filter means all. `rate` is a share (0.62), `amount` dollars."""

    id: int
    rule_set_id: int
    method: str
    name: str = ""
    priority: int = 0
    recognized: str = "paid"
    rate: Decimal | None = None
    amount: Decimal | None = None
    applies_to: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    modifiers: frozenset[str] = frozenset()
    payer_ids: frozenset[int] = frozenset()
    payer_kind: str = ""
    location_ids: frozenset[int] = frozenset()
    service_kinds: frozenset[str] = frozenset()
    delivery: str = ""
    for_clients: bool = False
    client_ids: frozenset[int] = frozenset()
    hours_kinds: frozenset[str] = frozenset()
    group_cap: Decimal | None = None
    threshold: int | None = None
    window: str = ""
    periods_a_year: int | None = None

    @property
    def is_for_sessions(self) -> bool:
        """Whether it pays sessions and absences one by one."""
        return self.method in {"percent", "flat"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """One version of the rules of an engagement, both days included."""

    id: int
    version: int
    starts_on: dt.date
    ends_on: dt.date | None = None
    shares_takebacks: bool = True
    holds_unsigned: bool = False
    may_reduce: bool = False
    rules: tuple[Rule, ...] = ()

    def covers(self, day: dt.date) -> bool:
        """Whether this version is the one of the day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """An engagement that pay is reported under: W-2 or 1099."""

    id: int
    clinician_id: int
    tax_class: str
    starts_on: dt.date
    ends_on: dt.date | None = None
    is_nonexempt: bool = False
    rule_sets: tuple[RuleSet, ...] = ()

    def covers(self, day: dt.date) -> bool:
        """Whether these were the terms on the day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def rules_on(self, day: dt.date) -> RuleSet | None:
        """The version of the day, by date of service (`payroll.md` S5)."""
        return next((one for one in self.rule_sets if one.covers(day)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One charge of a confirmed attendance. `kind` is session, add_on, late_cancel or no_show."""

    id: int
    clinician_id: int
    on: dt.date
    kind: str = "session"
    code: str = ""
    units: int = 1
    attendance_id: int = 0
    session_id: int = 0
    starts_at: dt.datetime | None = None
    client_id: int = 0
    payer_id: int | None = None
    modifiers: frozenset[str] = frozenset()
    location_id: int | None = None
    service_kind: str = ""
    telehealth: bool = False

    @property
    def asks_for_note(self) -> bool:
        """Whether it took place, so that there must be a note."""
        return self.kind in {"session", "add_on"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """Money applied to a charge (above zero) or taken off it again, by who had paid it, on the day it was posted."""

    id: int
    service: Service
    amount: Decimal
    on: dt.date
    source: str = INSURER
    payer: str = ""
    reference: str = ""
    reverses_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Hours entered for one day and kind."""

    id: int
    clinician_id: int
    on: dt.date
    kind: str
    hours: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Manual:
    """An amount entered by hand, with its reason."""

    id: int
    clinician_id: int
    kind: str
    amount: Decimal
    reason: str
    hours: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A line that another run paid, as far as later lines need it."""

    id: int
    event_kind: str
    clinician_id: int
    engagement_id: int
    amount: Decimal
    rule_id: int | None = None
    charge_id: int | None = None
    session_id: int | None = None
    attendance_id: int | None = None
    ledger_line_id: int | None = None
    service_on: dt.date | None = None
    source: str = ""
    basis: Decimal = ZERO
    counted: Decimal = ZERO
    rate: Decimal | None = None
    run: str = ""


Step = dict[str, str]


@dataclass(slots=True, kw_only=True)
class Line:
    """One event under one rule version: signed dollars, and in words how they came about."""

    clinician_id: int
    engagement_id: int
    tax_class: str
    kind: str
    event_kind: str
    event_key: str
    amount: Decimal
    happened_on: dt.date
    words: str
    steps: list[Step] = field(default_factory=list)
    rule_id: int | None = None
    rule_set_id: int | None = None
    code: str = ""
    service_on: dt.date | None = None
    source: str = ""
    quantity: Decimal | None = None
    basis: Decimal | None = None
    counted: Decimal | None = None
    rate: Decimal | None = None
    is_held: bool = False
    is_adjustment: bool = False
    is_takeback: bool = False
    charge_id: int | None = None
    attendance_id: int | None = None
    session_id: int | None = None
    ledger_line_id: int | None = None
    hours_entry_id: int | None = None
    manual_line_id: int | None = None
    cause_line_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the calculation noticed. `block` stops the approval, `warn` and `info` are only said.

    Overtime names the first day of its workweek in `week`, and in `hours` what is above the limit.
    """

    code: str
    severity: str
    words: str
    clinician_id: int | None = None
    count: int = 0
    amount: Decimal | None = None
    week: dt.date | None = None
    hours: Decimal | None = None
