"""What the list pages of the set-up show: locations, services with their fees, payers, contracts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db.models import Count

from practice.actors import Actor
from practice.models import (
    Contract,
    ContractRate,
    Location,
    PayerEnrollment,
    PayerRules,
    PlaceOfService,
    PracticePayer,
    Service,
    ServiceFee,
)
from practice.payer_rules import rulebook
from practice.setup import selectors


@dataclass(frozen=True, slots=True)
class LocationRow:
    """A location with the name of its place of service."""

    location: Location
    place: str


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service, the time range in words, and the fee of today; None where there is none."""

    service: Service
    time: str
    fee: Decimal | None


@dataclass(frozen=True, slots=True)
class PayerRow:
    """A payer with today's rules, the transactions it answers, and its contract where the actor may know of it."""

    payer: PracticePayer
    rules: PayerRules
    answers: tuple[str, ...]
    contract: Contract | None


@dataclass(frozen=True, slots=True)
class ContractRow:
    """A contract, how many rates it has, and whether it is past, running or still to come."""

    contract: Contract
    rates: int
    phase: str


_SERVICES: Final[dict[str, Callable[[ServiceRow], Any]]] = {
    "code": lambda row: (row.service.code or "~", row.service.name.casefold()),
    "name": lambda row: row.service.name.casefold(),
    "kind": lambda row: (row.service.get_kind_display(), row.service.code),
    "fee": lambda row: (row.fee or Decimal(-1), row.service.code),
}
_PAYERS: Final[dict[str, Callable[[PayerRow], Any]]] = {
    "name": lambda row: row.payer.name.casefold(),
    "id": lambda row: (row.payer.payer_id or "~", row.payer.name.casefold()),
    "days": lambda row: (row.rules.filing_days, row.payer.name.casefold()),
}


def locations(*, active: bool = True) -> list[LocationRow]:
    """The locations of one side, by name; two queries."""
    names = dict(PlaceOfService.objects.values_list("code", "name"))
    rows = Location.objects.filter(is_active=active)
    return [LocationRow(row, names.get(row.place_of_service, "")) for row in rows]


def services(today: dt.date, *, active: bool = True, sort: str = "") -> list[ServiceRow]:
    """The services of one side with today's fees; two queries."""
    fees = selectors.fees_on(today)
    rows = [ServiceRow(row, time_range(row), fees.get(row.pk)) for row in Service.objects.filter(is_active=active)]
    return _sorted(rows, _SERVICES, sort, "code")


def payers(actor: Actor, today: dt.date, *, active: bool = True, sort: str = "") -> list[PayerRow]:
    """The payers of one side with what they answer; four queries, three where the actor may not see rates."""
    found = list(PracticePayer.objects.filter(is_active=active))
    answers: dict[int, list[str]] = {}
    for payer_id, transaction in PayerEnrollment.objects.order_by("transaction").values_list("payer_id", "transaction"):
        answers.setdefault(payer_id, []).append(transaction)
    running = _running_contracts(today) if actor.may("rates:view") else {}
    rules = rulebook()
    rows = [
        PayerRow(row, rules.on(row.pk, today), tuple(answers.get(row.pk, ())), running.get(row.pk)) for row in found
    ]
    return _sorted(rows, _PAYERS, sort, "name")


def contracts(actor: Actor, payer: PracticePayer, today: dt.date) -> list[ContractRow]:
    """The payer's contracts, newest first; one query, none where the actor may not see rates."""
    if not actor.may("rates:view"):
        return []
    counted = ContractRate.objects.filter(contract__payer=payer).values("contract_id").annotate(rates=Count("pk"))
    rates = {row["contract_id"]: row["rates"] for row in counted.order_by()}
    rows = Contract.objects.filter(payer=payer)
    return [ContractRow(row, rates.get(row.pk, 0), phase(row.starts_on, row.ends_on, today)) for row in rows]


def fee_history(service: Service) -> list[ServiceFee]:
    """The fees of a service, newest first."""
    return list(ServiceFee.objects.filter(service=service))


def contract_rates(contract: Contract) -> dict[tuple[int, str], Decimal]:
    """The rates of one contract by service and level."""
    rows = ContractRate.objects.filter(contract=contract).values_list("service_id", "level", "amount")
    return {(service, level): amount for service, level, amount in rows}


def rated_services(contract: Contract) -> list[Service]:
    """The services a contract may have rates for: those that insurers pay for, and those it has rates for already."""
    rated = ContractRate.objects.filter(contract=contract).values_list("service_id", flat=True)
    rows = Service.objects.filter(is_active=True, insured=True) | Service.objects.filter(pk__in=set(rated))
    return list(rows)


def phase(starts_on: dt.date, ends_on: dt.date | None, today: dt.date) -> str:
    """`past`, `running` or `coming`."""
    if starts_on > today:
        return "coming"
    return "past" if ends_on is not None and ends_on < today else "running"


def time_range(service: Service) -> str:
    """`38 to 52`, `53 or more`, `up to 20`; empty where the code has no time."""
    if service.time_min and service.time_max:
        return f"{service.time_min} to {service.time_max}"
    if service.time_min:
        return f"{service.time_min} or more"
    return f"up to {service.time_max}" if service.time_max else ""


def _running_contracts(today: dt.date) -> dict[int, Contract]:
    return {row.payer_id: row for row in Contract.objects.filter(selectors.holds_on(today))}


def _sorted(rows: list[Any], keys: dict[str, Callable[[Any], Any]], sort: str, default: str) -> list[Any]:
    return sorted(rows, key=keys.get(sort.removeprefix("-"), keys[default]), reverse=sort.startswith("-"))
