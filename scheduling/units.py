"""What a service's rule about units says: once, or so many for the minutes. Pure."""

from __future__ import annotations

import re
from typing import Final

ONCE: Final = "one per"
MOST: Final = 99
_LENGTHS: Final = {"quarter hours": 15, "half hours": 30, "hours": 60}
_FURTHER: Final = re.compile(r"further (\d+) minutes")


def is_once(rule: str) -> bool:
    """Whether the code is one unit, however long it takes."""
    return rule.startswith(ONCE)


def once_in_words(rule: str) -> str:
    """`once per day` of `one per day; new episode or re-evaluation`."""
    return rule.partition(";")[0].replace(ONCE, "once per", 1)


def is_counted(rule: str) -> bool:
    """Whether somebody may say how many units it is."""
    return bool(rule) and not is_once(rule)


def minutes_of_one(rule: str) -> int | None:
    """How long one unit is; None where the rule does not go by time."""
    found = _FURTHER.search(rule)
    if found:
        return int(found[1])
    return _LENGTHS.get(rule.partition(",")[0].partition(" per ")[0].strip())


def for_minutes(rule: str, minutes: int, shortest: int | None) -> int | None:
    """How many units so many minutes are of a code that begins at `shortest`; None where the rule does not say."""
    one = minutes_of_one(rule)
    if one is None or shortest is None:
        return None
    return 0 if minutes < shortest else (minutes - shortest) // one + 1


def beyond(rule: str, minutes: int, longest: int | None) -> int | None:
    """How many units go beyond a main code that covers up to `longest` minutes; None where the rule does not say."""
    return None if longest is None else for_minutes(rule, minutes, longest + 1)


def in_words(count: int) -> str:
    """`1 unit`, `4 units`."""
    return "1 unit" if count == 1 else f"{count} units"
