"""Who is treated and who pays: diagnoses, coverage with its payer, authorizations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnosisFacts:
    """A diagnosis on the client's record."""

    code: str
    starts_on: dt.date
    ends_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesFacts:
    """How a payer wants claims for sessions of a span of days; the defaults count where nothing is written down."""

    starts_on: dt.date = dt.date.min
    ends_on: dt.date | None = None
    taxonomy: str = "both"
    home_place: str = "10"
    elsewhere_place: str = "02"
    video_modifier: str = "95"
    audio_modifier: str = "93"
    supervised: str = "refused"
    supervised_modifier: str = ""
    wants_cosignature: bool = False
    wants_referring: bool = False
    filing_days: int = 90
    member_id_form: str = ""
    authorized_codes: tuple[str, ...] = ()

    def hold(self, date: dt.date) -> bool:
        """Whether they count on the date."""
        return self.starts_on <= date and (self.ends_on is None or date <= self.ends_on)


USUAL: Final = RulesFacts()


@dataclass(frozen=True, slots=True, kw_only=True)
class PayerFacts:
    """A payer in use. `electronic_since` holds per transaction (837, 835, 270) the day it began.

    `electronic_for` holds the billing NPI it is for, where that was written down.
    """

    id: int
    name: str
    payer_id: str = ""
    rules: tuple[RulesFacts, ...] = ()
    electronic_since: Mapping[str, dt.date] = field(default_factory=dict)
    electronic_for: Mapping[str, str] = field(default_factory=dict)

    def rules_on(self, date: dt.date) -> RulesFacts:
        """How it wants claims for sessions of the date."""
        return next((one for one in self.rules if one.hold(date)), USUAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorizationFacts:
    """How many units the payer allowed; no codes means every code."""

    id: int
    number: str
    units: int
    starts_on: dt.date
    ends_on: dt.date
    codes: tuple[str, ...] = ()

    def is_for(self, code: str) -> bool:
        """Whether the code counts against it."""
        return not self.codes or code in self.codes

    def covers(self, date: dt.date, code: str) -> bool:
        """Whether a session of that day and code counts against it."""
        return self.is_for(code) and self.starts_on <= date <= self.ends_on


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageFacts:
    """A plan of the client. Subscriber facts are those of another person where `is_own` is false."""

    id: int
    payer: PayerFacts
    rank: str = "primary"
    member_id: str = ""
    starts_on: dt.date = dt.date.min
    ends_on: dt.date | None = None
    is_own: bool = True
    subscriber_first_name: str = ""
    subscriber_last_name: str = ""
    subscriber_date_of_birth: dt.date | None = None
    subscriber_has_address: bool = False
    referring_npi: str = ""
    authorizations: tuple[AuthorizationFacts, ...] = ()

    def is_active_on(self, date: dt.date) -> bool:
        """Whether the plan ran on the date."""
        return self.starts_on <= date and (self.ends_on is None or date <= self.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientFacts:
    """The client as claims know them, with every plan and diagnosis on the record."""

    id: int
    first_name: str
    last_name: str
    date_of_birth: dt.date | None = None
    sex: str = ""
    has_address: bool = False
    state: str = ""
    own_rate: Decimal | None = None
    diagnoses: tuple[DiagnosisFacts, ...] = ()
    coverages: tuple[CoverageFacts, ...] = ()

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"

    def plan_on(self, date: dt.date) -> CoverageFacts | None:
        """The primary plan that ran on the date."""
        running = (row for row in self.coverages if row.rank == "primary" and row.is_active_on(date))
        return next(running, None)

    def plan(self, coverage_id: int | None) -> CoverageFacts | None:
        """The plan of that id; None when it is not this client's."""
        return next((row for row in self.coverages if row.id == coverage_id), None)
