"""What happens to an open charge besides being paid: written off, or moved between client and insurer."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Final

from django.db import transaction

from billing.charges import facts_of
from billing.ledger import postings
from billing.ledger.postings import ChargeFacts, Posting
from billing.models import Entry
from billing.money.errors import MoneyRefusedError
from billing.money.services._case import lock_by_charge, refuse_above, refuse_amount
from billing.money.words import charge_name
from billing.secondary.owing import debts
from practice.actors import Actor

CLIENT: Final = "client"
INSURER: Final = "insurer"


@transaction.atomic
def write_off(
    *,
    actor: Actor,
    charge_id: int,
    amount: Decimal,
    reason: str,
    bad_debt: bool = False,
    owed_by: str = CLIENT,
    coverage_id: int | None = None,
) -> Entry:
    """Gives up what is open on a charge; MoneyRefusedError without a reason, or for more than is open there.

    Where several insurers owe, the one of `coverage_id` is relieved first, else the charge's own.
    """
    actor.require("money:edit")
    case = lock_by_charge(actor, charge_id)
    charge, owed = case.charge(charge_id)
    refuse_amount(amount)
    if not reason.strip():
        raise MoneyRefusedError("Say why this is written off.", "reason")
    limit, who = (owed.by_insurer, "insurer") if owed_by == INSURER else (owed.by_client, "client")
    refuse_above(amount, limit, f"The {who} owes {{}} on {charge_name(charge, case.today)}.")
    lose = partial(postings.write_off, bad_debt=bad_debt, from_insurer=owed_by == INSURER)
    facts = facts_of(charge)
    lines = _of_insurers(lose, facts, amount, coverage_id) if owed_by == INSURER else lose(facts, amount)
    entry = case.post(Entry.Kind.WRITE_OFF, lines, memo=reason.strip())
    case.record("charge.written_off", charge, amount=str(amount), reason=reason, bad_debt=bad_debt, owed_by=owed_by)
    return entry


@transaction.atomic
def move(
    *, actor: Actor, charge_id: int, amount: Decimal, to: str, reason: str = "", coverage_id: int | None = None
) -> Entry:
    """Asks the client instead of the insurer, or the other way round, for part of a charge.

    Where several insurers owe, the one of `coverage_id` is relieved first, else the charge's own.
    MoneyRefusedError for more than the other side owes, or where the charge has no insurer.
    """
    actor.require("money:edit")
    case = lock_by_charge(actor, charge_id)
    charge, owed = case.charge(charge_id)
    refuse_amount(amount)
    name = charge_name(charge, case.today)
    if to == INSURER and charge.payer_id is None:
        raise MoneyRefusedError(f"No insurer was asked for {name}; the client pays it themselves.", "to")
    limit, who = (owed.by_client, "client") if to == INSURER else (owed.by_insurer, "insurer")
    refuse_above(amount, limit, f"The {who} owes {{}} on {name}.")
    facts = facts_of(charge)
    lines = (
        postings.to_insurer(facts, amount)
        if to == INSURER
        else _of_insurers(postings.to_client, facts, amount, coverage_id)
    )
    entry = case.post(Entry.Kind.TRANSFER, lines, memo=reason.strip())
    case.record("charge.moved", charge, amount=str(amount), to=to, reason=reason)
    return entry


def _of_insurers(
    post: Callable[[ChargeFacts, Decimal], list[Posting]], facts: ChargeFacts, amount: Decimal, coverage_id: int | None
) -> list[Posting]:
    """The lines of an amount that one or several insurers owe."""
    return [line for one, part in debts(facts, amount, coverage_id) for line in post(one, part)]
