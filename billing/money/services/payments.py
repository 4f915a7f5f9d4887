"""Money that comes and goes: a payment taken elsewhere, and a refund."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction

from billing.charges import facts_of
from billing.ledger import postings
from billing.models import ClientPayment, Entry
from billing.money.errors import MoneyRefusedError
from billing.money.services._case import Case, lock, plain, refuse_above, refuse_amount, refuse_future
from billing.money.spreading import oldest_first, without_zeros
from billing.money.words import charge_name
from billing.receivables import balance
from practice import audit, clock
from practice.actors import Actor
from practice.money import ZERO, total
from practice.templatetags.caseload import money


@transaction.atomic
def take_payment(
    *,
    actor: Actor,
    client_id: int,
    method: str,
    amount: Decimal,
    received_on: dt.date,
    reference: str = "",
    note: str = "",
    applications: Mapping[int, Decimal] | None = None,
) -> ClientPayment:
    """Writes down a payment and applies it to charges; the rest is the client's credit.

    `applications` says how many dollars go to which charge; without it the oldest open charges are paid first.
    MoneyRefusedError when more is applied than paid or than a charge has open, or the day is in the future.
    """
    actor.require("money:edit")
    case = lock(actor, client_id)
    refuse_amount(amount)
    refuse_future(received_on, case.today, "received_on")
    parts = oldest_first(amount, case.open_charges().items()) if applications is None else without_zeros(applications)
    charges = case.charges(parts)
    _refuse_parts(case, parts, amount)
    payment = _payment(
        case, method=method, amount=amount, received_on=received_on, reference=reference.strip(), note=note.strip()
    )
    lines = postings.payment(amount, client_id, [(facts_of(charges[pk]), part) for pk, part in parts.items()])
    case.post(Entry.Kind.PAYMENT, lines, on=received_on, payment_id=payment.pk)
    case.record("payment.taken", payment, **audit.snapshot(payment), applied=plain(parts))
    return payment


@transaction.atomic
def refund(
    *,
    actor: Actor,
    client_id: int,
    method: str,
    amount: Decimal,
    paid_on: dt.date,
    reference: str = "",
    note: str = "",
) -> ClientPayment:
    """Writes down that credit went back to the client; MoneyRefusedError for more than the credit there is."""
    actor.require("money:edit")
    case = lock(actor, client_id)
    refuse_amount(amount)
    refuse_future(paid_on, case.today, "paid_on")
    credit = balance(client_id).credit
    refuse_above(amount, credit, "The client has {} of credit. Take money off a charge first to refund more.")
    facts = {"method": method, "amount": amount, "reference": reference.strip(), "note": note.strip()}
    payment = _payment(case, direction=ClientPayment.Direction.REFUND, received_on=paid_on, **facts)
    case.post(Entry.Kind.REFUND, postings.refund(amount, client_id), on=paid_on, payment_id=payment.pk)
    case.record("payment.refunded", payment, **audit.snapshot(payment))
    return payment


def refuse_parts(case: Case, parts: Mapping[int, Decimal]) -> None:
    """MoneyRefusedError when a charge would get less than nothing or more than the client owes on it."""
    open_charges, charges = case.open_charges(), case.charges(parts)
    for pk, part in parts.items():
        field = f"apply_{pk}"
        refuse_amount(part, field)
        name = charge_name(charges[pk], case.today)
        refuse_above(part, open_charges.get(pk, ZERO), f"The client owes {{}} on {name}.", field)


def _refuse_parts(case: Case, parts: Mapping[int, Decimal], amount: Decimal) -> None:
    refuse_parts(case, parts)
    applied = total(parts.values())
    if applied > amount:
        raise MoneyRefusedError(
            f"{money(applied)} is applied, but only {money(amount)} was paid. Lower what is applied."
        )


def _payment(case: Case, **facts: Any) -> ClientPayment:
    return ClientPayment.objects.create(client=case.client, made_at=clock.now(), made_by_id=case.actor.user_id, **facts)
