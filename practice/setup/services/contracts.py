"""What changes what payers agreed to pay: contracts, their spans, and a rate per service and credential level."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.db import IntegrityError, transaction

from practice import audit
from practice.actors import Actor
from practice.errors.database import constraint_of
from practice.models import Contract, ContractRate, CredentialLevel, PracticePayer, Service
from practice.models.setup import EVERY_LEVEL
from practice.overlaps import sharing_a_day
from practice.setup import words
from practice.setup.errors import SetupRefusedError
from practice.setup.services import _common

Cell = tuple[int, str]


@transaction.atomic
def add_contract(*, actor: Actor, payer_id: int, name: str, starts_on: dt.date, ends_on: dt.date | None) -> Contract:
    """Adds a contract without rates. SetupRefusedError names the contract whose days it would share."""
    actor.require("rates:edit")
    payer = _common.locked(PracticePayer, payer_id)
    contract = Contract(payer=payer)
    _put(contract, name, starts_on, ends_on)
    audit.record("contract.added", actor=actor, row=contract, after=audit.snapshot(contract))
    return contract


@transaction.atomic
def change_contract(
    *, actor: Actor, contract_id: int, name: str, starts_on: dt.date, ends_on: dt.date | None
) -> Contract:
    """Changes the name and the days of a contract; errors as `add_contract`."""
    actor.require("rates:edit")
    contract = _locked(contract_id)
    before = audit.snapshot(contract)
    _put(contract, name, starts_on, ends_on)
    _record("contract.changed", actor, contract, before)
    return contract


@transaction.atomic
def end_contract(*, actor: Actor, contract_id: int, ends_on: dt.date) -> Contract:
    """The last day of a contract."""
    actor.require("rates:edit")
    contract = _locked(contract_id)
    before = audit.snapshot(contract)
    _put(contract, contract.name, contract.starts_on, ends_on)
    _record("contract.ended", actor, contract, before)
    return contract


@transaction.atomic
def reopen_contract(*, actor: Actor, contract_id: int) -> Contract:
    """Takes the end of a contract back, where no later one began."""
    actor.require("rates:edit")
    contract = _locked(contract_id)
    before = audit.snapshot(contract)
    _put(contract, contract.name, contract.starts_on, None)
    _record("contract.reopened", actor, contract, before)
    return contract


@transaction.atomic
def copy_contract(
    *, actor: Actor, contract_id: int, name: str, starts_on: dt.date, ends_on: dt.date | None
) -> Contract:
    """A new contract with the same rates; a contract without an end ends the day before the new one starts."""
    actor.require("rates:edit")
    old = _locked(contract_id)
    if old.ends_on is None and starts_on > old.starts_on:
        end_contract(actor=actor, contract_id=old.pk, ends_on=starts_on - dt.timedelta(days=1))
    new = add_contract(actor=actor, payer_id=old.payer_id, name=name, starts_on=starts_on, ends_on=ends_on)
    rates = ContractRate.objects.filter(contract=old).values_list("service_id", "level", "amount")
    _insert(new, {(service, level): amount for service, level, amount in rates})
    audit.record("contract.copied", actor=actor, row=new, before={"contract_id": old.pk}, after={"rates": len(rates)})
    return new


@transaction.atomic
def save_rates(*, actor: Actor, contract_id: int, rates: Mapping[Cell, Decimal | None]) -> Contract:
    """Sets the agreed amounts by (service id, level); None takes one away, what is not named stays.

    The level is a `CredentialLevel` or empty for every level without its own. SetupRefusedError for an unknown
    service or level, or an amount below zero.
    """
    actor.require("rates:edit")
    contract = _locked(contract_id)
    _refuse_cells(rates)
    kept = {(row.service_id, row.level): row for row in ContractRate.objects.filter(contract=contract)}
    said = {_label(cell): _verb(kept.get(cell), amount) for cell, amount in rates.items()}
    _apply(contract, kept, rates)
    changed = {label: verb for label, verb in said.items() if verb}
    if changed:
        audit.record("rates.changed", actor=actor, row=contract, after=changed)
    return contract


def _verb(was: ContractRate | None, amount: Decimal | None) -> str:
    """What happened to a rate, without the amount: whoever reads the trail may not be let to see rates."""
    if was is None:
        return "" if amount is None else "set"
    if amount is None:
        return "removed"
    return "" if amount == was.amount else "changed"


def _apply(contract: Contract, kept: Mapping[Cell, ContractRate], rates: Mapping[Cell, Decimal | None]) -> None:
    gone = [kept[cell].pk for cell, amount in rates.items() if amount is None and cell in kept]
    changed = [kept[cell] for cell, amount in rates.items() if cell in kept and amount not in {None, kept[cell].amount}]
    for row in changed:
        row.amount = rates[row.service_id, row.level] or Decimal("0.00")
    ContractRate.objects.filter(pk__in=gone).delete()
    ContractRate.objects.bulk_update(changed, ["amount"], batch_size=500)
    _insert(contract, {cell: amount for cell, amount in rates.items() if amount is not None and cell not in kept})


def _insert(contract: Contract, rates: Mapping[Cell, Decimal]) -> None:
    rows = [
        ContractRate(contract=contract, service_id=service, level=level, amount=amount)
        for (service, level), amount in rates.items()
    ]
    ContractRate.objects.bulk_create(rows, batch_size=500)


def _refuse_cells(rates: Mapping[Cell, Decimal | None]) -> None:
    known = set(Service.objects.filter(pk__in={service for service, _ in rates}).values_list("pk", flat=True))
    for (service, level), amount in rates.items():
        if service not in known or level not in {EVERY_LEVEL, *CredentialLevel.values}:
            raise SetupRefusedError("There is no such service or level.")
        if amount is not None and amount < 0:
            raise SetupRefusedError(f"{words.dollars(amount)} is below zero. A rate is zero or more.")


def _label(cell: Cell) -> str:
    return f"{cell[0]} {cell[1] or 'every level'}"


def _put(contract: Contract, name: str, starts_on: dt.date, ends_on: dt.date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise SetupRefusedError("The contract ends before it starts.", "ends_on")
    _refuse_overlap(contract, starts_on, ends_on)
    _common.fill(contract, {"name": name.strip(), "starts_on": starts_on, "ends_on": ends_on})
    try:
        with transaction.atomic():
            contract.save()
    except IntegrityError as error:
        if constraint_of(error) != "contract_one_at_a_time":
            raise
        raise SetupRefusedError("Another contract was saved for these days meanwhile.", "starts_on") from error


def _refuse_overlap(contract: Contract, starts_on: dt.date, ends_on: dt.date | None) -> None:
    others = Contract.objects.filter(payer=contract.payer_id).exclude(pk=contract.pk)
    other = sharing_a_day(others, starts_on, ends_on).first()
    if other is not None:
        span = words.span(other.starts_on, other.ends_on)
        raise SetupRefusedError(f"{other.name} ({span}) covers some of these days. End it first.", "starts_on")


def _locked(contract_id: int) -> Contract:
    return _common.locked(Contract, contract_id)


def _record(action: str, actor: Actor, contract: Contract, before: Mapping[str, object]) -> None:
    was, became = audit.changes(before, audit.snapshot(contract))
    audit.record(action, actor=actor, row=contract, before=was, after=became)
