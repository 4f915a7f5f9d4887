"""What to know about each provider's file before the first import (`payroll.md` 1.0 to 1.8): a head, and why."""

from __future__ import annotations

from typing import Final

from payroll.exports.adp_run import LONGEST

Facts = list[tuple[str, str]]

_ZEROS: Final = "Leading zeros of a number are kept. A spreadsheet drops them: do not open the file and save it again."
GUSTO: Final[Facts] = [
    ("Gusto finds people by first and last name", "As they stand at Gusto; capitals do not matter."),
    ("A number has six letters or digits", "It is needed only where two people share a name at Gusto."),
    ("A job title is rarely needed", "Only for somebody who has more than one rate at Gusto."),
    ("Sessions are commission", "So are add-ons, late cancels and what is carried over, all in dollars."),
    ("Hours are hours", "Gusto multiplies them by the rate it has for the person, so the rates must agree."),
    (
        "Paid time off is among the regular hours",
        "Where Gusto tracks it, do not enter it here: it would be paid twice.",
    ),
    ("A blank leaves what is entered at Gusto alone", "A 0 would overwrite it, so none is written."),
    ("Contractors have a file of their own", "Wage, bonus and reimbursement in dollars; a business goes by its name."),
    (
        "Gusto does no backup withholding",
        "Where a contractor needs it, arrange it outside of Gusto; the file says gross.",
    ),
    (
        "The contractors’ columns are not confirmed",
        "Gusto shows them only in your account: compare your template first.",
    ),
]
ADP_RUN: Final[Facts] = [
    ("Time Sheet Import, layout GENERIC V1.0", "A row for each employee and earnings code."),
    ("Hours go at the rate code BASE", "ADP multiplies them by its own rate, so the rates must agree."),
    ("Dollars leave hours and rate code blank", "ADP does not confirm this in writing: look on the first import."),
    ("Employees only", "Contractors are in no file of ADP RUN. Pay them there by hand, or in the file for any other."),
    ("The dates must be those of ADP’s next period", "Regular periods only, and one pay frequency in a file."),
    (f"A number has at most {LONGEST} characters", _ZEROS),
]
ANY: Final[Facts] = [
    ("A row for each person, sort of pay and rate", "All in dollars; hours and rate only explain the amount."),
    ("Employees and contractors in one file", "The column tax_class tells them apart."),
    ("Everybody needs a number", _ZEROS),
]
