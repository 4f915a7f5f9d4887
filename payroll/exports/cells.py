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

from practice.money import ZERO, cents, total

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


def sum_of(content: bytes, columns: Sequence[str], *, lines_before_header: int = 0) -> Decimal:
    """What the columns of a finished file add up to, read back from its bytes."""
    lines = io.StringIO(content.decode("utf-8"), newline="")
    for _ in range(lines_before_header):
        lines.readline()
    return total(Decimal(row[name]) if row[name] else ZERO for row in csv.DictReader(lines) for name in columns)
