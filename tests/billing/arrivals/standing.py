"""Where everything stands: claims, files, books and open work, told so that two ways of getting there compare."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from billing.models import Account, Claim, ClientCorrection, Denial, LedgerLine, Remittance, Request, Takeback
from practice.money import ZERO


@contextmanager
def rolled_back() -> Iterator[None]:
    """What happens inside never happened, but for the constraints that PostgreSQL checks at the end."""
    with transaction.atomic():
        yield
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        transaction.set_rollback(True)


def standing() -> dict[str, Any]:
    """Claims and files by their states, the books, and what somebody still has to do."""
    return {
        "claims": dict(Claim.objects.order_by("pk").values_list("pk", "status")),
        "files": dict(Request.objects.order_by("pk").values_list("pk", "status")),
        "books": books_by_party(),
        "clearing": clearing(),
        "work": open_work(),
    }


def books_by_party() -> dict[tuple[Any, ...], Decimal]:
    """What every account holds of each charge, client, payer, coverage and reference, without those at nothing."""
    columns = ("account", "charge_id", "client_id", "payer_id", "clinician_id", "coverage_id", "reference", "amount")
    sums: dict[tuple[Any, ...], Decimal] = defaultdict(lambda: ZERO)
    for *party, amount in LedgerLine.objects.values_list(*columns):
        sums[tuple(party)] += amount
    return {party: amount for party, amount in sums.items() if amount}


def clearing() -> dict[str, Decimal]:
    """What is in clearing of each payment, by its check number, without those at nothing."""
    sums: dict[str, Decimal] = defaultdict(lambda: ZERO)
    rows = LedgerLine.objects.filter(account=Account.PAYER_CLEARING)
    for trace, amount in rows.values_list("remittance__trace", "amount"):
        sums[str(trace)] += amount
    return {trace: amount for trace, amount in sums.items() if amount}


def open_work() -> dict[str, Any]:
    """Denials, takebacks, held payments and tasks that wait for somebody, and what was posted."""
    payments = Remittance.objects.exclude(status=Remittance.Status.DUPLICATE).order_by("trace")
    takebacks = Takeback.objects.order_by("key")
    return {
        "denials": sorted(Denial.objects.exclude(status="resolved").values_list("claim_id", "amount")),
        "payments": [(one.trace, one.status, [held["code"] for held in one.held_for]) for one in payments],
        "takebacks": [(one.key, one.open_amount, one.unplaced) for one in takebacks if one.open_amount or one.unplaced],
        "names": sorted(ClientCorrection.objects.filter(status="open").values_list("client_id", flat=True)),
    }
