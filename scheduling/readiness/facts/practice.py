"""What the practice is and offers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeFacts:
    """The practice's own fee in dollars in a span of days, both ends included."""

    amount: Decimal
    starts_on: dt.date
    ends_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFacts:
    """Something the practice offers; times are minutes."""

    id: int
    code: str
    name: str = ""
    kind: str = "individual"
    time_min: int | None = None
    time_max: int | None = None
    units_rule: str = ""
    add_on_to: tuple[str, ...] = ()
    needs_diagnosis: bool = True
    telehealth: bool = True
    insured: bool = True
    is_active: bool = True
    fees: tuple[FeeFacts, ...] = ()

    @property
    def is_add_on(self) -> bool:
        """Whether it is only ever billed with another service."""
        return bool(self.add_on_to) or self.kind == "add_on"

    def fits(self, minutes: int) -> bool:
        """Whether the code covers a session of this length."""
        return (self.time_min or 0) <= minutes and (self.time_max is None or minutes <= self.time_max)

    def fee_on(self, date: dt.date) -> Decimal | None:
        """The fee on a date of service; None where none is set."""
        for fee in self.fees:
            if fee.starts_on <= date and (fee.ends_on is None or date <= fee.ends_on):
                return fee.amount
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationFacts:
    """Where a session takes place; `address1` is empty where it has no address of its own."""

    id: int
    name: str
    place_of_service: str = "11"
    address1: str = ""
    state: str = ""
    zip: str = ""
    is_telehealth: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeFacts:
    """Who the practice is on a claim, and what it offers. `is_set_up` is false before anything was entered."""

    is_set_up: bool = True
    legal_name: str = ""
    has_ein: bool = False
    npi: str = ""
    taxonomy: str = ""
    address1: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    services: tuple[ServiceFacts, ...] = ()
