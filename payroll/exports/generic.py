"""Any other provider: everybody in the run, one row for each person, sort of pay and rate.

Source: `payroll.md` 1.8, row “Generic”, and 1.0. All pay is in dollars; hours and rate explain it. `workweek_start`
is blank: run totals know no week. Dates are ISO 8601. Codes of procedures are not told.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from payroll.exports import checks
from payroll.exports.cells import file, number, text
from payroll.exports.facts import Batch, Format, Missing, Payee, Sort
from practice.money import ZERO

HEADER: Final = (
    "payee_id", "last_name", "first_name", "tax_class", "period_start", "period_end", "pay_date", "code",
    "description", "hours", "rate", "amount", "workweek_start",
)  # fmt: skip
DESCRIPTIONS: Final = {
    Sort.HOURS: "Hours",
    Sort.TIME_OFF: "Paid time off",
    Sort.OVERTIME: "Overtime premium",
    Sort.SALARY: "Salary",
    Sort.COMMISSION: "Sessions",
    Sort.BONUS: "Bonus",
    Sort.OTHER: "Other pay",
    Sort.CORRECTION: "Correction",
    Sort.REIMBURSEMENT: "Reimbursement",
}
TAX_CLASSES: Final = {"w2": "W-2", "1099": "1099"}


def write(batch: Batch) -> bytes:
    """All rows, people in the order given."""
    return file([HEADER, *(row for payee in batch.payees for row in _rows(batch, payee))])


def filename(batch: Batch) -> str:
    """`payroll-2026-11-01-2026-11-15.csv`."""
    return f"payroll-{batch.starts_on}-{batch.ends_on}.csv"


def missing(batch: Batch) -> list[Missing]:
    """A number for everybody."""
    return [*checks.unmapped(batch, "the payroll provider"), *checks.unnumbered(batch, "the payroll provider")]


def _rows(batch: Batch, payee: Payee) -> Iterator[list[str]]:
    who = [text(payee.external_id), text(payee.last_name), text(payee.first_name), TAX_CLASSES[payee.tax_class]]
    days = [str(batch.starts_on), str(batch.ends_on), str(batch.pay_on)]
    for one in payee.pay:
        code = batch.codes.get(one.sort, "") or one.sort.value
        cells = [text(code), DESCRIPTIONS[one.sort], number(one.hours), number(one.rate or ZERO), number(one.amount)]
        yield [*who, *days, *cells, ""]


def _nothing(_: Batch) -> Decimal:
    return ZERO


FORMAT: Final = Format(
    tax_classes=frozenset({"w2", "1099"}),
    write=write,
    filename=filename,
    missing=missing,
    left_out=_nothing,
    money=("amount",),
)
