"""Taking back what was posted wrongly: by entries that are its exact opposite, never by a change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.http import Http404

from billing.charges import facts_of
from billing.ledger import postings
from billing.ledger import services as ledger
from billing.ledger.services import AlreadyReversedError
from billing.models import Charge, ClientPayment, Entry, LedgerLine
from billing.money.errors import MoneyRefusedError
from billing.money.services._case import Case, lock
from billing.receivables import Owed, balance, owed, paid_by_client
from practice.actors import Actor
from practice.money import ZERO
from practice.templatetags.caseload import money

_DONE: Final = "This was undone already."
_UNDOABLE: Final = (Entry.Kind.APPLY, Entry.Kind.WRITE_OFF, Entry.Kind.TRANSFER)


@dataclass(frozen=True, slots=True)
class _Figures:
    """What must not fall below zero: by its name and charge."""

    amounts: dict[tuple[str, int], Decimal]


_SENTENCES: Final = {
    "credit": "{} of this credit was used since. Take that back first.",
    "client": "The client would have paid {} too much on this charge. Take it off the charge first.",
    "insurer": "The insurer would have paid {} too much on this charge. Move it back first.",
    "paid": "{} of it was taken off the charge since. Undo that first.",
}


@transaction.atomic
def undo_entry(*, actor: Actor, entry_id: int, reason: str = "") -> Entry:
    """Reverses a write-off, a move, or credit applied or taken off.

    MoneyRefusedError when it was undone before, or later entries rest on it.
    """
    actor.require("money:edit")
    line = LedgerLine.objects.filter(entry=entry_id, client__isnull=False).order_by("pk").first()
    case = lock(actor, (line and line.client_id) or 0)
    entry = Entry.objects.get(pk=entry_id)
    if entry.kind not in _UNDOABLE:
        raise MoneyRefusedError("Only write-offs, moves and credit are undone here.")
    charge_ids = _charge_ids([entry])
    case.charges(charge_ids)
    before = _figures(case, charge_ids)
    reversal = _reverse([entry], case, reason)[0]
    _refuse_worse(before, _figures(case, charge_ids))
    case.record("ledger.undone", entry, kind=entry.kind, reversal=reversal.pk, reason=reason)
    return reversal


@transaction.atomic
def reverse_payment(*, actor: Actor, payment_id: int, reason: str = "") -> Entry:
    """Takes back a payment or a refund, for the reason that was given; the Undo right after it gives none.

    What the payment had paid is owed again; where its money was moved since, that follows it. MoneyRefusedError when
    it was taken back before, or part of it was refunded.
    """
    actor.require("money:edit")
    client_id = ClientPayment.objects.filter(pk=payment_id).values_list("client_id", flat=True).first()
    case = lock(actor, client_id or 0)
    payment = ClientPayment.objects.get(pk=payment_id)
    kinds = (Entry.Kind.PAYMENT, Entry.Kind.REFUND)
    entries = list(Entry.objects.filter(payment=payment, kind__in=kinds).order_by("pk"))
    if not entries:
        raise Http404
    _lock_charges(case)
    reversal = _reverse(entries, case, reason)[0]
    _follow(case)
    case.record("payment.reversed", payment, reversal=reversal.pk, reason=reason)
    return reversal


def _reverse(entries: Sequence[Entry], case: Case, reason: str) -> list[Entry]:
    try:
        return ledger.reverse_many(entries, practice=case.practice, actor=case.actor, memo=reason)
    except AlreadyReversedError as error:
        raise MoneyRefusedError(_DONE) from error


def _lock_charges(case: Case) -> list[Charge]:
    return list(Charge.objects.select_for_update(no_key=True).filter(client=case.client).order_by("pk"))


def _follow(case: Case) -> None:
    """Sets right what rested on a payment that is gone: first charges it was taken off, then credit it became."""
    charges = {row.pk: row for row in Charge.objects.filter(client=case.client)}
    for pk, paid in paid_by_client(charges).items():
        if paid < ZERO:
            case.post(Entry.Kind.APPLY, postings.apply_credit(facts_of(charges[pk]), -paid))
    short = -balance(case.client.pk).credit
    paid_now = paid_by_client(charges)
    for charge in sorted(charges.values(), key=lambda row: (row.service_on, row.pk), reverse=True):
        part = min(short, paid_now.get(charge.pk, ZERO))
        if part > ZERO:
            case.post(Entry.Kind.APPLY, postings.release(facts_of(charge), part))
            short -= part
    if short > ZERO:
        raise MoneyRefusedError(f"{money(short)} of this money was refunded. Take the refund back first.")


def _charge_ids(entries: Sequence[Entry]) -> list[int]:
    rows = LedgerLine.objects.filter(entry__in=[entry.pk for entry in entries], charge__isnull=False)
    return sorted({pk for pk in rows.values_list("charge_id", flat=True) if pk is not None})


def _figures(case: Case, charge_ids: Sequence[int]) -> _Figures:
    found, paid = owed(charge_ids), paid_by_client(charge_ids)
    amounts = {("credit", 0): balance(case.client.pk).credit}
    for pk in charge_ids:
        amounts["client", pk] = found.get(pk, Owed()).by_client
        amounts["insurer", pk] = found.get(pk, Owed()).by_insurer
        amounts["paid", pk] = paid.get(pk, ZERO)
    return _Figures(amounts)


def _refuse_worse(before: _Figures, after: _Figures) -> None:
    """MoneyRefusedError when a figure is below zero that was not, or is further below than it was."""
    for key, amount in after.amounts.items():
        if amount < min(before.amounts[key], ZERO):
            raise MoneyRefusedError(_SENTENCES[key[0]].format(money(-amount)))
