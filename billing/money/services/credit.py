"""Credit a client has: applied to charges, and taken off them again."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from billing.charges import facts_of
from billing.ledger import postings
from billing.models import Entry
from billing.money.errors import MoneyRefusedError
from billing.money.services._case import lock, lock_by_charge, plain, refuse_above, refuse_amount
from billing.money.services.payments import refuse_parts
from billing.money.spreading import oldest_first, without_zeros
from billing.money.words import charge_name
from billing.receivables import balance, paid_by_client
from practice.actors import Actor
from practice.money import ZERO, total


@transaction.atomic
def apply_credit(*, actor: Actor, client_id: int, applications: Mapping[int, Decimal] | None = None) -> list[Entry]:
    """Pays charges from the client's credit, the oldest first unless `applications` says dollars by charge.

    MoneyRefusedError for more than the credit, for more than a charge has open, and where there is nothing to do.
    """
    actor.require("money:edit")
    case = lock(actor, client_id)
    credit = balance(client_id).credit
    if applications is None:
        applications = oldest_first(credit, case.open_charges().items())
    parts = without_zeros(applications)
    if not parts:
        raise MoneyRefusedError("Say how much goes to which charge.")
    refuse_parts(case, parts)
    refuse_above(total(parts.values()), credit, "The client has {} of credit. Lower what is applied.", "")
    charges = case.charges(parts)
    entries = [
        case.post(Entry.Kind.APPLY, postings.apply_credit(facts_of(charges[pk]), part)) for pk, part in parts.items()
    ]
    case.record("credit.applied", case.client, applied=plain(parts))
    return entries


@transaction.atomic
def unapply(*, actor: Actor, charge_id: int, amount: Decimal) -> Entry:
    """Takes what the client paid off a charge and keeps it as credit; MoneyRefusedError for more than was paid."""
    actor.require("money:edit")
    case = lock_by_charge(actor, charge_id)
    charge, _ = case.charge(charge_id)
    refuse_amount(amount)
    paid = paid_by_client([charge_id]).get(charge_id, ZERO)
    refuse_above(amount, paid, f"The client has paid {{}} on {charge_name(charge, case.today)}.")
    entry = case.post(Entry.Kind.APPLY, postings.release(facts_of(charge), amount))
    case.record("payment.unapplied", charge, amount=str(amount))
    return entry
