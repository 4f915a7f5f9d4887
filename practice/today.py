"""What needs somebody today. Rooms register what they know at start-up; the desk shows it, worst clock first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.urls import reverse

from practice import clock
from practice.actors import Actor
from practice.models import Practice
from practice.templatetags import _words

WAIT: Final = "wait"
STOP: Final = "stop"
MOVE: Final = "move"
_SMALL: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True, slots=True)
class Asker:
    """Who opens Today, where, and on which day."""

    practice: Practice
    actor: Actor
    today: dt.date

    @classmethod
    def now(cls, practice: Practice, actor: Actor) -> Asker:
        """The person today, by the practice's calendar."""
        return cls(practice, actor, clock.today(practice))

    def url(self, name: str, *args: object, query: str = "") -> str:
        """The address of a page of this practice."""
        return reverse(name, args=[self.practice.slug, *args]) + (f"?{query}" if query else "")

    def day(self, value: dt.date) -> str:
        """`Mon, Nov 16`."""
        return _words.day(value, self.today)


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that needs this person: a sentence, why, how many, and the action that clears it.

    `by` is its clock, the day by which it should be done; `note` stands at the right, below the amount if there is
    one. `call` is what the button at the head of the page says where this need has one. `kind` is wait, stop, or move
    for what runs by itself and can still be held back.
    """

    title: str
    why: str
    url: str
    action: str
    count: int
    by: dt.date
    kind: str = WAIT
    amount: Decimal | None = None
    note: str = ""
    call: str = ""


Finder = Callable[[Asker], Iterable[Need]]


@dataclass(frozen=True, slots=True)
class Source:
    """What one room knows. `find` is asked by those who hold any of the permissions, in a fixed number of queries."""

    name: str
    permissions: tuple[str, ...]
    find: Finder
    treats_clients: bool = True


_sources: Final[list[Source]] = []


def register(source: Source) -> None:
    """Adds a source; called once per source at start-up."""
    if source not in _sources:
        _sources.append(source)


def needs(asker: Asker) -> list[Need]:
    """Everything that needs this person, worst clock first; what runs by itself stands last."""
    found = [need for source in _sources if _is_asked(source, asker) for need in source.find(asker)]
    return sorted(found, key=_urgency)


def counted(count: int, noun: str, plural: str = "") -> str:
    """`1 claim`, `4 claims`."""
    return f"{count:,} {noun if count == 1 else plural or f'{noun}s'}"


def in_words(count: int) -> str:
    """`five`, and `14` from ten on, where words get long."""
    return _SMALL[count] if count < len(_SMALL) else f"{count:,}"


def listed(names: Sequence[str], most: int = 3) -> str:
    """`Ana, Ben and 3 more`."""
    shown, more = list(names[:most]), len(names) - most
    parts = [*shown, f"{more} more"] if more > 0 else shown
    return " and ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def _is_asked(source: Source, asker: Asker) -> bool:
    if source.treats_clients and not asker.practice.treats_clients:
        return False
    return asker.actor.may(*source.permissions)


def _urgency(need: Need) -> tuple[bool, dt.date, bool, str]:
    return need.kind == MOVE, need.by, need.kind != STOP, need.title
