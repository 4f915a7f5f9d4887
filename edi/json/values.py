"""Plain values of the models as JSON has them; each taker raises ValueError or TypeError for any other."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

_is_amount = re.compile(r"-?[0-9]{1,24}(?:\.[0-9]{1,24})?").fullmatch
_is_date = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch
_is_time = re.compile(r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?").fullmatch


def _spelled(value: object, is_right: Callable[[str], object]) -> str:
    """Text of a form."""
    if not isinstance(value, str) or not is_right(value):
        raise ValueError
    return value


def _text(value: object) -> str:
    return _spelled(value, lambda _: True)


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _amount(value: object) -> Decimal:
    return Decimal(_spelled(value, _is_amount))


def _day(value: object) -> date:
    return date.fromisoformat(_spelled(value, _is_date))


def _time(value: object) -> time:
    return time.fromisoformat(_spelled(value, _is_time))


def _moment(value: object) -> datetime:
    """Local time without a zone, as an envelope has it."""
    day, _, clock = _spelled(value, lambda _: True).partition("T")
    return datetime.combine(_day(day), _time(clock))


PLAIN: Final[dict[type, tuple[str, Callable[[object], object]]]] = {
    str: ("text", _text),
    int: ("a whole number", _whole),
    bool: ("true or false", _yes_or_no),
    Decimal: ("an amount in quotes, such as “150.00”", _amount),
    date: ("a date such as “2026-11-02”", _day),
    datetime: ("a date and time such as “2026-11-02T09:30:00”", _moment),
    time: ("a time such as “09:30:00”", _time),
}
"""For each plain type: what it is in words, and what takes it from JSON."""
