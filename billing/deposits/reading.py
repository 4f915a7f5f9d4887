"""Reads a bank's list of transactions: day, amount and words of each row, whatever the columns are called. Pure.

The addenda of a CCD+ payment carry the TRN segment of its 835 (`TRN*1*<number>*<payer>`), and banks print it among
the words of the row.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from billing.paper.keying import amount_of

_DAYS: Final = ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y", "%m-%d-%Y", "%d-%b-%Y")
_MONEY: Final = re.compile(r"^[-+(]?\$?[\d,]*\.\d\d\)?$")
_TOKENS: Final = re.compile(r"[^A-Z0-9-]+")
_DELIMITERS: Final = ",;\t|"
MOST: Final = 5000


@dataclass(frozen=True, slots=True)
class BankRow:
    """One row of the statement: its place, day, dollars (above zero came in) and the words in it."""

    place: int
    on: dt.date | None
    amounts: tuple[Decimal, ...]
    words: frozenset[str]

    def names(self, trace: str) -> bool:
        """Whether the row has the number, with or without leading zeros."""
        wanted = trace.upper().strip()
        return bool(wanted) and (wanted in self.words or wanted.lstrip("0") in self.words)


def rows(text: str) -> list[BankRow]:
    """The rows that have an amount; headings and sums without a day fall out by themselves."""
    found = []
    lines = text.replace("\0", "").splitlines()
    for place, cells in enumerate(csv.reader(lines, delimiter=_delimiter(text)), 1):
        if place > MOST:
            break
        amounts = tuple(one for cell in cells if (one := _money(cell)) is not None)
        if amounts:
            found.append(BankRow(place, _day(cells), amounts, _words(cells)))
    return found


def _delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(_DELIMITERS, key=first.count)


def _words(cells: Sequence[str]) -> frozenset[str]:
    return frozenset(token for cell in cells for token in _TOKENS.split(cell.upper()) if token)


def _money(cell: str) -> Decimal | None:
    plain = cell.strip()
    if not _MONEY.match(plain):
        return None
    found = amount_of(plain.strip("()+"))
    return -found if found is not None and plain.startswith("(") else found


def _day(cells: Sequence[str]) -> dt.date | None:
    for cell in cells:
        for form in _DAYS:
            try:
                return dt.datetime.strptime(cell.strip()[:11].strip(), form).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
    return None
