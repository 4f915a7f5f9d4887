"""An EB as data, with every element and everything that hangs on it (loops 2110, 2115 and 2120 of the 271)."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from edi.codes.eligibility import benefit_information, benefit_periods, insurance_types
from edi.eligibility.people import Dated, Provider
from edi.eligibility.rejection import Rejection
from edi.parties import Address, Contact, Name, Reference

PLACE_LIST = "ZZ"


@dataclass(frozen=True, slots=True)
class Entity:
    """Loop 2120: who else the benefit has to do with (PR a payer, P3 the primary care provider)."""

    name: Name
    address: Address | None = None
    contacts: tuple[Contact, ...] = ()
    provider: Provider | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """An HSD: how much (VS visits, DY days) in which span (`period` as EB06, `periods` how many of them)."""

    qualifier: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    frequency: Decimal | None = None
    period: str = ""
    periods: Decimal | None = None
    pattern: str = ""
    pattern_time: str = ""


@dataclass(frozen=True, slots=True)
class Detail:
    """An III: an industry code; under ZZ it is a place of service."""

    code_list: str
    code: str
    category: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Benefit:
    """One EB.

    `information` EB01, `coverage_level` EB02, `service_types` EB03, `insurance_type` EB04, `plan` EB05, `period` EB06,
    `amount` EB07 in dollars, `share` EB08 as a fraction (0.2 is 20 %), `quantity_qualifier` and `quantity` EB09 and
    EB10, `authorization` EB11 (Y, N, U), `network` EB12 (Y, N, U, W both), `procedure` EB13 as qualifier, code,
    modifiers, `pointers` EB14.
    """

    information: str
    coverage_level: str = ""
    service_types: tuple[str, ...] = ()
    insurance_type: str = ""
    plan: str = ""
    period: str = ""
    amount: Decimal | None = None
    share: Decimal | None = None
    quantity_qualifier: str = ""
    quantity: Decimal | None = None
    authorization: str = ""
    network: str = ""
    procedure: tuple[str, ...] = ()
    pointers: tuple[str, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    references: tuple[Reference, ...] = ()
    dates: tuple[Dated, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    messages: tuple[str, ...] = ()
    details: tuple[Detail, ...] = ()
    entities: tuple[Entity, ...] = ()
    segment: int = field(default=0, compare=False)
    """Its number in the file, counted from ST as 1; 0 before it is written."""

    @property
    def words(self) -> str:
        """EB01 in words; what is not in our list is shown as it came."""
        known = benefit_information().get(self.information)
        return known.meaning if known else f"Information {self.information or '(none)'}"

    @property
    def effect(self) -> str:
        """What EB01 does: active, inactive, check, amount, not_covered, limit and so on; empty when not listed."""
        known = benefit_information().get(self.information)
        return known.effect if known else ""

    @property
    def period_kind(self) -> str:
        """The kind of EB06: year, used, remaining, visit and so on; empty when it is missing or not listed."""
        known = benefit_periods().get(self.period)
        return known.kind if known else ""

    @property
    def insurance(self) -> str:
        """EB04 in words; what is not in our list is shown as it came."""
        return insurance_types().get(self.insurance_type, self.insurance_type)

    @property
    def places(self) -> tuple[str, ...]:
        """The places of service it is limited to; none when it is not."""
        return tuple(one.code for one in self.details if one.code_list == PLACE_LIST)
