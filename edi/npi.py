"""National Provider Identifiers: ten digits, the last of which is a check digit."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

LENGTH: Final = 10
ISSUER: Final = 24
"""What the prefix 80840, which every NPI has by ISO 7812, adds to the Luhn sum."""

NINE: Final = 9


@lru_cache(maxsize=8192)
def is_npi(text: str) -> bool:
    """Whether these are ten digits, beginning with 1 or 2, with a right check digit (45 CFR 162.406; Luhn)."""
    if len(text) != LENGTH or not (text.isascii() and text.isdigit()) or text[0] not in "12":
        return False
    digits = [int(mark) for mark in text]
    doubled = [2 * digit - NINE if 2 * digit > NINE else 2 * digit for digit in digits[0:9:2]]
    return (ISSUER + sum(doubled) + sum(digits[1::2])) % 10 == 0
