"""Which rows of a list of sessions are one session: a group, or a service with what was added to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from desk.imports.parsing.records import SessionRow

GROUP_CODES: Final = frozenset({"90853", "90849"})
ADD_ONS: Final = frozenset({"90785", "90833", "90836", "90838", "90840", "90863", "99354", "99355", "99415", "99416"})


def grouped(rows: Iterable[SessionRow]) -> list[list[SessionRow]]:
    """The rows of each session together, in the order of the file; the row with the service itself comes first."""
    found: dict[tuple[object, ...], list[SessionRow]] = {}
    for row in rows:
        found.setdefault(_key(row), []).append(row)
    return [sorted(together, key=lambda row: row.code in ADD_ONS) for together in found.values()]


def _key(row: SessionRow) -> tuple[object, ...]:
    at = (row.clinician.key, row.date, row.time)
    if row.code in GROUP_CODES and row.has_time:
        return (*at, "group", row.code)
    return (*at, row.client.key, row.status)
