"""How amounts, shares and days read in the sentences of pay lines."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import lru_cache

from practice.templatetags._words import money as _money

_HUNDRED = Decimal(100)


@lru_cache(maxsize=4096)
def money(amount: Decimal) -> str:
    """`$1,234.50`, with the minus before the dollar sign."""
    return _money(amount)


@lru_cache(maxsize=4096)
def short(day: dt.date) -> str:
    """`Nov 12`."""
    return f"{day:%b} {day.day}"


@lru_cache(maxsize=256)
def dated(day: dt.date) -> str:
    """`Jan 1, 2026`."""
    return f"{short(day)}, {day.year}"


@lru_cache(maxsize=1024)
def share(rate: Decimal) -> str:
    """`62%`, `62.5%`."""
    return f"{plain(rate * _HUNDRED)}%"


def plain(number: Decimal) -> str:
    """A number without zeros at its end: `0.62`, `40`."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def ordinal(number: int) -> str:
    """`51st`, `12th`."""
    if number % 100 in {11, 12, 13}:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def count(number: int, one: str, many: str = "") -> str:
    """`1 session`, `3 sessions`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
