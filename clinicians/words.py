"""How dates and spans read in sentences about the team."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from practice.templatetags.caseload import day

__all__ = ["and_so_on", "day", "days_left", "short", "span"]


def days_left(until: dt.date, today: dt.date) -> str:
    """`today`, `tomorrow`, `in 24 days`, `yesterday`, `9 days ago`."""
    left = (until - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if left in near:
        return near[left]
    return f"in {left} days" if left > 0 else f"{-left} days ago"


def span(starts_on: dt.date, ends_on: dt.date | None, today: dt.date) -> str:
    """`Jan 6, 2025 to May 31, 2026`, or `from Jan 6, 2025`, without days of the week."""
    first = short(starts_on, today)
    return f"from {first}" if ends_on is None else f"{first} to {short(ends_on, today)}"


def and_so_on(parts: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def short(value: dt.date, today: dt.date) -> str:
    """`Nov 14`, with the year when it is another."""
    return day(value, today).split(", ", 1)[1]
