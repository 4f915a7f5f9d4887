"""Gusto, employees: hours and earnings import.

Source: `payroll.md` 1.1: support.gusto.com 999914471 (Smart Import and CSV upload); the 16 columns are those of a
downloaded template as two independent programs quote it. Matched by first and last name, the employee's number (six
letters or digits) is optional unless two share a name. Blank leaves what is entered there alone, 0 overwrites it.
Hours go as hours, pay for sessions as commission, bonuses and other pay as bonus, corrections entered by hand as
correction payment. Confirm on the first import.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from payroll.exports import checks
from payroll.exports.cells import file, number, text
from payroll.exports.facts import About, Batch, Format, Missing, Payee, Sort
from payroll.exports.hours import worked
from practice.money import ZERO, total

HEADER: Final = (
    "last_name", "first_name", "title", "gusto_employee_id", "regular_hours", "overtime_hours",
    "double_overtime_hours", "missed_break_hours", "owners_draw", "bonus", "commission", "paycheck_tips", "cash_tips",
    "correction_payment", "reimbursement", "personal_note",
)  # fmt: skip
NUMBER: Final = re.compile(r"[A-Za-z0-9]{6}")


def write(batch: Batch) -> bytes:
    """One row for each employee."""
    return file([HEADER, *(_row(batch, payee) for payee in batch.payees)])


def filename(batch: Batch) -> str:
    """`gusto-2026-11-01-2026-11-15.csv`; Gusto takes any name."""
    return f"gusto-{batch.starts_on}-{batch.ends_on}.csv"


def missing(batch: Batch) -> list[Missing]:
    """A name as Gusto knows it for everybody, a number where names repeat, one hourly rate, where salaries are paid."""
    return [
        *checks.unmapped(batch, "Gusto"),
        *(
            Missing(
                f"{payee.name}’s number at Gusto, {payee.external_id}, does not have six letters or digits.",
                About.PEOPLE,
                payee.clinician_id,
            )
            for payee in batch.payees
            if payee.external_id and not NUMBER.fullmatch(payee.external_id)
        ),
        *checks.same_names(batch, "Gusto", numbers_help=True),
        *checks.hours(batch, "Gusto"),
        *checks.salaries(batch, "Gusto"),
    ]


def left_out(batch: Batch) -> Decimal:
    """What Gusto pays by hours, and salaries that it pays by itself."""
    return total(worked(one).worth(one) for one in batch.payees) + batch.salaries_there


def _row(batch: Batch, payee: Payee) -> list[str]:
    done = worked(payee)
    salary = payee.of(Sort.SALARY) if batch.salaries_in_file else ZERO
    cells = {
        "last_name": text(payee.last_name),
        "first_name": text(payee.first_name),
        "title": text(payee.title),
        "gusto_employee_id": text(payee.external_id),
        "regular_hours": number(done.regular + done.time_off),
        "overtime_hours": number(done.overtime),
        "bonus": number(payee.of(Sort.BONUS, Sort.OTHER) + done.premium),
        "commission": number(payee.of(Sort.COMMISSION) + salary),
        "correction_payment": number(payee.of(Sort.CORRECTION)),
        "reimbursement": number(payee.of(Sort.REIMBURSEMENT)),
    }
    return [cells.get(name, "") for name in HEADER]


FORMAT: Final = Format(
    tax_classes=frozenset({"w2"}),
    write=write,
    filename=filename,
    missing=missing,
    left_out=left_out,
    money=("bonus", "commission", "correction_payment", "reimbursement"),
    hours=("regular_hours", "overtime_hours"),
)
