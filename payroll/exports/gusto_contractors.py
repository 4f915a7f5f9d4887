"""Gusto, contractors: the payment upload.

Source: `payroll.md` 1.2: the upload itself is Gusto's own word; the header was not found verbatim, this one is
unverified, so the first import must be confirmed. A business goes by its name alone, an individual by first and last
name. Everything but bonuses and reimbursements is `wage` in dollars. Gusto does no backup withholding; we send gross.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from payroll.exports import checks
from payroll.exports.cells import file, number, text
from payroll.exports.facts import Batch, Format, Missing, Payee, Sort
from practice.money import ZERO

HEADER: Final = ("first_name", "last_name", "business_name", "hours", "wage", "bonus", "reimbursement")


def write(batch: Batch) -> bytes:
    """One row for each contractor."""
    return file([HEADER, *(_row(payee) for payee in batch.payees)])


def filename(batch: Batch) -> str:
    """`gusto-contractors-2026-11-01-2026-11-15.csv`."""
    return f"gusto-contractors-{batch.starts_on}-{batch.ends_on}.csv"


def missing(batch: Batch) -> list[Missing]:
    """A name as Gusto knows it for everybody, and no name twice: nothing else tells contractors apart."""
    return [*checks.unmapped(batch, "Gusto"), *checks.same_names(batch, "Gusto", numbers_help=False)]


def _row(payee: Payee) -> list[str]:
    names = ("", "") if payee.business_name else (text(payee.first_name), text(payee.last_name))
    bonus, back = payee.of(Sort.BONUS), payee.of(Sort.REIMBURSEMENT)
    wage = payee.amount - bonus - back
    return [*names, text(payee.business_name), "", number(wage), number(bonus), number(back)]


def _nothing(_: Batch) -> Decimal:
    return ZERO


FORMAT: Final = Format(
    tax_classes=frozenset({"1099"}),
    write=write,
    filename=filename,
    missing=missing,
    left_out=_nothing,
    money=("wage", "bonus", "reimbursement"),
)
