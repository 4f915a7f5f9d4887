"""What a file for a payroll provider is made of: people, and their pay by sort. No line, no session, no client."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from practice.money import ZERO, total


class Sort(StrEnum):
    """The sorts of pay that providers tell apart; `COMMISSION` is sessions, add-ons, absences and what is carried."""

    HOURS = "hours"
    TIME_OFF = "time_off"
    OVERTIME = "overtime"
    SALARY = "salary"
    COMMISSION = "commission"
    BONUS = "bonus"
    OTHER = "other"
    CORRECTION = "correction"
    REIMBURSEMENT = "reimbursement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pay:
    """One person's pay of one sort, and of one rate where it is for hours; dollars."""

    sort: Sort
    amount: Decimal
    hours: Decimal = ZERO
    rate: Decimal | None = None


class About(StrEnum):
    """Where something that is missing is put right."""

    PEOPLE = "people"
    SETUP = "setup"
    HOURS = "hours"
    RULES = "rules"
    RUN = "run"


@dataclass(frozen=True, slots=True)
class Missing:
    """What must be put right before a file is made, in a sentence; `clinician_id` is 0 where it is about nobody."""

    words: str
    about: About
    clinician_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Payee:
    """Somebody in a run: `name` as we say it, the other names and the number as the provider knows them."""

    name: str
    first_name: str
    last_name: str
    tax_class: str
    clinician_id: int = 0
    external_id: str = ""
    title: str = ""
    business_name: str = ""
    is_mapped: bool = True
    is_owner: bool = False
    pay: tuple[Pay, ...] = ()

    @property
    def amount(self) -> Decimal:
        """All that the run pays this person."""
        return total(one.amount for one in self.pay)

    def of(self, *sorts: Sort) -> Decimal:
        """The dollars of these sorts."""
        return total(one.amount for one in self.pay if one.sort in sorts)

    def hours_of(self, *sorts: Sort) -> Decimal:
        """The hours of these sorts."""
        return total(one.hours for one in self.pay if one.sort in sorts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """The people one file is for, with the run's dates and how the provider is set up."""

    starts_on: dt.date
    ends_on: dt.date
    pay_on: dt.date
    frequency: str
    is_off_cycle: bool = False
    company: str = ""
    salaries: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    payees: tuple[Payee, ...] = ()

    @property
    def amount(self) -> Decimal:
        """What the run pays these people."""
        return total(one.amount for one in self.payees)

    @property
    def hours(self) -> Decimal:
        """The hours that the run pays these people for."""
        return total(one.hours_of(Sort.HOURS, Sort.TIME_OFF) for one in self.payees)

    @property
    def salaries_in_file(self) -> bool:
        """Whether salaries are dollars of the file; otherwise the provider pays them by itself."""
        return self.salaries == "file"

    @property
    def salaries_there(self) -> Decimal:
        """The salaries that a provider who takes hours pays by itself."""
        return ZERO if self.salaries_in_file else total(one.of(Sort.SALARY) for one in self.payees)


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One provider's file.

    `missing` says what must be there first. `left_out` are the dollars that the file says as hours or leaves to the
    provider; `money` names the columns of dollars, `hours` those of hours that the provider multiplies.
    """

    tax_classes: frozenset[str]
    write: Callable[[Batch], bytes]
    filename: Callable[[Batch], str]
    missing: Callable[[Batch], list[Missing]]
    left_out: Callable[[Batch], Decimal]
    money: tuple[str, ...]
    hours: tuple[str, ...] = ()
    lines_before_header: int = 0
