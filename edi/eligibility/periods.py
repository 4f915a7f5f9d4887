"""From when until when: what the dates of a member and of a benefit say about coverage."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from edi.eligibility.benefit import Benefit
from edi.eligibility.people import Dated

BEGINS: Final = ("356", "346", "348")
"""Eligibility, plan and benefit begin."""

ENDS: Final = ("357", "347", "349")
"""Eligibility, plan and benefit end."""

PERIODS: Final = ("307", "291", "292")
"""Eligibility, plan and benefit: they say from when until when only as a period; a single day may be the day asked."""


def begins(dates: Iterable[Dated]) -> frozenset[date]:
    """The first days of coverage that are said; several contradict each other."""
    return _days(tuple(dates), BEGINS, last=False)


def ends(dates: Iterable[Dated]) -> frozenset[date]:
    """The last days of coverage that are said."""
    return _days(tuple(dates), ENDS, last=True)


def only(days: frozenset[date]) -> date | None:
    """The one day; None when there is none or when there are several."""
    return next(iter(days)) if len(days) == 1 else None


def holds_on(row: Benefit, day: date | None) -> bool:
    """Whether the row's own dates leave room for a day."""
    if day is None:
        return True
    begin, end = only(begins(row.dates)), only(ends(row.dates))
    return (begin is None or begin <= day) and (end is None or day <= end)


def _days(dates: tuple[Dated, ...], qualifiers: tuple[str, ...], *, last: bool) -> frozenset[date]:
    for qualifier in qualifiers:
        found = frozenset(one.first for one in dates if one.qualifier == qualifier)
        if found:
            return found
    for qualifier in PERIODS:
        ranges = [one for one in dates if one.qualifier == qualifier and one.last is not None]
        if ranges:
            return frozenset(day for one in ranges if (day := one.last if last else one.first))
    return frozenset()
