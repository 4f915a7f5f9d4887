"""Cells and bytes of every provider's file (`payroll.md` 1.0).

UTF-8 without a byte order mark, RFC 4180 quoting, CRLF; a decimal point, two places, no thousands separator and no
`$`; nothing is a blank cell and never 0, because zeros overwrite at some providers; no row of totals.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from practice.money import cents, total

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def text(value: str) -> str:
    """Free text, with an apostrophe in front where a spreadsheet would take it for a formula."""
    return f"'{value}" if value.startswith(_FORMULA) else value


def number(value: Decimal) -> str:
    """Hours or dollars with two places and their sign; blank for nothing."""
    return f"{cents(value):f}" if value else ""


def file(rows: Iterable[Sequence[str]]) -> bytes:
    """The rows as bytes."""
    kept = io.StringIO(newline="")
    csv.writer(kept, lineterminator="\r\n").writerows(rows)
    return kept.getvalue().encode("utf-8")


def table(content: bytes, *, lines_before_header: int = 0) -> tuple[list[str], list[list[str]]]:
    """A finished file read back from its bytes: the header, and the rows below it."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))[lines_before_header:]
    return rows[0], rows[1:]


def sum_of(content: bytes, columns: Sequence[str], *, lines_before_header: int = 0) -> Decimal:
    """What the columns of a finished file add up to, read back from its bytes."""
    header, rows = table(content, lines_before_header=lines_before_header)
    places = [header.index(name) for name in columns]
    return total(Decimal(row[place]) for row in rows for place in places if row[place])
