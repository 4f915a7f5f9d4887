"""What the practice's charges and ledger come to as a whole: what everything else must foot to."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db.models import Count, Sum

from billing.models import Account, Charge, LedgerLine
from practice.actors import Actor
from practice.money import ZERO

Footing = tuple[int, Decimal]


def charges(actor: Actor) -> Footing:
    """How many charges stand, and their dollars."""
    actor.require("billing:view")
    found = Charge.objects.filter(undone_at=None).aggregate(count=Count("pk"), dollars=Sum("amount", default=ZERO))
    return found["count"], found["dollars"]


def account(actor: Actor, name: str, posted_on: dt.date | None = None) -> Footing:
    """How many entries touch an account and what it holds, debit above zero; those posted on one day, or all."""
    actor.require("billing:view")
    lines = LedgerLine.objects.filter(account=Account(name))
    if posted_on is not None:
        lines = lines.filter(posted_on=posted_on)
    found = lines.aggregate(count=Count("entry", distinct=True), dollars=Sum("amount", default=ZERO))
    return found["count"], found["dollars"]


def ledger(actor: Actor) -> Footing:
    """How many entries there are, and the sum of all their lines, which is zero."""
    actor.require("billing:view")
    found = LedgerLine.objects.aggregate(count=Count("entry", distinct=True), dollars=Sum("amount", default=ZERO))
    return found["count"], found["dollars"]
