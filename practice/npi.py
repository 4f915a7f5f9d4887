"""The National Provider Identifier and its check digit (45 CFR 162.406; ISO 7812 with the prefix 80840)."""

from __future__ import annotations

from typing import Final

from django.core.exceptions import ValidationError

_PREFIX_SUM: Final = 24
_LENGTH: Final = 10


def npi_is_valid(npi: str) -> bool:
    """Whether ten digits carry the right check digit."""
    if len(npi) != _LENGTH or not (npi.isascii() and npi.isdigit()) or npi[0] not in "12":
        return False
    total = _PREFIX_SUM
    for place, digit in enumerate(reversed(npi)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value  # noqa: PLR2004
    return total % 10 == 0


def validate_npi(npi: str) -> None:
    """ValidationError with the fault in words."""
    if len(npi) != _LENGTH or not npi.isdigit():
        raise ValidationError(f"An NPI has 10 digits; this has {len(npi)} characters.", code="length")
    if not npi_is_valid(npi):
        raise ValidationError("The check digit of this NPI is wrong; one of its digits was mistyped.", code="check")
