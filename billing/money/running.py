"""The running account of a client or a charge: the fold of its ledger lines in the order of posting."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from billing.models import Account, Entry, LedgerLine
from billing.money.words import entry_words
from practice.money import ZERO, total

ON_A_PAGE: Final = 50
_OF_CLIENT: Final = (Account.CLIENT_RECEIVABLE, Account.CLIENT_CREDIT)
_UNDOABLE: Final = (Entry.Kind.APPLY, Entry.Kind.WRITE_OFF, Entry.Kind.TRANSFER)
_PAPERS: Final = (Entry.Kind.PAYMENT, Entry.Kind.REFUND)


@dataclass(frozen=True, slots=True)
class Opens:
    """The page that an entry opens: the name of its address, and the key there."""

    page: str
    key: int

    @property
    def is_receipt(self) -> bool:
        """Whether it is a paper and no page."""
        return self.page == "payment_receipt"


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One entry of a client's account, in dollars: what it changed, and what stands after it.

    `of_client` counts what the client owes less their credit, `of_insurer` what insurers owe for them. `opens` is the
    page of what it is about.
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
    opens: Opens | None = None

    @property
    def reason(self) -> str:
        """Why it was done, where the words do not say it already."""
        return "" if self.why in self.words else self.why

    @property
    def client_before(self) -> Decimal:
        """What stood on the client's side before it."""
        return self.client_after - self.of_client

    @property
    def insurer_before(self) -> Decimal:
        """What stood on the insurers' side before it."""
        return self.insurer_after - self.of_insurer


@dataclass(frozen=True, slots=True)
class AccountPage:
    """Fifty entries, the newest first: what they change together, and what stood before the oldest of them."""

    page: Page[AccountLine]

    @property
    def lines(self) -> Sequence[AccountLine]:
        """The entries of the page."""
        return list(self.page.object_list)

    @property
    def of_client(self) -> Decimal:
        """What the page changes on the client's side."""
        return total(line.of_client for line in self.lines)

    @property
    def of_insurer(self) -> Decimal:
        """What the page changes on the insurers' side."""
        return total(line.of_insurer for line in self.lines)

    @property
    def newest(self) -> AccountLine:
        """The entry whose balances stand at the end of the page."""
        return self.lines[0]

    @property
    def oldest(self) -> AccountLine:
        """The entry before which the page's balances were carried forward."""
        return self.lines[-1]


def account(client_id: int, today: dt.date) -> list[AccountLine]:
    """Every entry that touches the client, in the order of posting, with the balances after it; one query."""
    return _run(_by_entry(LedgerLine.objects.filter(client=client_id)), today, _OF_CLIENT)


def account_page(client_id: int, today: dt.date, number: str) -> AccountPage:
    """One page of the account; its balances are those of the whole account. One query."""
    return AccountPage(Paginator(account(client_id, today)[::-1], ON_A_PAGE).get_page(number))


def account_of_charge(charge_id: int, today: dt.date) -> list[AccountLine]:
    """What happened to one charge, in the order of posting; the balances are the charge's own. One query."""
    lines = LedgerLine.objects.filter(charge=charge_id)
    return _run(_by_entry(lines), today, (Account.CLIENT_RECEIVABLE,), here=charge_id)


def _by_entry(lines: QuerySet[LedgerLine]) -> dict[int, list[LedgerLine]]:
    found: dict[int, list[LedgerLine]] = defaultdict(list)
    rows = lines.select_related("entry__payment", "entry__remittance_claim", "charge")
    for line in rows.order_by("entry", "pk"):
        found[line.entry_id].append(line)
    return found


def _run(
    found: dict[int, list[LedgerLine]], today: dt.date, of_client: tuple[str, ...], here: int = 0
) -> list[AccountLine]:
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
                opens=_opens(entry, lines, here, is_undone=is_undone),
            )
        )
    return rows


def _opens(entry: Entry, lines: Sequence[LedgerLine], here: int, *, is_undone: bool) -> Opens | None:
    """A payer's answer opens the claim, a payment its receipt, anything else its charge, where that stands."""
    if entry.remittance_claim is not None and entry.remittance_claim.claim_id:
        return Opens("claim", entry.remittance_claim.claim_id)
    if entry.kind in _PAPERS and entry.payment_id and not is_undone:
        return Opens("payment_receipt", entry.payment_id)
    charges = [line.charge.pk for line in lines if line.charge is not None and line.charge.undone_at is None]
    return Opens("client_charge", charges[0]) if charges and charges[0] != here else None


def _words(entry: Entry, lines: list[LedgerLine], words: dict[int, str], today: dt.date) -> str:
    if entry.reverses_id is None:
        return entry_words(entry, lines, today)
    return f"Undone: {words.get(entry.reverses_id, 'an entry')}"


def _stands(lines: list[LedgerLine]) -> bool:
    return all(line.charge is None or line.charge.undone_at is None for line in lines)


def _sum(lines: list[LedgerLine], *accounts: str) -> Decimal:
    return total(line.amount for line in lines if line.account in accounts)
