"""How payers' references are told apart although each writes the same one in several ways. Pure."""

from __future__ import annotations

import re
from typing import Final

_LONGEST: Final = 50
_ENOUGH: Final = 8
_PARTS: Final = re.compile(r"[^A-Z0-9]+")


def key_of(reference: str) -> str:
    """The reference in capitals and without blanks."""
    return "".join(reference.split()).upper()[:_LONGEST]


def candidates(reference: str) -> list[str]:
    """What the reference may be filed under: itself, then the longer parts of it (`ICN20261105 LINDGREN`)."""
    parts = [part for part in _PARTS.split(reference.upper()) if len(part) >= _ENOUGH]
    return list(dict.fromkeys([key_of(reference), *parts]))
