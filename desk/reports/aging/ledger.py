"""The receivables of the ledger as they stood on a day, by age; each line under what it is owed for."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Final

from django.db.models import BigIntegerField, Case, CharField, DateField, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce, TruncDate

from billing.models import Account, LedgerLine
from desk.reports.aging.shapes import BILLED, CLIENT, CLINICIAN, NOBODY, PAYER, Aged
from desk.reports.shapes import AGES
from practice import clock
from practice.models import Practice
from practice.money import ZERO

RECEIVABLE: Final = (Account.INSURER_RECEIVABLE, Account.CLIENT_RECEIVABLE)
_KEYS: Final = {PAYER: "asked", CLIENT: "client_id", CLINICIAN: "giver"}


def by_key(aged: Aged, practice: Practice) -> dict[int, dict[str, Decimal]]:
    """Dollars by row and age, without what is nothing; one query."""
    rows: Any = (
        _lines(aged, practice).order_by().values(_KEYS[aged.by], "old").annotate(sum=Sum("amount", default=ZERO))
    )
    found: dict[int, dict[str, Decimal]] = {}
    for row in rows:
        if row["sum"]:
            found.setdefault(row[_KEYS[aged.by]] or NOBODY, {})[row["old"]] = row["sum"]
    return found


def by_charge(aged: Aged, practice: Practice) -> list[dict[str, Any]]:
    """What each charge (or opening balance) adds to a cell, the oldest first: charge_id, client_id, payer, day, amount.

    One query.
    """
    rows: Any = _lines(aged, practice)
    if aged.key is not None:
        name = _KEYS[aged.by]
        rows = rows.filter(**({f"{name}__isnull": True} if aged.key == NOBODY else {name: aged.key}))
    if aged.age:
        rows = rows.filter(old=aged.age)
    named = ("charge_id", "client_id", "asked", "giver", "since")
    grouped: Any = rows.order_by().values(*named).annotate(amount=Sum("amount", default=ZERO))
    kept = [row for row in grouped if row["amount"]]
    return sorted(kept, key=lambda row: (row["since"], row["charge_id"] or 0, row["asked"] or 0))


def owed(as_of: dt.date) -> Decimal:
    """What the ledger's receivables came to on that day: what every aging must foot to."""
    rows = LedgerLine.objects.filter(account__in=RECEIVABLE, posted_on__lte=as_of)
    return Decimal(rows.aggregate(sum=Sum("amount", default=ZERO))["sum"])


def _lines(aged: Aged, practice: Practice) -> QuerySet[LedgerLine, Any]:
    """Receivable lines until that day with `since`, `old`, `giver` and `asked` (the payer, none for the client)."""
    served = Coalesce("charge__service_on", "effective_on", output_field=DateField())
    zone = clock.zone(practice)
    billed = Coalesce(TruncDate("charge__made_at", tzinfo=zone), "effective_on", output_field=DateField())
    first = When(account=Account.CLIENT_RECEIVABLE, then=Value(None, output_field=BigIntegerField()))
    own = When(charge__isnull=False, coverage__isnull=True, then=F("charge__payer_id"))
    rows: QuerySet[LedgerLine, Any] = LedgerLine.objects.filter(
        Q(posted_on__lte=aged.as_of), account__in=RECEIVABLE
    ).annotate(
        since=billed if aged.basis == BILLED else served,
        giver=Coalesce("charge__clinician_id", "clinician_id", output_field=BigIntegerField()),
        asked=Case(first, own, default=F("payer_id"), output_field=BigIntegerField()),
    )
    return rows.annotate(old=_age(aged.as_of))


def _age(as_of: dt.date) -> Case:
    younger = [
        When(since__gte=as_of - dt.timedelta(days=most), then=Value(key)) for key, (_, most) in AGES.items() if most
    ]
    oldest = next(key for key, (_, most) in AGES.items() if most is None)
    return Case(*younger, default=Value(oldest), output_field=CharField())
