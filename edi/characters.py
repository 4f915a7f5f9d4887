"""Text as clearinghouses take it: upper-case ASCII without separators and without the signs some of them refuse."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

from edi.delimiters import Delimiters

ALLOWED: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 !&'()+,-./;?=%@_#$"
"""The basic and extended sets of Appendix B.1.1.2.2, less the usual separators and what clearinghouses refuse."""

SPELLED: Final = {
    "ß": "SS", "ẞ": "SS", "Æ": "AE", "Œ": "OE", "Ø": "O", "Đ": "D", "Ð": "D", "Þ": "TH", "Ł": "L", "ı": "I", "Ŋ": "NG",
    "’": "'", "‘": "'", "‚": "'", "`": "'", "´": "'", "ʼ": "'", '"': "'", "“": "'", "”": "'", "„": "'",
    "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "…": "...", "[": "(", "]": ")", "{": "(", "}": ")",
    "|": "/", "\\": "/", "½": "1/2", "№": "NO", "ª": "A", "º": "O", "€": "EUR", "£": "GBP",
}  # fmt: skip


@lru_cache(maxsize=32)
def allowed(delimiters: Delimiters = Delimiters()) -> frozenset[str]:  # noqa: B008 - frozen
    """The characters that data may hold between these separators."""
    return frozenset(ALLOWED) - frozenset(delimiters)


def clean(text: str, delimiters: Delimiters = Delimiters()) -> str:  # noqa: B008 - frozen
    """The text in the allowed characters, without blanks at its ends; what has no spelling becomes a blank."""
    marks = allowed(delimiters)
    spelled = "".join(SPELLED.get(mark, mark) for mark in text.upper())
    plain = unicodedata.normalize("NFKD", spelled).upper()
    kept = (mark if mark in marks else " " for mark in plain if not unicodedata.combining(mark))
    return "".join(kept).strip()
