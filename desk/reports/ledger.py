"""Money for reports, from ledger lines alone, each under the day, clinician and payer of its charge."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Final

from django.db.models import BigIntegerField, Case, CharField, DateField, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce, TruncWeek

from billing.models import Account, Entry, LedgerLine
from desk.reports.shapes import AGE_LABELS, AGES, MONEY, NOBODY, POSTED, TOGETHER, Age, Scope
from practice.money import ZERO

_BY_CLIENTS: Final = (Entry.Kind.PAYMENT, Entry.Kind.APPLY)
_RECEIVABLE: Final = (Account.INSURER_RECEIVABLE, Account.CLIENT_RECEIVABLE)
_OF_CHARGES: Final = Q(charge__isnull=False)
_WHICH: Final[dict[str, tuple[Q, int]]] = {
    "billed": (Q(account=Account.REVENUE), -1),
    "carried": (
        Q(account__in=_RECEIVABLE) & (Q(entry__kind=Entry.Kind.OPENING) | Q(entry__reverses__kind=Entry.Kind.OPENING)),
        1,
    ),
    "insurer_paid": (Q(account=Account.PAYER_CLEARING) & _OF_CHARGES, 1),
    "client_paid": (
        Q(account=Account.CLIENT_RECEIVABLE)
        & (Q(entry__kind__in=_BY_CLIENTS) | Q(entry__reverses__kind__in=_BY_CLIENTS)),
        -1,
    ),
    "contractual": (Q(account=Account.CONTRACTUAL) & _OF_CHARGES, 1),
    "written_off": (Q(account__in=(Account.WRITE_OFF, Account.BAD_DEBT)) & _OF_CHARGES, 1),
    "insurer_owes": (Q(account=Account.INSURER_RECEIVABLE), 1),
    "client_owes": (Q(account=Account.CLIENT_RECEIVABLE), 1),
}
KEYS: Final = {"clinician": "giver", "payer": "asked", "week": "week"}


def lines(scope: Scope) -> QuerySet[LedgerLine, Any]:
    """The lines of the clinician and the payer with `day`, `giver` and `asked`; a line of no charge has its own."""
    served = Coalesce("charge__service_on", "effective_on", output_field=DateField())
    rows: QuerySet[LedgerLine, Any] = LedgerLine.objects.annotate(
        served=served,
        day=F("posted_on") if scope.basis == POSTED else served,
        giver=Coalesce("charge__clinician_id", "clinician_id", output_field=BigIntegerField()),
        asked=Case(When(charge__isnull=False, then=F("charge__payer_id")), default=F("payer_id")),
    )
    return rows.filter(_is("giver", scope.clinician) & _is("asked", scope.payer))


def in_days(scope: Scope, today: dt.date) -> list[QuerySet[LedgerLine, Any]]:
    """The lines of the scope's days; by service those of charges and those of none apart, so that indexes serve."""
    rows, days = lines(scope), scope.days(today)
    if scope.basis == POSTED:
        return [rows.filter(_between("posted_on", *days))]
    without = rows.filter(_between("effective_on", *days), charge=None, account__in=_RECEIVABLE)
    return [rows.filter(_between("charge__service_on", *days), charge__isnull=False), without]


def by_key(scope: Scope, today: dt.date) -> dict[Any, dict[str, Any]]:
    """The money of each clinician, payer or week; at most two queries."""
    key, found = KEYS[scope.by], dict[Any, dict[str, Any]]()
    for rows in in_days(scope, today):
        for row in rows.annotate(week=TruncWeek("day")).order_by().values(key).annotate(**_sums()):
            name = row.pop(key)
            found[name] = _plus(found.get(name, {}), _signed(row))
    return found


def all_together(scope: Scope, today: dt.date) -> dict[str, Any]:
    """The money of the whole scope; at most two queries."""
    found: dict[str, Any] = {}
    for rows in in_days(scope, today):
        found = _plus(found, _signed(rows.aggregate(**_sums())))
    return found


def ages(scope: Scope, today: dt.date) -> list[Age]:
    """Everything owed today by the age of its day of service; one query."""
    rows = lines(scope).filter(account__in=_RECEIVABLE)
    grouped: Any = rows.annotate(old=_age(today)).order_by().values("old").annotate(**_owed())
    found, nothing = {row["old"]: row for row in grouped}, {"insurer": ZERO, "client": ZERO}
    of = {key: found.get(key, nothing) for key in AGES}
    return [Age(key, AGE_LABELS[key], of[key]["insurer"], of[key]["client"]) for key in AGES]


def by_charge(scope: Scope, figure: str, today: dt.date) -> list[dict[str, Any]]:
    """What charges add to a figure, newest first: charge_id, client_id, served, giver, asked, amount; two queries."""
    sums = {name: _sum(name) for name in parts(figure)}
    named = ("charge_id", "client_id", "served", "giver", "asked")
    found = [
        {name: row[name] for name in named} | {"amount": _of(figure, row)}
        for rows in in_days(scope, today)
        for row in rows.filter(_any(figure)).order_by().values(*named).annotate(**sums)
    ]
    kept = [row for row in found if row["amount"]]
    return sorted(kept, key=lambda row: (row["served"], row["charge_id"] or 0), reverse=True)


def parts(figure: str) -> tuple[str, ...]:
    """The figures that one is the sum of."""
    return TOGETHER[figure][1] if figure in TOGETHER else (figure,)


def _of(figure: str, row: dict[str, Any]) -> Decimal:
    return sum((row[name] * _WHICH[name][1] for name in parts(figure)), ZERO)


def _any(figure: str) -> Q:
    found = Q(pk__in=[])
    for name in parts(figure):
        found |= _WHICH[name][0]
    return found


def _sum(name: str) -> Sum:
    return Sum("amount", filter=_WHICH[name][0], default=ZERO)


def _sums() -> dict[str, Sum]:
    return {name: _sum(name) for name in MONEY}


def _signed(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] * _WHICH[name][1] + ZERO for name in MONEY}


def _plus(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    return {name: one.get(name, ZERO) + amount for name, amount in other.items()}


def _between(name: str, first: dt.date | None, last: dt.date | None) -> Q:
    wanted = Q(**{f"{name}__gte": first}) if first else Q()
    return wanted & Q(**{f"{name}__lte": last}) if last else wanted


def _owed() -> dict[str, Sum]:
    return {
        "insurer": Sum("amount", filter=Q(account=Account.INSURER_RECEIVABLE), default=ZERO),
        "client": Sum("amount", filter=Q(account=Account.CLIENT_RECEIVABLE), default=ZERO),
    }


def _age(today: dt.date) -> Case:
    younger = [
        When(served__gte=today - dt.timedelta(days=most), then=Value(key)) for key, (_, most) in AGES.items() if most
    ]
    oldest = next(key for key, (_, most) in AGES.items() if most is None)
    return Case(*younger, default=Value(oldest), output_field=CharField())


def _is(name: str, wanted: int | None) -> Q:
    if wanted is None:
        return Q()
    return Q(**{f"{name}__isnull": True}) if wanted == NOBODY else Q(**{name: wanted})
