"""How dates, times, states and lists read in findings."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Sequence
from functools import cache

from practice.reference import DATA
from practice.templatetags import _words

__all__ = ["clock_time", "listed", "money", "short_day", "span", "state_name", "units_left"]

money = _words.money


def short_day(value: dt.date, today: dt.date) -> str:
    """`Dec 1`, with the year when it is not this one."""
    return _words.day(value, today).partition(", ")[2]


def clock_time(value: dt.datetime) -> str:
    """`9:48 AM` of an instant that is already on the practice's wall clock."""
    return _words.clock_time(value.time())


def span(start: dt.datetime, stop: dt.datetime) -> str:
    """`9:00 – 9:48 AM` on the practice's wall clock."""
    return _words.span(start.time(), stop.time())


def listed(parts: Sequence[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    return f" {last} ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def state_name(code: str) -> str:
    """`Pennsylvania` for PA; the code itself where there is no name."""
    return _states().get(code, code)


def units_left(left: int, noun: str) -> str:
    """`1 visit`, `12 visits`."""
    return f"{left} {noun}" if left == 1 else f"{left} {noun}s"


@cache
def _states() -> dict[str, str]:
    with (DATA / "states.csv").open(encoding="utf-8", newline="") as rows:
        return {row["state"]: row["name"] for row in csv.DictReader(rows)}
