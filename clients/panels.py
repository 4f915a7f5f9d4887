"""Parts of a client's pages that higher rooms know: the next session, what is owed, what a payer says of a coverage.

Registered at start-up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal

from clients.models import Client
from practice.actors import Actor

Place = Literal["main", "rail"]
_OWN: Final = 50


@dataclass(frozen=True, slots=True)
class Panel:
    """A template and what it shows; the template finds `context` under the name `panel`."""

    template: str
    context: dict[str, Any]


Maker = Callable[[Client, Actor], Panel | None]


@dataclass(frozen=True, slots=True)
class _Entry:
    maker: Maker
    place: Place
    order: int


OfCoverages = Callable[[Client, Actor], dict[int, Panel]]
_entries: Final[list[_Entry]] = []
_of_coverages: Final[list[OfCoverages]] = []


def register(maker: Maker, *, place: Place = "main", order: int = _OWN) -> None:
    """Adds a panel to the main column or the rail; a maker that gives None shows nothing.

    An order below 50 stands before the clients' own parts of that column, any other after them.
    """
    entry = _Entry(maker, place, order)
    if entry not in _entries:
        _entries.append(entry)


def shown(client: Client, actor: Actor, place: Place, *, before: bool) -> list[Panel]:
    """The panels of one column that stand before, or after, the clients' own parts."""
    wanted = sorted((entry for entry in _entries if entry.place == place), key=lambda entry: entry.order)
    made = [entry.maker(client, actor) for entry in wanted if (entry.order < _OWN) == before]
    return [panel for panel in made if panel is not None]


def register_of_coverages(maker: OfCoverages) -> None:
    """Adds what stands on the cards of a client's coverages, by the coverage's id."""
    if maker not in _of_coverages:
        _of_coverages.append(maker)


def of_coverages(client: Client, actor: Actor) -> dict[int, list[Panel]]:
    """What stands on each coverage's card."""
    found: dict[int, list[Panel]] = {}
    for maker in _of_coverages:
        for number, panel in maker(client, actor).items():
            found.setdefault(number, []).append(panel)
    return found
