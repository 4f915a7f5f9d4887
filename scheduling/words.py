"""Times, dates and people as the calendar's sentences say them; everything by the practice's wall clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from practice import clock
from practice.clock import HasTimeZone

DASH: Final = "\N{EN DASH}"


def time_words(moment: dt.datetime | dt.time) -> str:
    """`9:05 AM`."""
    return moment.strftime("%I:%M %p").lstrip("0")


def span_words(practice: HasTimeZone, starts_at: dt.datetime, ends_at: dt.datetime, between: str = "to") -> str:
    """`9:00 to 9:55 AM` in a sentence, `11:30 AM – 12:20 PM` where it stands alone."""
    start, end = clock.local(practice, starts_at), clock.local(practice, ends_at)
    same_half = start.strftime("%p") == end.strftime("%p")
    first = start.strftime("%I:%M").lstrip("0") if same_half else time_words(start)
    return f"{first} {between} {time_words(end)}"


def local_span(practice: HasTimeZone, starts_at: dt.datetime, ends_at: dt.datetime) -> str:
    """`Mon, Nov 16, 9:00 – 9:55 AM`."""
    day = clock.local(practice, starts_at).date()
    return f"{date_words(day, clock.today(practice))}, {span_words(practice, starts_at, ends_at, DASH)}"


def date_words(date: dt.date, today: dt.date) -> str:
    """`Mon, Nov 16`, with the year when it is not this one."""
    words = f"{date:%a, %b} {date.day}"
    return words if date.year == today.year else f"{words}, {date.year}"


def listed(names: Sequence[str]) -> str:
    """`Ana`, `Ana and Ben`, `Ana, Ben and Cleo`."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)
