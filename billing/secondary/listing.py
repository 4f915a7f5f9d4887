"""How the list of claims is narrowed by whose turn it is: first payer, second payer, or a second to be asked."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from billing.models import Account, Claim, ClaimLine, LedgerLine
from billing.secondary.standing import OVER
from practice.money import ZERO

PATIENCE: Final = dt.timedelta(days=30)
"""How long the next payer's answer to a claim that was passed on is awaited before it is offered to be sent."""

TURNS: Final = {"first": "First payer", "second": "Second payer", "left": "Second payer to be asked"}


def narrowed(rows: QuerySet[Claim], turn: str, today: dt.date) -> QuerySet[Claim]:
    """The claims of one turn; all of them for a turn that is none of these."""
    if turn == "first":
        return rows.filter(follows__isnull=True)
    if turn == "second":
        return rows.filter(follows__isnull=False)
    return rows.filter(_left(today)) if turn == "left" else rows


def _left(today: dt.date) -> Q:
    """Something waits for the next payer and no claim asks for it, or one that was passed on was not answered."""
    waiting = LedgerLine.objects.filter(account=Account.INSURER_RECEIVABLE, coverage__isnull=False)
    charges = waiting.values("charge").annotate(open=Sum("amount")).filter(open__gt=ZERO).values("charge")
    lines = ClaimLine.objects.filter(claim=OuterRef("pk"), charge__in=charges)
    later = Claim.objects.filter(attendance=OuterRef("attendance"), follows__isnull=False).exclude(status__in=OVER)
    late = Q(forwarded=True, status=Claim.Status.SENT, follows_answer__remittance__paid_on__lt=today - PATIENCE)
    first = Q(follows__isnull=True) & ~Q(status__in=OVER)
    return (first & Exists(lines) & ~Exists(later)) | late
