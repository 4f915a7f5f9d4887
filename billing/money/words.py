"""How money reads in sentences."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Final

from billing.models import Account, Charge, ClientPayment, Entry, LedgerLine
from clinicians.words import short
from practice.money import ZERO
from practice.templatetags.caseload import money

__all__ = ["charge_name", "entry_words", "method_words", "money", "short"]

_BY: Final = {
    ClientPayment.Method.CASH: "in cash",
    ClientPayment.Method.CHECK: "by check",
    ClientPayment.Method.CARD: "by card",
    ClientPayment.Method.TRANSFER: "by bank transfer",
    ClientPayment.Method.OTHER: "another way",
}


def charge_name(charge: Charge, today: dt.date) -> str:
    """`90834 of Nov 9`; a late cancel and a no-show by their names."""
    return f"{charge.code or charge.get_kind_display()} of {short(charge.service_on, today)}"


def method_words(payment: ClientPayment) -> str:
    """`by check 1042`; `by card, A-77`; `in cash`."""
    by = _BY[ClientPayment.Method(payment.method)]
    if not payment.reference:
        return by
    return f"{by} {payment.reference}" if payment.method == ClientPayment.Method.CHECK else f"{by}, {payment.reference}"


def entry_words(entry: Entry, lines: list[LedgerLine], today: dt.date) -> str:
    """What an entry was, in a few words; a reversal names what it undoes by the caller."""
    charges = list({line.charge_id: line.charge for line in lines if line.charge is not None}.values())
    about = charge_name(charges[0], today) if charges else ""
    kinds = Entry.Kind
    if entry.kind == kinds.CHARGE:
        return about
    if entry.kind in {kinds.PAYMENT, kinds.REFUND} and entry.payment is not None:
        verb = "Paid" if entry.kind == kinds.PAYMENT else "Refunded"
        return f"{verb} {method_words(entry.payment)}"
    if entry.kind == kinds.APPLY:
        return f"Credit applied to {about}" if _credit(lines) > ZERO else f"Taken off {about}, kept as credit"
    if entry.kind == kinds.WRITE_OFF:
        return f"Written off: {about}"
    if entry.kind == kinds.TRANSFER:
        to = "the client" if _of_client(lines) > ZERO else "the next payer" if _onward(lines) else "the insurer"
        return f"Moved to {to}: {about}"
    return _answered(entry, lines) or Entry.Kind(entry.kind).label


def _answered(entry: Entry, lines: list[LedgerLine]) -> str:
    """What a payer's answer was called when it was posted, and whose turn it was where there are two."""
    if entry.kind == Entry.Kind.REVERSAL:
        return f"Taken back: {entry.memo}" if entry.memo else ""
    if entry.memo and _onward(lines):
        return f"{entry.memo}; the rest is asked of the next payer"
    later = any(line.coverage_id for line in lines)
    return f"{entry.memo}, as second payer" if entry.memo and later else entry.memo


def _onward(lines: list[LedgerLine]) -> bool:
    """Whether something is asked of a later payer now."""
    return any(line.coverage_id and line.account == Account.INSURER_RECEIVABLE and line.amount > ZERO for line in lines)


def _credit(lines: list[LedgerLine]) -> Decimal:
    return sum((line.amount for line in lines if line.account == Account.CLIENT_CREDIT), ZERO)


def _of_client(lines: list[LedgerLine]) -> Decimal:
    return sum((line.amount for line in lines if line.account == Account.CLIENT_RECEIVABLE), ZERO)
