"""What became of a claim's money, read from the ledger alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Final

from billing.models import Account, Entry, LedgerLine
from billing.money.words import entry_words
from practice.money import ZERO, total

_RECEIVABLE: Final = frozenset({Account.INSURER_RECEIVABLE, Account.CLIENT_RECEIVABLE})
_CHARGED: Final = frozenset({Account.REVENUE, Account.OPENING_BALANCE})
_LOST: Final = frozenset({Account.WRITE_OFF, Account.BAD_DEBT})


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the bar under what was collected: where it begins, and how long it is."""

    kind: str
    start: Decimal
    size: Decimal


@dataclass(frozen=True, slots=True)
class Sums:
    """Of one charge or of all of a claim, in dollars. What is adjusted or written off is below zero."""

    charged: Decimal = ZERO
    adjusted: Decimal = ZERO
    written_off: Decimal = ZERO
    insurer_paid: Decimal = ZERO
    client_paid: Decimal = ZERO
    client_owes: Decimal = ZERO
    insurer_owes: Decimal = ZERO
    client_share: Decimal = ZERO

    @property
    def allowed(self) -> Decimal:
        """What is left of the charge after the contract."""
        return self.charged + self.adjusted

    @property
    def still_open(self) -> Decimal:
        """What anybody still owes."""
        return self.client_owes + self.insurer_owes

    @property
    def collected(self) -> Decimal:
        """What came in."""
        return self.insurer_paid + self.client_paid

    @property
    def shares(self) -> list[Share]:
        """The charge as the insurer's money, the client's, and what nobody pays; what is open is left free."""
        parts = (
            ("done", self.insurer_paid),
            ("accent-line", self.client_paid),
            ("calm", -(self.adjusted + self.written_off)),
        )
        made, start = [], ZERO
        for kind, size in parts:
            if size > ZERO:
                made.append(Share(kind, start, size))
                start += size
        return made


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that changed what is open on a claim, and what is open after it."""

    posted_on: dt.date
    words: str
    against: str
    amount: Decimal
    open_after: Decimal

    @property
    def debit(self) -> Decimal | None:
        """What became open, or nothing."""
        return self.amount if self.amount > 0 else None

    @property
    def credit(self) -> Decimal | None:
        """What is no longer open, or nothing."""
        return -self.amount if self.amount < 0 else None


def lines_of(charge_ids: Collection[int]) -> list[LedgerLine]:
    """Every ledger line of these charges in the order of posting; one query."""
    rows = LedgerLine.objects.filter(charge__in=charge_ids).select_related(
        "entry__reverses", "entry__payment", "charge"
    )
    return list(rows.order_by("entry_id", "pk"))


def sums(lines: Iterable[LedgerLine]) -> Sums:
    """Adds up lines; those of one charge give that charge's figures."""
    known = list(lines)
    from_clients = [line for line in known if _is_client_payment(line.entry)]
    client = _of(known, {Account.CLIENT_RECEIVABLE})
    paid = -_of(from_clients, {Account.CLIENT_RECEIVABLE})
    return Sums(
        charged=-_of(known, _CHARGED),
        adjusted=-_of(known, {Account.CONTRACTUAL}),
        written_off=-_of(known, _LOST),
        insurer_paid=_of(known, {Account.PAYER_CLEARING}),
        client_paid=paid,
        client_owes=client,
        insurer_owes=_of(known, {Account.INSURER_RECEIVABLE}),
        client_share=client + paid,
    )


def steps(lines: Iterable[LedgerLine], today: dt.date) -> list[Step]:
    """What each entry did to what is open, one step for each account it went against."""
    open_now, made = ZERO, []
    for _, group in groupby(lines, key=lambda line: line.entry_id):
        rows = list(group)
        words = entry_words(rows[0].entry, rows, today)
        for against, amount in _effects(rows):
            open_now += amount
            made.append(Step(rows[0].posted_on, words, against, amount, open_now))
    return made


def _effects(rows: Sequence[LedgerLine]) -> list[tuple[str, Decimal]]:
    """What an entry did to the receivables: against which account, by how much; a mere move as nothing."""
    whole = _of(rows, _RECEIVABLE)
    others: dict[str, Decimal] = {}
    for line in rows:
        if line.account not in _RECEIVABLE:
            others[line.account] = others.get(line.account, ZERO) - line.amount
    rest = whole - total(others.values())
    found = [(str(Account(account).label), amount) for account, amount in others.items() if amount]
    if rest:
        found.append((str(Account.BANK.label), rest))
    return found or [("Between insurer and client", ZERO)]


def _is_client_payment(entry: Entry) -> bool:
    kind = entry.reverses.kind if entry.reverses else entry.kind
    return kind in {Entry.Kind.PAYMENT, Entry.Kind.APPLY}


def _of(lines: Iterable[LedgerLine], accounts: Collection[str]) -> Decimal:
    return total(line.amount for line in lines if line.account in accounts)
