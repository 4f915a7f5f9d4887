"""How amounts, dates, times and people are written; no template machinery here."""

from __future__ import annotations

import zlib
from datetime import date, datetime, time
from typing import TypeAlias

from django.utils import dateformat, timezone

from practice.money import MINUS, Amount, cents_of
from practice.money import dollars as money

__all__ = [
    "DASH", "MINUS", "Amount", "Instant", "cents_of", "clock_time", "dates", "day", "initials", "local_date", "money",
    "tone",
]  # fmt: skip

Instant: TypeAlias = datetime | time | str | None

DASH = "\N{EN DASH}"
TONES = 6
NOON = 12


def initials(name: str) -> str:
    """The first letters of the first and the last name: `Alice Moreau` is AM."""
    parts = [word for word in name.replace(",", " ").split() if word[0].isalnum()]
    if not parts:
        return ""
    ends = parts[:1] if len(parts) == 1 else [parts[0], parts[-1]]
    return "".join(word[0] for word in ends).upper()


def tone(who: object) -> int:
    """One of six soft tones, the same for the same text on every machine."""
    return zlib.crc32(str(who).encode()) % TONES + 1


def day(value: date | None, today: date) -> str:
    """`Mon, Nov 16`, with the year when it is not today's; blank for None."""
    if not isinstance(value, date):
        return ""
    return dateformat.format(value, "D, M j" if value.year == today.year else "D, M j, Y")


def dates(first: date, last: date, today: date) -> str:
    """`Oct 6–20`, `Oct 6 – Nov 3`, each with the year when it is not today's; one day as `day` says it."""
    if last <= first:
        return day(first, today)
    if first.year != last.year:
        return f"{dateformat.format(first, 'M j, Y')} {DASH} {dateformat.format(last, 'M j, Y')}"
    year = "" if first.year == today.year else f", {first.year}"
    if first.month == last.month:
        return f"{dateformat.format(first, 'M j')}{DASH}{last.day}{year}"
    return f"{dateformat.format(first, 'M j')} {DASH} {dateformat.format(last, 'M j')}{year}"


def clock_time(value: Instant) -> str:
    """`9:48 AM`; blank for None."""
    moment = _local(value)
    return f"{_hours(moment)} {_half(moment)}" if moment else ""


def span(start: Instant, end: Instant) -> str:
    """`9:00 – 9:48 AM`; both halves of the day are named when they differ."""
    if not end:
        return clock_time(start)
    begin, stop = _local(start), _local(end)
    first = _hours(begin) if begin and stop and _half(begin) == _half(stop) else clock_time(begin)
    return f"{first} {DASH} {clock_time(stop)}"


def browser(agent: str) -> str:
    """`Firefox on Windows` from the line a browser sends about itself."""
    name = _first_in(
        agent, {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
    )
    places = {
        "iPhone": "iPhone",
        "iPad": "iPad",
        "Android": "Android",
        "Windows": "Windows",
        "Mac OS": "Mac",
        "Linux": "Linux",
    }
    place = _first_in(agent, places)
    return " on ".join(part for part in (name, place) if part) or "Unknown browser"


def local_date(value: date | datetime | None) -> date | None:
    """The calendar day of an instant in the time zone in use; a plain date stays as it is."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def _local(value: Instant) -> datetime | time | None:
    if isinstance(value, datetime):
        return timezone.localtime(value) if timezone.is_aware(value) else value
    return value if isinstance(value, time) else None


def _hours(moment: datetime | time) -> str:
    return f"{moment.hour % 12 or 12}:{moment.minute:02}"


def _half(moment: datetime | time) -> str:
    return "AM" if moment.hour < NOON else "PM"


def _first_in(text: str, names: dict[str, str]) -> str:
    return next((name for mark, name in names.items() if mark in text), "")
