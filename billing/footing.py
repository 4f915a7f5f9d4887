"""What the practice's charges and ledger come to as a whole: what everything else must foot to."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db.models import Count, Sum

from billing.models import Account, Charge, LedgerLine
from practice.actors import Actor
from practice.money import ZERO

Footing = tuple[int, Decimal]


def charges(actor: Actor, *, insured: bool = False) -> Footing:
    """How many charges stand, and their dollars; all, or those that an insurer is asked for."""
    actor.require("billing:view")
    rows = Charge.objects.filter(undone_at=None)
    if insured:
        rows = rows.filter(payer__isnull=False)
    found = rows.aggregate(count=Count("pk"), dollars=Sum("amount", default=ZERO))
    return found["count"], found["dollars"]


def account(actor: Actor, name: str, posted_on: dt.date | None = None, *, insured: bool = False) -> Footing:
    """How many entries touch an account and what it holds, debit above zero.

    Those posted on one day, or all; all lines, or those of charges that an insurer is asked for.
    """
    actor.require("billing:view")
    lines = LedgerLine.objects.filter(account=Account(name))
    if posted_on is not None:
        lines = lines.filter(posted_on=posted_on)
    if insured:
        lines = lines.filter(charge__payer__isnull=False)
    found = lines.aggregate(count=Count("entry", distinct=True), dollars=Sum("amount", default=ZERO))
    return found["count"], found["dollars"]


def ledger(actor: Actor) -> Footing:
    """How many entries there are, and the sum of all their lines, which is zero."""
    actor.require("billing:view")
    found = LedgerLine.objects.aggregate(count=Count("entry", distinct=True), dollars=Sum("amount", default=ZERO))
    return found["count"], found["dollars"]
