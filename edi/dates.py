"""Dates and times as X12 writes them (elements 373, 337 and 1251: D8, RD8, DT, TM)."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final

from edi.errors import X12Error

LONG_DATE: Final = 8
SHORT_DATE: Final = 6
CENTURY: Final = 2000
TIME_LENGTHS: Final = frozenset({4, 6, 7, 8})


def format_date(day: date) -> str:
    """D8: CCYYMMDD."""
    return day.isoformat()[:10].replace("-", "")


def format_range(first: date, last: date) -> str:
    """RD8: CCYYMMDD-CCYYMMDD."""
    return f"{format_date(first)}-{format_date(last)}"


def format_short(day: date) -> str:
    """YYMMDD, as ISA09 has it."""
    return format_date(day)[2:]


def format_time(moment: datetime | time) -> str:
    """HHMM."""
    return f"{moment.hour:02}{moment.minute:02}"


def parse_date(text: str) -> date:
    """The date in CCYYMMDD (or YYMMDD) text; raises X12Error in words."""
    if not (text.isascii() and text.isdigit()) or len(text) not in {LONG_DATE, SHORT_DATE}:
        raise X12Error(f"“{text}” is not a date: it should be eight digits, year, month, day.")
    year = int(text[:-4]) + (CENTURY if len(text) == SHORT_DATE else 0)
    try:
        return date(year, int(text[-4:-2]), int(text[-2:]))
    except ValueError as error:
        raise X12Error(f"“{text}” is not a day of the calendar.") from error


def parse_range(text: str) -> tuple[date, date]:
    """The two dates of RD8 text, or the one date of D8 text twice; raises X12Error in words."""
    first, _, last = text.partition("-")
    begins = parse_date(first)
    ends = parse_date(last) if last else begins
    if ends < begins:
        raise X12Error(f"“{text}” ends before it begins.")
    return begins, ends


def parse_time(text: str) -> time:
    """The time in HHMM, HHMMSS or HHMMSSdd text; raises X12Error in words."""
    if not (text.isascii() and text.isdigit()) or len(text) not in TIME_LENGTHS:
        raise X12Error(f"“{text}” is not a time: it should be four digits, hour and minute.")
    try:
        return time(int(text[:2]), int(text[2:4]), int(text[4:6] or 0))
    except ValueError as error:
        raise X12Error(f"“{text}” is not a time of the day.") from error


def parse_moment(day: str, clock: str) -> datetime | None:
    """The moment an envelope names, or None when either half cannot be read."""
    try:
        return datetime.combine(parse_date(day.strip()), parse_time(clock.strip()))
    except X12Error:
        return None
