"""Whether words can be read on a color (WCAG 2.2, 1.4.3: contrast of at least 4.5 to 1)."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

WHITE: Final = "#ffffff"
INK: Final = "#24211c"
ENOUGH: Final = Decimal("4.5")
_KNEE: Final = Decimal("0.04045")
_WEIGHTS: Final = (Decimal("0.2126"), Decimal("0.7152"), Decimal("0.0722"))
_FLARE: Final = Decimal("0.05")
_TENTH: Final = Decimal("0.1")


def contrast(one: str, other: str) -> Decimal:
    """The contrast of two colors written as `#1b5f5b`, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + _FLARE) / (dark + _FLARE)


def verdict(color: str) -> str:
    """One sentence: whether white words can be read on the color, and what happens when they cannot."""
    white = contrast(color, WHITE)
    if white >= ENOUGH:
        return f"White words on {color} have a contrast of {_said(white)} to 1, enough to read."
    dark = _said(contrast(color, INK))
    return (
        f"White words on {color} have a contrast of {_said(white)} to 1, and 4.5 is needed."
        f" Words on it are dark instead, with {dark} to 1."
    )


def _said(value: Decimal) -> str:
    return str(value.quantize(_TENTH))


def _luminance(color: str) -> Decimal:
    parts = (Decimal(int(color[place : place + 2], 16)) / 255 for place in (1, 3, 5))
    return sum((weight * _linear(part) for weight, part in zip(_WEIGHTS, parts, strict=True)), Decimal(0))


def _linear(part: Decimal) -> Decimal:
    if part <= _KNEE:
        return part / Decimal("12.92")
    return ((part + Decimal("0.055")) / Decimal("1.055")) ** Decimal("2.4")
