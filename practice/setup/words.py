"""How the set-up writes amounts and spans of days in its sentences."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal


def dollars(amount: Decimal) -> str:
    """`$1,234.50`."""
    return f"${amount:,.2f}"


def date(value: dt.date) -> str:
    """`Jan 1, 2026`."""
    return f"{value:%b} {value.day}, {value.year}"


def span(starts_on: dt.date, ends_on: dt.date | None) -> str:
    """`from Jan 1, 2026` or `from Jan 1, 2026 to Dec 31, 2026`."""
    end = f" to {date(ends_on)}" if ends_on else ""
    return f"from {date(starts_on)}{end}"
