"""Reads amounts and dates of a remittance, and writes down what it could not read instead of giving up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from edi.amounts import ZERO, parse_amount
from edi.dates import parse_date
from edi.errors import X12Error
from edi.oddities import Oddity

PLAIN = "0123456789.-"
REMEMBERED = 4096

_date = lru_cache(maxsize=REMEMBERED)(parse_date)


def element(elements: list[str], at: int) -> str:
    """Element `at` of a segment, or '' when the segment ends before it."""
    return elements[at] if at < len(elements) else ""


class Notes:
    """The oddities found so far and the number of the segment being read."""

    __slots__ = ("amounts", "found", "number")

    def __init__(self) -> None:
        self.found: list[Oddity] = []
        self.number = 0
        self.amounts: dict[str, Decimal] = {}

    def note(self, words: str, *, grave: bool = False) -> None:
        """Writes down an oddity of the segment being read."""
        self.found.append(Oddity(self.number, words, grave))

    def note_all(self, words: str, *, grave: bool = False) -> None:
        """Writes down an oddity of the transaction as a whole."""
        self.found.append(Oddity(0, words, grave))

    def money(self, elements: list[str], at: int, what: str) -> Decimal:
        """A required amount; zero and a grave oddity when it is missing or cannot be read."""
        text = elements[at] if at < len(elements) else ""
        amount = self.amounts.get(text)
        return self.learned(text, elements[0], at, what) if amount is None else amount

    def learned(self, text: str, tag: str, at: int, what: str) -> Decimal:
        """An amount not met before in this transaction; the same ones recur and are kept."""
        try:
            amount = self.amounts[text] = parse_amount(text) if text.strip(PLAIN) else Decimal(text)
        except (X12Error, InvalidOperation):
            says = f"“{text}” is not an amount" if text else "is missing"
            self.note(f"{tag}{at:02} ({what}) {says}; read as 0.00.", grave=True)
            return ZERO
        return amount

    def number_of(self, elements: list[str], at: int, what: str) -> Decimal | None:
        """An optional number that moves no money; none and an oddity when it cannot be read."""
        text = elements[at] if at < len(elements) else ""
        if not text:
            return None
        try:
            return self.amounts.get(text) or parse_amount(text)
        except X12Error:
            self.note(f"{elements[0]}{at:02} ({what}) “{text}” is not a number; left out.")
        return None

    def day(self, elements: list[str], at: int, what: str) -> date | None:
        """An optional date; none and an oddity when it cannot be read."""
        text = elements[at] if at < len(elements) else ""
        if not text:
            return None
        try:
            return _date(text)
        except X12Error:
            self.note(f"{elements[0]}{at:02} ({what}) “{text}” is not a date; left out.")
        return None
