"""Client money of the whole practice: who owes, who has credit, and totals that foot to the ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db.models import Min, Q, Sum

from billing.models import Account, LedgerLine
from billing.money.policies import visible_clients
from practice.actors import Actor
from practice.money import ZERO, total

OWES: Final = "owes"
CREDIT: Final = "credit"
ALL: Final = "all"
_ACCOUNTS: Final = (Account.CLIENT_RECEIVABLE, Account.INSURER_RECEIVABLE, Account.CLIENT_CREDIT)


@dataclass(frozen=True, slots=True)
class Totals:
    """What the ledger's accounts say, in dollars."""

    owes: Decimal
    insurers_owe: Decimal
    credit: Decimal


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """One client's money: what is owed, since when the oldest open charge stands, and credit."""

    id: int
    name: str
    number: int
    owes: Decimal
    insurers_owe: Decimal
    credit: Decimal
    oldest: dt.date | None


@dataclass(frozen=True, slots=True)
class MoneyList:
    """The rows asked for, how many clients each pill holds, and the totals of the whole ledger."""

    rows: list[MoneyRow]
    counts: dict[str, int]
    totals: Totals


KEEPS: Final[dict[str, Callable[[MoneyRow], bool]]] = {
    OWES: lambda row: row.owes > ZERO,
    CREDIT: lambda row: row.credit > ZERO,
    ALL: lambda row: True,
}
_SORTS: Final[dict[str, Callable[[MoneyRow], Any]]] = {
    "name": lambda row: row.name.casefold(),
    "owes": lambda row: (row.owes, row.name.casefold()),
    "insurer": lambda row: (row.insurers_owe, row.name.casefold()),
    "credit": lambda row: (row.credit, row.name.casefold()),
    "age": lambda row: (row.oldest is None, row.oldest or dt.date.max, row.name.casefold()),
}


def client_money(actor: Actor, *, words: str = "", sort: str = "", show: str = OWES) -> MoneyList:
    """Every client with money in the ledger whose name or number holds the words; four queries."""
    rows = [row for row in _rows(actor) if _has(words, row)]
    counts = {name: sum(keeps(row) for row in rows) for name, keeps in KEEPS.items()}
    kept = [row for row in rows if KEEPS.get(show, KEEPS[OWES])(row)]
    key = _SORTS.get(sort.removeprefix("-"))
    chosen = sorted(kept, key=key, reverse=sort.startswith("-")) if key else sorted(kept, key=lambda row: -row.owes)
    return MoneyList(chosen, counts, totals())


def totals() -> Totals:
    """The balances of the three accounts; one query."""
    rows = LedgerLine.objects.filter(account__in=_ACCOUNTS).values("account").annotate(sum=Sum("amount"))
    found = {row["account"]: row["sum"] for row in rows}
    owes, insurers, credit = (found.get(account, ZERO) for account in _ACCOUNTS)
    return Totals(owes, insurers, -credit)


def sum_of(rows: list[MoneyRow]) -> Totals:
    """What the rows shown come to."""
    return Totals(
        total(row.owes for row in rows), total(row.insurers_owe for row in rows), total(row.credit for row in rows)
    )


def _rows(actor: Actor) -> list[MoneyRow]:
    sums = {row["client_id"]: row for row in _sums()}
    oldest = _oldest()
    people = visible_clients(actor).filter(pk__in=list(sums))
    return [
        MoneyRow(
            id=person.pk,
            name=person.name,
            number=person.number,
            owes=sums[person.pk]["owes"],
            insurers_owe=sums[person.pk]["insurers"],
            credit=-sums[person.pk]["credit"],
            oldest=oldest.get(person.pk),
        )
        for person in people.only("pk", "number", "first_name", "last_name", "preferred_name").order_by("pk")
    ]


def _sums() -> Any:
    lines = LedgerLine.objects.filter(client__isnull=False, account__in=_ACCOUNTS).values("client_id")
    return lines.annotate(
        owes=Sum("amount", filter=Q(account=Account.CLIENT_RECEIVABLE), default=ZERO),
        insurers=Sum("amount", filter=Q(account=Account.INSURER_RECEIVABLE), default=ZERO),
        credit=Sum("amount", filter=Q(account=Account.CLIENT_CREDIT), default=ZERO),
    ).order_by()


def _oldest() -> dict[int, dt.date]:
    """The day of service of each client's oldest charge on which they owe something."""
    lines = LedgerLine.objects.filter(account=Account.CLIENT_RECEIVABLE, charge__isnull=False)
    rows = lines.values("client_id", "charge_id").annotate(owes=Sum("amount"), day=Min("charge__service_on"))
    found: dict[int, dt.date] = {}
    for row in rows.filter(owes__gt=ZERO).order_by("day"):
        found.setdefault(row["client_id"], row["day"])
    return found


def _has(words: str, row: MoneyRow) -> bool:
    whole = f"{row.name} {row.number}".casefold()
    return all(word in whole for word in words.casefold().split())
