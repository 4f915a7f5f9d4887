"""What was still owed in the former system, and what it kept as credit."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Final

from desk.imports.names import fold
from desk.imports.parsing import words
from desk.imports.parsing.cells import Row
from desk.imports.parsing.coverage import payer_of
from desk.imports.parsing.records import BalanceRow, Who
from desk.imports.parsing.sessions import date_of
from practice.money import ZERO

_TOLERANCE: Final = Decimal("0.01")
_PAID: Final = ("paid", "nocharge")
_OWN: Final = "opening_balance.amount"


def balance_rows(row: Row, client: Who) -> list[BalanceRow]:
    """What the row leaves open, one for the client and one for the insurer; credits apart."""
    if not client and not row.is_bad:
        row.refuse("client.full_name", "The client is missing.", "E-KEY")
    found = _named(row, client) if row.has(_OWN) else _of_charge(row, client)
    return [] if row.is_bad else found


def _named(row: Row, client: Who) -> list[BalanceRow]:
    """A row of a list of balances."""
    amount = row.money(_OWN)
    if amount is None and not row.is_bad:
        row.refuse(_OWN, "The amount is missing.", "E-MONEY")
    by = row.read("opening_balance.responsibility", words.word_of(words.RESPONSIBILITY, "debtor")) or "client"
    kind = row.read("opening_balance.kind", words.word_of(words.OWED, "kind of balance")) or "balance"
    served, as_of = row.date("opening_balance.date_of_service"), row.date("opening_balance.as_of")
    if not (served or as_of) and not row.is_bad:
        row.refuse("opening_balance.as_of", "The date is missing.", "E-DATE")
    if row.is_bad or not amount:
        return []
    name, number = payer_of(row.text("opening_balance.payer_name", 60))
    memo = " · ".join(part for part in (_words(row, "source_reference"), _words(row, "description")) if part)
    is_credit = (kind == "credit") == (amount > ZERO) if amount < ZERO else kind == "credit"
    on = served or as_of or row.sheet.today
    clinician = row.clinician("opening_balance.clinician")
    balance = BalanceRow(
        row.line.number, client, clinician, by == "insurance", is_credit, name, number, abs(amount), on, memo[:200]
    )
    return [balance]


def _words(row: Row, name: str) -> str:
    return row.text(f"opening_balance.{name}")


def _of_charge(row: Row, client: Who) -> list[BalanceRow]:
    on = date_of(row)
    if on is None and not row.is_bad:
        row.refuse("session.start_at", "The date is missing.", "E-DATE")
    sums = {True: _open(row, "insurance"), False: _open(row, "client")}
    kept = {True: _credit(row, "insurance"), False: _credit(row, "client")}
    if row.is_bad or on is None or not _adds_up(row):
        return []
    clinician = row.clinician("session.clinician")
    found = []
    for by_insurer in (False, True):
        for amount, is_credit in ((sums[by_insurer], False), (kept[by_insurer], True)):
            if amount:
                credit = is_credit or amount < ZERO
                found.append(_balance(row, client, clinician, on, amount, by_insurer=by_insurer, is_credit=credit))
    return found


def _balance(
    row: Row, client: Who, clinician: Who, on: dt.date, amount: Decimal, *, by_insurer: bool, is_credit: bool
) -> BalanceRow:
    name, number = payer_of(row.text("coverage.payer_name", 60)) if by_insurer else ("", "")
    code = row.text("session.service_code", 60)
    return BalanceRow(row.line.number, client, clinician, by_insurer, is_credit, name, number, abs(amount), on, code)


def _open(row: Row, who: str) -> Decimal:
    """What they still owe; below zero where too much was paid."""
    unpaid = row.money(f"charge.{who}_unpaid")
    if unpaid is not None:
        return unpaid
    if fold(row.text(f"charge.{who}_status")).startswith(_PAID):
        return ZERO
    charged, paid = row.money(f"charge.{who}_amount") or ZERO, abs(row.money(f"charge.{who}_paid") or ZERO)
    written_off = abs(row.money("charge.write_off") or ZERO) if who == "insurance" else ZERO
    is_payment = row.has(f"opening_balance.{who}_credit") and not charged
    return ZERO if is_payment else charged - paid - written_off


def _credit(row: Row, who: str) -> Decimal:
    return abs(row.money(f"opening_balance.{who}_credit") or ZERO)


def _adds_up(row: Row) -> bool:
    """Whether the row’s own sums agree; where they do not, nothing of it is brought into the ledger."""
    total, of_client = row.money("charge.total"), row.money("charge.client_amount")
    of_insurer, paid = row.money("charge.insurance_amount"), row.money("charge.insurance_paid")
    written_off, unpaid = row.money("charge.write_off"), row.money("charge.insurance_unpaid")
    if total is None or of_client is None or of_insurer is None:
        return True
    if abs(total - of_client - of_insurer) > _TOLERANCE:
        return _say(row, "charge.total", "The fee is not the sum of the client’s and the insurer’s part.")
    if paid is None or written_off is None or unpaid is None:
        return True
    if abs(of_insurer - abs(paid) - written_off - unpaid) > _TOLERANCE:
        return _say(row, "charge.insurance_amount", "Paid, written off and unpaid are not what was charged.")
    return True


def _say(row: Row, name: str, words_: str) -> bool:
    row.warn(name, f"{words_} What is owed is not brought over from this row.", "E-MONEY")
    return False
