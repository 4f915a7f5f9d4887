"""ADP RUN: “Time Sheet Import”, layout GENERIC V1.0. Employees only.

Source: `payroll.md` 1.4: third-party documentation and public code that cite ADP's guide (GTSG); header words differ
between them, number and order of the 11 columns agree. One row for each employee and earnings code; hours at the rate
`BASE`, dollars with hours and rate code blank (unverified). One frequency in a file; the dates must be those of the
next regular period. The number has at most 15 characters. No rows of 0.00. Confirm on the first import.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from payroll.exports import checks
from payroll.exports.cells import file, number, text
from payroll.exports.facts import About, Batch, Format, Missing, Payee, Sort
from payroll.exports.hours import worked
from practice.money import ZERO, total

FIRST_LINE: Final = "##GENERIC## V1.0"
HEADER: Final = (
    "IID", "Pay Frequency", "Pay Period Start", "Pay Period End", "Employee ID", "Earnings Code", "Pay Hours",
    "Dollars", "Separate Check", "Worked In Dept", "Rate Code",
)  # fmt: skip
CODES: Final = {
    Sort.HOURS: "REG",
    Sort.TIME_OFF: "VAC",
    Sort.OVERTIME: "OVT",
    Sort.COMMISSION: "COM",
    Sort.BONUS: "BON",
    Sort.REIMBURSEMENT: "RMB",
}
FREQUENCIES: Final = {
    "weekly": ("W", "Weekly"),
    "biweekly": ("B", "Biweekly"),
    "semi_monthly": ("S", "Semimonthly"),
    "monthly": ("M", "Monthly"),
}
WORDS: Final = {Sort.TIME_OFF: "paid time off", Sort.COMMISSION: "pay for sessions", Sort.OTHER: "other pay"}
_DOLLARS: Final = (Sort.SALARY, Sort.COMMISSION, Sort.BONUS, Sort.OTHER, Sort.CORRECTION, Sort.REIMBURSEMENT)
LONGEST: Final = 15
_APART: Final = range(5, 27)


def write(batch: Batch) -> bytes:
    """The line that names the layout, the header, and the rows."""
    return file([[FIRST_LINE], HEADER, *(row for payee in batch.payees for row in _rows(batch, payee))])


def filename(batch: Batch) -> str:
    """`Semimonthly-11012026-11152026.csv`; no two runs of employees have a period in common, so none repeats."""
    word = FREQUENCIES[batch.frequency][1]
    return f"{word}-{batch.starts_on:%m%d%Y}-{batch.ends_on:%m%d%Y}.csv"


def missing(batch: Batch) -> list[Missing]:
    """The company code, a number for everybody, a code for every sort of pay, one hourly rate, a regular period."""
    company = [] if batch.company else [Missing("The company code (IID) at ADP RUN is not entered.", About.SETUP)]
    return [
        *company,
        *_period(batch),
        *checks.unmapped(batch, "ADP RUN"),
        *checks.unnumbered(batch, "ADP RUN", longest=LONGEST),
        *_codes(batch),
        *checks.hours(batch, "ADP RUN"),
        *checks.salaries(batch, "ADP RUN"),
    ]


def left_out(batch: Batch) -> Decimal:
    """What ADP pays by hours, and salaries that it pays by itself."""
    return total(worked(one).worth(one) for one in batch.payees) + batch.salaries_there


def _rows(batch: Batch, payee: Payee) -> Iterator[list[str]]:
    for sort, hours, dollars in _entries(batch, payee):
        if hours or dollars:
            yield [
                text(batch.company),
                FREQUENCIES[batch.frequency][0],
                _day(batch.starts_on),
                _day(batch.ends_on),
                text(payee.external_id),
                text(_code(batch, sort)),
                number(hours),
                number(dollars),
                "0",
                "",
                "BASE" if hours else "",
            ]


def _entries(batch: Batch, payee: Payee) -> Iterator[tuple[Sort, Decimal, Decimal]]:
    done = worked(payee)
    yield Sort.HOURS, done.regular, ZERO
    yield Sort.TIME_OFF, done.time_off, ZERO
    yield Sort.OVERTIME, done.overtime, ZERO
    yield Sort.OVERTIME, ZERO, done.premium
    for sort in _DOLLARS:
        if sort != Sort.SALARY or batch.salaries_in_file:
            yield sort, ZERO, payee.of(sort)


def _code(batch: Batch, sort: Sort) -> str:
    return batch.codes.get(sort, "") or CODES.get(sort, "")


def _codes(batch: Batch) -> list[Missing]:
    used = {sort for payee in batch.payees for sort, hours, dollars in _entries(batch, payee) if hours or dollars}
    unknown = [sort for sort in Sort if sort in used and not _code(batch, sort)]
    return [
        Missing(f"The earnings code at ADP RUN for {WORDS.get(sort, sort.value)} is not entered.", About.SETUP)
        for sort in unknown
    ]


def _period(batch: Batch) -> list[Missing]:
    if batch.is_off_cycle:
        words = "ADP RUN takes regular periods only. Use the file for any other provider for an off-cycle run."
        return [Missing(words, About.RUN)]
    if batch.frequency == "semi_monthly" and (batch.ends_on - batch.starts_on).days not in _APART:
        words = "ADP RUN takes a semi-monthly period only where its first and last day are 5 to 26 days apart."
        return [Missing(words, About.RUN)]
    return []


def _day(day: dt.date) -> str:
    return f"{day:%m/%d/%Y}"


FORMAT: Final = Format(
    tax_classes=frozenset({"w2"}),
    write=write,
    filename=filename,
    missing=missing,
    left_out=left_out,
    money=("Dollars",),
    hours=("Pay Hours",),
    lines_before_header=1,
)
