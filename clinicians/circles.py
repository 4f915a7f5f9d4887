"""Whether supervision would run in a circle: pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """One span in which somebody is supervised by somebody; both by id."""

    supervisee: int
    supervisor: int
    starts_on: dt.date
    ends_on: dt.date | None


def closes(new: Link, existing: Sequence[Link]) -> list[int]:
    """The ids of the circle that the new link would close on some day, the new supervisor first; empty for none."""
    return _climb(new.supervisor, new, existing, [new.supervisor])


def _climb(person: int, span: Link, existing: Sequence[Link], path: list[int]) -> list[int]:
    if person == span.supervisee:
        return path
    for link in existing:
        shared = _shared(span, link)
        if link.supervisee == person and shared and link.supervisor not in path:
            found = _climb(link.supervisor, shared, existing, [*path, link.supervisor])
            if found:
                return found
    return []


def _shared(span: Link, link: Link) -> Link | None:
    """The days both links run, still looking for the same person at the end of the chain."""
    first = max(span.starts_on, link.starts_on)
    last = min(span.ends_on or dt.date.max, link.ends_on or dt.date.max)
    if first > last:
        return None
    return Link(span.supervisee, link.supervisor, first, None if last == dt.date.max else last)
