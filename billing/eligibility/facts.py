"""What one answer says, as plain data that is stored with it. Nothing here is guessed: what is not said is None."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from edi import json

NOT_SERVED: Final = frozenset({"53", "54", "55"})
"""Rejections of the service type that was asked for."""

NOT_THAT_DAY: Final = frozenset({"56", "57", "62", "63"})
"""Rejections of the day that was asked for."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Dollars, a share or a count; `amount` is None where the payer says `several` things. `service_type` is EB03."""

    amount: Decimal | None
    service_type: str
    several: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Limit:
    """A yearly limit: how much, what is left, what was used. `whose` is individual, family or empty."""

    total: Figure | None = None
    left: Figure | None = None
    used: Figure | None = None
    whose: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody else who pays, or may: a carve-out or another payer."""

    name: str
    id: str = ""
    phone: str = ""
    service_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reject:
    """Why the payer did not answer: `reason` is AAA03, `level` whose part of the question it is about."""

    reason: str
    words: str
    fix: str = ""
    action: str = ""
    level: str = ""
    is_about_client: bool | None = None
    may_retry: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """The client as the payer knows them, where it says that its record differs."""

    first_name: str = ""
    last_name: str = ""
    member_id: str = ""
    date_of_birth: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """The answer. Figures hold in network, or where the payer names no network; `network` says which: in or empty."""

    is_active: bool | None = None
    is_under_review: bool = False
    since: dt.date | None = None
    until: dt.date | None = None
    plan_name: str = ""
    insurance: str = ""
    group_number: str = ""
    covered: bool | None = None
    network: str = ""
    copay: Figure | None = None
    coinsurance: Figure | None = None
    deductible: Limit | None = None
    family_deductible: Limit | None = None
    out_of_pocket: Limit | None = None
    visits: Limit | None = None
    needs_authorization: bool | None = None
    telehealth: bool | None = None
    telehealth_copay: Figure | None = None
    telehealth_words: tuple[str, ...] = ()
    carve_outs: tuple[Party, ...] = ()
    other_payers: tuple[Party, ...] = ()
    rejects: tuple[Reject, ...] = ()
    as_known: Person | None = None
    is_doubtful: bool = False

    @property
    def service_type(self) -> str | None:
        """Which service type what the client pays comes from; None while nothing says what they pay."""
        limits = (self.deductible.left or self.deductible.total) if self.deductible else None
        found = self.copay or self.coinsurance or limits
        return found.service_type if found else None

    @property
    def has_figures(self) -> bool:
        """Whether the answer says what the client pays."""
        return self.copay is not None or self.coinsurance is not None or self.deductible is not None


def as_data(facts: Facts) -> Any:
    """The facts as JSON; amounts are text."""
    return json.write(facts)


def from_data(data: Any) -> Facts:
    """The facts that were stored."""
    return json.read(Facts, data) if data else Facts()
