"""How far an authorization is used up. The count of units used comes from the room that knows the sessions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Final, Generic, Protocol, TypeVar

Counter = Callable[[Collection[int]], Mapping[int, int]]
_counters: Final[list[Counter]] = []
NEARLY: Final = Decimal("0.75")
_SOON: Final = dt.timedelta(days=30)


class Standing(Enum):
    """Where an authorization stands on a day."""

    AHEAD = "ahead"
    FINE = "fine"
    NEARLY = "nearly"
    USED_UP = "used up"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Use:
    """Units allowed and used, where that stands, and whether the last day is near."""

    units: int
    used: int
    standing: Standing
    ends_soon: bool

    @property
    def left(self) -> int:
        """Units that may still be given; never below zero."""
        return max(self.units - self.used, 0)

    @property
    def kind(self) -> str:
        """The color of the meter: amber when somebody must ask for more."""
        return "wait" if self.standing in {Standing.NEARLY, Standing.USED_UP} else "accent"


class Allowed(Protocol):
    """An authorization as far as visits are put on it; no codes means every code."""

    @property
    def id(self) -> int: ...
    @property
    def units(self) -> int: ...
    @property
    def codes(self) -> Sequence[str]: ...
    @property
    def starts_on(self) -> dt.date: ...
    @property
    def ends_on(self) -> dt.date: ...


_AnyAllowed = TypeVar("_AnyAllowed", bound=Allowed)


@dataclass(frozen=True, slots=True)
class Visit:
    """A session that counts against what was authorized; `key` is how the asker knows it, if they ask for it."""

    key: int | None
    date: dt.date
    code: str
    units: int


@dataclass(frozen=True, slots=True)
class Place(Generic[_AnyAllowed]):
    """The authorization a visit is on, and the units of it that came before."""

    authorization: _AnyAllowed
    before: int


def covers(allowed: Allowed, date: dt.date, code: str) -> bool:
    """Whether a visit of that day and code counts against it."""
    return (not allowed.codes or code in allowed.codes) and allowed.starts_on <= date <= allowed.ends_on


def fill(
    allowed: Sequence[_AnyAllowed], visits: Iterable[Visit]
) -> tuple[dict[int, Place[_AnyAllowed]], dict[int, int]]:
    """Puts each visit, in their order, on the first authorization that covers it and has room.

    One that finds no room anywhere is put on the last that covers it. Gives the place of each visit with a key, and
    the units used by authorization.
    """
    places: dict[int, Place[_AnyAllowed]] = {}
    used = {row.id: 0 for row in allowed}
    for visit in visits:
        right = [row for row in allowed if covers(row, visit.date, visit.code)]
        if not right:
            continue
        row = next((row for row in right if used[row.id] + visit.units <= row.units), right[-1])
        if visit.key is not None:
            places[visit.key] = Place(row, used[row.id])
        used[row.id] += visit.units
    return places, used


def register_used_units(counter: Counter) -> None:
    """Says who counts: a function of authorization ids that gives the units used, in a fixed number of queries."""
    if counter not in _counters:
        _counters.append(counter)


def used_units(authorization_ids: Collection[int]) -> dict[int, int]:
    """The units used of each authorization; 0 where nobody counts."""
    used = dict.fromkeys(authorization_ids, 0)
    for counter in _counters:
        for pk, count in counter(authorization_ids).items():
            used[pk] += count
    return used


def use(*, units: int, used: int, starts_on: dt.date, ends_on: dt.date, today: dt.date) -> Use:
    """Where an authorization stands today."""
    return Use(units, used, _standing(units, used, starts_on, ends_on, today), today <= ends_on <= today + _SOON)


def _standing(units: int, used: int, starts_on: dt.date, ends_on: dt.date, today: dt.date) -> Standing:
    if today > ends_on:
        return Standing.ENDED
    if used >= units:
        return Standing.USED_UP
    if used >= units * NEARLY:
        return Standing.NEARLY
    return Standing.AHEAD if today < starts_on else Standing.FINE
