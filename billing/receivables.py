"""What is owed, read from the ledger alone: by charge, by client, by account. Every figure foots to its lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, Sum

from billing.models import Account, Entry, LedgerLine
from practice.money import ZERO

_PAYMENTS = (Entry.Kind.PAYMENT, Entry.Kind.APPLY)


@dataclass(frozen=True, slots=True)
class Owed:
    """What is open on one charge, in dollars; below zero where more was paid than is owed."""

    by_insurer: Decimal = ZERO
    by_client: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class ClientBalance:
    """A client's account, in dollars: what they owe, what insurers owe for them, and credit kept for them."""

    owes: Decimal
    insurers_owe: Decimal
    credit: Decimal


def owed(charge_ids: Iterable[int]) -> dict[int, Owed]:
    """What is open on each charge; a charge without lines is not in the answer."""
    rows = (
        LedgerLine.objects.filter(charge__in=list(charge_ids))
        .values("charge_id")
        .annotate(
            by_insurer=Sum("amount", filter=Q(account=Account.INSURER_RECEIVABLE), default=ZERO),
            by_client=Sum("amount", filter=Q(account=Account.CLIENT_RECEIVABLE), default=ZERO),
        )
    )
    return {row["charge_id"]: Owed(row["by_insurer"], row["by_client"]) for row in rows}


def owed_by_later(charge_ids: Iterable[int]) -> dict[int, dict[int, Owed]]:
    """What is open with later payers than the first, by charge and coverage; parts of what `owed` says.

    `by_client` is what their answers and moves from them asked of the client; payments are not taken off it.
    """
    rows = (
        LedgerLine.objects.filter(charge__in=list(charge_ids), coverage__isnull=False)
        .values("charge_id", "coverage_id")
        .annotate(
            by_insurer=Sum("amount", filter=Q(account=Account.INSURER_RECEIVABLE), default=ZERO),
            by_client=Sum("amount", filter=Q(account=Account.CLIENT_RECEIVABLE), default=ZERO),
        )
    )
    found: dict[int, dict[int, Owed]] = {}
    for row in rows:
        found.setdefault(row["charge_id"], {})[row["coverage_id"]] = Owed(row["by_insurer"], row["by_client"])
    return found


def paid_by_client(charge_ids: Iterable[int]) -> dict[int, Decimal]:
    """What clients have paid on each charge, net of what was released again."""
    rows = (
        LedgerLine.objects.filter(
            Q(entry__kind__in=_PAYMENTS) | Q(entry__reverses__kind__in=_PAYMENTS),
            charge__in=list(charge_ids),
            account=Account.CLIENT_RECEIVABLE,
        )
        .values("charge_id")
        .annotate(paid=Sum("amount"))
    )
    return {row["charge_id"]: -row["paid"] for row in rows}


def balance(client_id: int) -> ClientBalance:
    """One client's account."""
    return balances([client_id]).get(client_id, ClientBalance(ZERO, ZERO, ZERO))


def balances(client_ids: Iterable[int]) -> dict[int, ClientBalance]:
    """Several clients' accounts in one statement; a client without lines is not in the answer."""
    rows = (
        LedgerLine.objects.filter(client__in=list(client_ids))
        .values("client_id")
        .annotate(
            owes=Sum("amount", filter=Q(account=Account.CLIENT_RECEIVABLE), default=ZERO),
            insurers=Sum("amount", filter=Q(account=Account.INSURER_RECEIVABLE), default=ZERO),
            credit=Sum("amount", filter=Q(account=Account.CLIENT_CREDIT), default=ZERO),
        )
    )
    return {row["client_id"]: ClientBalance(row["owes"], row["insurers"], -row["credit"]) for row in rows}
