"""How numbers that people type are written: member IDs, phone numbers, codes, dates in a search."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

_DATES: Final = ("%Y-%m-%d", "%m/%d/%Y", "%m-%d-%Y", "%b %d %Y", "%B %d %Y", "%Y%m%d", "%m/%d/%y")
_LOCAL, _NATIONAL = 7, 10


def member_id(text: str) -> str:
    """A member ID as payers compare it: no spaces, capital letters, leading zeros kept (`migration.md` 5)."""
    return re.sub(r"\s+", "", text).upper()


def phone(text: str) -> str:
    """`(215) 555-0142 x12`; what is no US number stays as it was typed."""
    number, _, extension = text.strip().lower().partition("x")
    digits = _national(number)
    if len(digits) != _NATIONAL:
        return text.strip()
    written = f"({digits[:3]}) {digits[3:6]}-{digits[6:]}"
    return f"{written} x{extension.strip()}" if extension.strip() else written


def phone_part(text: str) -> str:
    """The words of a search as part of a written phone number; empty when they are none."""
    if not re.fullmatch(r"[\d\s().+-]+", text):
        return ""
    digits = _national(text)
    if len(digits) == _NATIONAL:
        return phone(digits)
    return f"{digits[:3]}-{digits[3:]}" if len(digits) == _LOCAL else ""


def date_of_birth(text: str, today: dt.date) -> dt.date | None:
    """The date that somebody typed into a search, month before day; None when it is none.

    A year of two digits lies in the past: `5/12/92` is 1992, `5/12/14` is 2014.
    """
    found = _date(text.strip().replace(",", ""))
    if found is None or found <= today:
        return found
    try:
        return found.replace(year=found.year - 100)
    except ValueError:
        return None


def _date(text: str) -> dt.date | None:
    for pattern in _DATES:
        try:
            return dt.datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a date of birth has no zone
        except ValueError:
            continue
    return None


def service_codes(text: str) -> list[str]:
    """Procedure codes from a line of them, in capitals, each once."""
    return list(dict.fromkeys(part.upper() for part in re.split(r"[\s,;|]+", text) if part))


def _national(text: str) -> str:
    digits = re.sub(r"\D", "", text)
    return digits[1:] if len(digits) == _NATIONAL + 1 and digits.startswith("1") else digits
