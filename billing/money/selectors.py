"""What the pages about one client's money show, read from the ledger alone."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from billing.models import Account, Charge, ClientPayment, Entry, LedgerLine
from billing.money.policies import visible_clients
from billing.money.words import charge_name, entry_words, method_words
from billing.receivables import Owed, owed, paid_by_client
from practice.actors import Actor
from practice.money import ZERO, total

_ON_A_PAGE: Final = 50
_OF_CLIENT: Final = (Account.CLIENT_RECEIVABLE, Account.CLIENT_CREDIT)
_UNDOABLE: Final = (Entry.Kind.APPLY, Entry.Kind.WRITE_OFF, Entry.Kind.TRANSFER)


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One entry of a client's account, in dollars: what it changed, and what stands after it.

    `of_client` counts what the client owes less their credit, `of_insurer` what insurers owe for them.
    """

    entry_id: int
    posted_on: dt.date
    effective_on: dt.date
    words: str
    why: str
    by: str
    of_client: Decimal
    of_insurer: Decimal
    client_after: Decimal
    insurer_after: Decimal
    payment_id: int | None
    is_reversal: bool
    is_reversed: bool
    is_undoable: bool


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


def account(client_id: int, today: dt.date) -> list[AccountLine]:
    """Every entry that touches the client, in the order of posting, with the balances after it; one query."""
    return _run(_by_entry(LedgerLine.objects.filter(client=client_id)), today, _OF_CLIENT)


def account_of_charge(charge_id: int, today: dt.date) -> list[AccountLine]:
    """What happened to one charge, in the order of posting; the balances are the charge's own. One query."""
    return _run(_by_entry(LedgerLine.objects.filter(charge=charge_id)), today, (Account.CLIENT_RECEIVABLE,))


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


def _by_entry(lines: QuerySet[LedgerLine]) -> dict[int, list[LedgerLine]]:
    found: dict[int, list[LedgerLine]] = defaultdict(list)
    for line in lines.select_related("entry__payment", "charge").order_by("entry", "pk"):
        found[line.entry_id].append(line)
    return found


def _run(found: dict[int, list[LedgerLine]], today: dt.date, of_client: tuple[str, ...]) -> list[AccountLine]:
    undone = {lines[0].entry.reverses_id for lines in found.values()}
    words: dict[int, str] = {}
    client, insurer, rows = ZERO, ZERO, []
    for entry_id, lines in found.items():
        entry = lines[0].entry
        words[entry_id] = _words(entry, lines, words, today)
        change, of_insurer = _sum(lines, *of_client), _sum(lines, Account.INSURER_RECEIVABLE)
        client, insurer = client + change, insurer + of_insurer
        is_undone = entry_id in undone
        rows.append(
            AccountLine(
                entry_id=entry_id,
                posted_on=entry.posted_on,
                effective_on=entry.effective_on,
                words=words[entry_id],
                why=entry.memo,
                by=entry.made_by_name,
                of_client=change,
                of_insurer=of_insurer,
                client_after=client,
                insurer_after=insurer,
                payment_id=entry.payment_id,
                is_reversal=entry.reverses_id is not None,
                is_reversed=is_undone,
                is_undoable=entry.kind in _UNDOABLE and not is_undone and _stands(lines),
            )
        )
    return rows


def _words(entry: Entry, lines: list[LedgerLine], words: dict[int, str], today: dt.date) -> str:
    if entry.reverses_id is None:
        return entry_words(entry, lines, today)
    return f"Undone: {words.get(entry.reverses_id, 'an entry')}"


def _stands(lines: list[LedgerLine]) -> bool:
    return all(line.charge is None or line.charge.undone_at is None for line in lines)


def _sum(lines: list[LedgerLine], *accounts: str) -> Decimal:
    return total(line.amount for line in lines if line.account in accounts)
