"""Money and quantities as X12 writes them (element type R): exact decimals, never binary fractions."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from edi.errors import X12Error

ZERO: Final = Decimal(0)
MAX_DECIMALS: Final = 2
LONGEST: Final = 24
"""Characters of an amount: the 18 digits of element type R with sign, point and a payer's separators."""

_plain = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)").fullmatch
_odd = re.compile(r"\s*([+-]?)\s*\$?((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+)\s*(-?)\s*").fullmatch


def format_amount(amount: Decimal, decimals: int = MAX_DECIMALS) -> str:
    """The shortest exact spelling: no superfluous zeros, no trailing point; refuses a third decimal."""
    text = str(amount)
    if "E" in text:
        text = format(amount, "f")
    whole, _, fraction = text.partition(".")
    fraction = fraction.rstrip("0")
    if len(fraction) > decimals or not amount.is_finite():
        raise X12Error(f"{amount} cannot be sent: an amount has at most {decimals} decimals.")
    spelled = f"{whole}.{fraction}" if fraction else whole
    return "0" if spelled == "-0" else spelled


def parse_amount(text: str) -> Decimal:
    """The exact amount in a payer's spelling: '.5', '+5', '5.', '-12.50', '12.50-', '1,234.50'; raises X12Error."""
    if len(text) > LONGEST:
        raise X12Error(f"“{text[:LONGEST]}…” has more digits than an amount can have.")
    if _plain(text):
        return Decimal(text)
    return _parse_odd(text)


def _parse_odd(text: str) -> Decimal:
    """An amount with blanks, a dollar sign, thousands separators or its sign behind it."""
    found = _odd(text)
    if found is None or (found[1] and found[3]):
        raise X12Error(f"“{text}” is not an amount.")
    amount = Decimal(found[2].replace(",", ""))
    return -amount if "-" in (found[1], found[3]) else amount
