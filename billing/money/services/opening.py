"""Opening balances: what was owed, or kept as credit, in a former system. Their other side is never revenue."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

from django.db import transaction

from billing.ledger import services as ledger
from billing.ledger.postings import Posting
from billing.ledger.services import Draft
from billing.models import Account, Entry
from billing.money.errors import MoneyRefusedError
from billing.money.policies import visible_clients
from billing.money.services._case import refuse_amount
from billing.receivables import balances
from practice import audit
from practice.actors import Actor
from practice.models import Practice
from practice.money import ZERO
from practice.templatetags.caseload import money

_REFERENCE: Final = "OPENING"


@dataclass(frozen=True, slots=True)
class Opening:
    """One balance, in dollars above zero: who owes it or whose credit it is, since when, and where it comes from."""

    client_id: int
    amount: Decimal
    on: dt.date
    by_insurer: bool = False
    is_credit: bool = False
    payer_id: int | None = None
    clinician_id: int | None = None
    memo: str = ""


@transaction.atomic
def post_openings(*, actor: Actor, practice: Practice, openings: Sequence[Opening]) -> list[Entry]:
    """Posts the balances against opening balance, one entry each, in the order given.

    What an insurer paid too much is a balance with that payer, never the client's credit.
    """
    actor.require("money:edit")
    for opening in openings:
        refuse_amount(opening.amount)
    _lock(actor, {opening.client_id for opening in openings})
    drafts = [Draft(Entry.Kind.OPENING, _lines(one), one.on, memo=one.memo) for one in openings]
    made = ledger.post_many(drafts, practice=practice, actor=actor)
    audit.record_many(
        [_event("opening.posted", actor, entry, one.client_id) for entry, one in zip(made, openings, strict=True)]
    )
    return made


@transaction.atomic
def take_back_openings(*, actor: Actor, practice: Practice, entry_ids: Collection[int], why: str) -> set[int]:
    """Reverses opening balances; the clients they are about. MoneyRefusedError when credit of one was used since."""
    actor.require("money:edit")
    reversed_ids = Entry.objects.filter(reverses__in=entry_ids).values_list("reverses", flat=True)
    standing = set(entry_ids) - set(reversed_ids)
    entries = list(Entry.objects.filter(pk__in=standing, kind=Entry.Kind.OPENING).order_by("pk"))
    lines = ledger.lines_of([entry.pk for entry in entries])
    of = {number: next(line.client_id for line in rows if line.client_id) or 0 for number, rows in lines.items()}
    names = {row.pk: row.name for row in _lock(actor, set(of.values()))}
    _refuse_used(lines, names)
    ledger.reverse_many(entries, practice=practice, actor=actor, memo=why)
    audit.record_many([_event("opening.undone", actor, entry, of[entry.pk]) for entry in entries])
    return set(of.values())


def _lock(actor: Actor, client_ids: Collection[int]) -> list[Any]:
    return list(
        visible_clients(actor).select_for_update(of=("self",), no_key=True).filter(pk__in=client_ids).order_by("pk")
    )


def _lines(one: Opening) -> list[Posting]:
    """A debt raises what is owed; a credit raises what we owe: to the client, or to the payer."""
    account = Account.INSURER_RECEIVABLE if one.by_insurer else Account.CLIENT_RECEIVABLE
    if one.is_credit:
        account = Account.PAYER_BALANCE if one.by_insurer else Account.CLIENT_CREDIT
    amount = -one.amount if one.is_credit else one.amount
    about = Posting("", ZERO, client_id=one.client_id, payer_id=one.payer_id, clinician_id=one.clinician_id)
    reference = _REFERENCE if account == Account.PAYER_BALANCE else ""
    return [
        replace(about, account=account, amount=amount, reference=reference),
        replace(about, account=Account.OPENING_BALANCE, amount=-amount),
    ]


def _refuse_used(lines: dict[int, list[Posting]], names: dict[int, str]) -> None:
    credit: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for rows in lines.values():
        for line in rows:
            if line.account == Account.CLIENT_CREDIT and line.client_id:
                credit[line.client_id] -= line.amount
    for client_id, now in balances(credit).items():
        if now.credit < credit[client_id]:
            raise MoneyRefusedError(
                f"{names[client_id]} had {money(credit[client_id])} of credit brought over and has "
                f"{money(now.credit)} left. Take back what was applied or refunded first."
            )


def _event(action: str, actor: Actor, entry: Entry, client_id: int) -> audit.Event:
    return audit.event(action, actor=actor, row=entry, client_id=client_id, after={"effective_on": entry.effective_on})
