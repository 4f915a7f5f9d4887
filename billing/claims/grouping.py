"""Which sessions stand on one claim together. Pure: what is alike is decided by whoever asks."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import Any, Final, Protocol, TypeVar

MOST_LINES: Final = 50
"""Loop 2400 repeats fifty times (005010X222A1)."""


class Groupable(Protocol):
    """One session: `alike` is equal for those that may share a claim, `when` orders them, `size` is its lines."""

    @property
    def alike(self) -> Hashable: ...

    @property
    def when(self) -> Any: ...

    @property
    def size(self) -> int: ...


_One = TypeVar("_One", bound=Groupable)


def together(found: Sequence[_One], most: int = MOST_LINES) -> list[list[_One]]:
    """The sessions of each claim in order of time, each session on exactly one; a session is never divided.

    Claims come in the order in which their first sessions were given. One that has more lines than a claim by itself
    stands alone.
    """
    alike: dict[Hashable, list[_One]] = {}
    for one in found:
        alike.setdefault(one.alike, []).append(one)
    return [part for rows in alike.values() for part in _parts(sorted(rows, key=lambda one: one.when), most)]


def _parts(rows: Sequence[_One], most: int) -> Iterator[list[_One]]:
    part: list[_One] = []
    for one in rows:
        if part and sum(other.size for other in part) + one.size > most:
            yield part
            part = []
        part.append(one)
    yield part
