"""What the pages about one client's money show besides the running account, read from the ledger alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from billing.models import Charge, ClientPayment, Entry
from billing.money.policies import visible_clients
from billing.money.words import charge_name, method_words
from billing.receivables import Owed, owed, paid_by_client
from practice.actors import Actor
from practice.money import ZERO

_ON_A_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class OpenCharge:
    """A charge on which somebody still owes something, or too much was paid."""

    id: int
    name: str
    service_on: dt.date
    clinician: str
    payer: str
    amount: Decimal
    by_client: Decimal
    by_insurer: Decimal
    paid: Decimal

    @property
    def cents(self) -> int:
        """What the client owes, in whole cents, for the page to sum up."""
        return int(max(self.by_client, ZERO) * 100)


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """A payment or a refund, and whether it was taken back."""

    id: int
    received_on: dt.date
    words: str
    note: str
    amount: Decimal
    is_refund: bool
    is_reversed: bool


@dataclass(frozen=True, slots=True)
class PaymentPage:
    """One page of payments and refunds, with their rows."""

    page: Page[ClientPayment]
    rows: list[PaymentRow]


def open_charges(client_id: int, today: dt.date) -> list[OpenCharge]:
    """The charges with anything open, the oldest first; three queries."""
    return [row for row in _charges(charges_of(client_id), today) if row.by_client or row.by_insurer]


def owing_charges(client_id: int, today: dt.date) -> list[OpenCharge]:
    """The charges on which the client owes something, the oldest first; three queries."""
    return [row for row in _charges(charges_of(client_id), today) if row.by_client > ZERO]


def coded_charges(
    client_id: int, today: dt.date, *, first: dt.date | None = None, last: dt.date | None = None
) -> list[OpenCharge]:
    """The charges with a code of these days of service, the oldest first, for a superbill; three queries."""
    rows = charges_of(client_id).filter(code__gt="")
    if first is not None:
        rows = rows.filter(service_on__gte=first)
    if last is not None:
        rows = rows.filter(service_on__lte=last)
    return _charges(rows, today)


def one_charge(actor: Actor, charge_id: int, today: dt.date) -> tuple[Charge, OpenCharge] | None:
    """A charge with what is open on it; None when it is not there or was taken back."""
    clients = visible_clients(actor).values("pk")
    rows = Charge.objects.filter(pk=charge_id, undone_at=None, client__in=clients)
    found = list(rows.select_related("clinician", "payer", "client"))
    return (found[0], _charges(found, today)[0]) if found else None


def charges_of(client_id: int) -> QuerySet[Charge]:
    """The client's charges that stand, the oldest first."""
    rows = Charge.objects.filter(client=client_id, undone_at=None)
    return rows.select_related("clinician", "payer").order_by("service_on", "pk")


def payments(client_id: int, page: str = "") -> PaymentPage:
    """Payments and refunds, newest first, fifty on a page; three queries."""
    found = Paginator(ClientPayment.objects.filter(client=client_id).order_by("-received_on", "-pk"), _ON_A_PAGE)
    rows = found.get_page(page)
    gone = Entry.objects.filter(payment__in=[row.pk for row in rows], kind=Entry.Kind.REVERSAL)
    reversed_ids = set(gone.values_list("payment_id", flat=True))
    return PaymentPage(rows, [_payment(row, is_reversed=row.pk in reversed_ids) for row in rows])


def is_reversed(payment_id: int) -> bool:
    """Whether a payment was taken back."""
    return Entry.objects.filter(payment=payment_id, kind=Entry.Kind.REVERSAL).exists()


def _charges(rows: Iterable[Charge], today: dt.date) -> list[OpenCharge]:
    charges = list(rows)
    ids = [row.pk for row in charges]
    open_by, paid_by = owed(ids), paid_by_client(ids)
    return [_charge(row, open_by.get(row.pk, Owed()), paid_by.get(row.pk, ZERO), today) for row in charges]


def _charge(row: Charge, open_on: Owed, paid: Decimal, today: dt.date) -> OpenCharge:
    return OpenCharge(
        id=row.pk,
        name=charge_name(row, today),
        service_on=row.service_on,
        clinician=row.clinician.name,
        payer=row.payer.name if row.payer else "",
        amount=row.amount,
        by_client=open_on.by_client,
        by_insurer=open_on.by_insurer,
        paid=paid,
    )


def _payment(row: ClientPayment, *, is_reversed: bool) -> PaymentRow:
    is_refund = row.direction == ClientPayment.Direction.REFUND
    words = f"{'Refunded' if is_refund else 'Paid'} {method_words(row)}"
    amount = -row.amount if is_refund else row.amount
    return PaymentRow(row.pk, row.received_on, words, row.note, amount, is_refund, is_reversed)
