"""Checks of single values; each adds a problem in words, or nothing."""

from __future__ import annotations

import re
from collections.abc import Container
from datetime import date
from decimal import Decimal
from typing import Final

from edi.characters import clean
from edi.claims.problems import Findings
from edi.npi import is_npi

MAX_AMOUNT: Final = Decimal("99999999.99")

LONGEST: Final = {
    "ISA06": 15, "ISA08": 15, "GS02": 15, "GS03": 15, "ST02": 9, "BHT03": 30, "PER02": 60, "PER04": 256,
    "NM103": 60, "NM104": 35, "NM105": 25, "NM107": 10, "NM109": 80,
    "N301": 55, "N302": 55, "N401": 30,
    "SBR03": 50, "SBR04": 60, "REF*F8": 50, "REF*G1": 50, "REF*9F": 50, "REF*6R": 30, "NTE02": 80, "SV101-7": 80,
}  # fmt: skip
"""How many characters each element may have."""

_has_text = re.compile("[A-Za-z0-9]").search
_is_taxonomy = re.compile("[0-9A-Z]{10}").fullmatch


def required(found: Findings, element: str, value: str, whose: str, what: str) -> None:
    """A text that must be there, also after cleaning, and fit."""
    if not _has_text(value) and not _has_text(clean(value)):
        found.add(2, element, "missing", f"{whose} {what} is missing.")
    else:
        fits(found, element, value, whose, what)


def fits(found: Findings, element: str, value: str, whose: str, what: str) -> None:
    """A text that may be there, and fits."""
    longest = LONGEST[element]
    if not value or (len(value) <= longest and value.isascii() and _has_text(value)):
        return
    cleaned = clean(value)
    length = len(cleaned)
    if not _has_text(cleaned):
        found.add(2, element, "unsendable", f"{whose} {what} has no letter or digit that can be sent.")
    elif length > longest:
        found.add(2, element, "too-long", f"{whose} {what} has {length} characters; at most {longest} can be sent.")


def one_of(found: Findings, element: str, value: str, values: Container[str], what: str) -> None:
    """A code from a list of the guide."""
    if value not in values:
        words = f"{what} “{value}” is not a code of the 837P." if value else f"{what} is missing."
        found.add(2, element, "code" if value else "missing", words)


def npi(found: Findings, element: str, value: str, whose: str) -> None:
    """An NPI with its check digit."""
    if is_npi(value):
        return
    if not value:
        found.add(2, element, "missing", f"{whose} NPI is missing.")
    else:
        found.add(5, element, "npi", f"{whose} NPI {value} is not valid: an NPI has ten digits and a check digit.")


def taxonomy(found: Findings, element: str, value: str, whose: str) -> None:
    """A taxonomy code has ten letters and digits; it may be absent."""
    if value and not _is_taxonomy(value):
        found.add(2, element, "taxonomy", f"{whose} taxonomy code {value} should have ten letters and digits.")


def amount(found: Findings, element: str, value: Decimal, what: str) -> None:
    """Dollars and whole cents, not negative."""
    if 0 <= value <= MAX_AMOUNT and value == value.quantize(Decimal("0.01")):
        return
    if value < 0:
        found.add(2, element, "negative", f"{what} is {dollars(value)}; it may not be negative.")
    else:
        found.add(2, element, "amount", f"{what} is {value}; it should be dollars and whole cents below 100,000,000.")


def dollars(value: Decimal) -> str:
    """Money as people write it: with its sign and cents, and any further decimals it has."""
    shown = f"{abs(value):,.2f}" if value == value.quantize(Decimal("0.01")) else f"{abs(value):,}"
    return f"-${shown}" if value < 0 else f"${shown}"


def not_after(found: Findings, element: str, day: date | None, made_on: date, what: str) -> None:
    """A day that has come when the file is made."""
    if day is not None and day > made_on:
        found.add(4, element, "future", f"{what} {day:%m/%d/%Y} is after the day the file was made.")
