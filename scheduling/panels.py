"""What higher rooms show on the calendar and on a session's page; they register it at start-up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from django.db.models import QuerySet

from practice.actors import Actor
from scheduling.models import Attendance, Session

Place = Literal["main", "rail"]


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a session's page; the template finds `context` under the name `panel`."""

    template: str
    context: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Mark:
    """What needs somebody at a past attendance, in two or three words: «note due»."""

    words: str


@dataclass(frozen=True, slots=True)
class Marking:
    """Marks as part of the calendar's own query: `annotate` adds `columns` to attendances, `mark` reads a row."""

    columns: tuple[str, ...]
    annotate: Callable[[QuerySet[Attendance]], QuerySet[Any]]
    mark: Callable[[Mapping[str, Any]], Mark | None]


Maker = Callable[[Session, Actor], Panel | None]
Marker = Callable[[Actor], Marking | None]
_makers: Final[list[tuple[int, Place, Maker]]] = []
_markers: Final[list[Marker]] = []


def register(maker: Maker, *, place: Place = "rail", order: int = 50) -> None:
    """Adds a panel to a session's page; a maker that gives None shows nothing."""
    if (order, place, maker) not in _makers:
        _makers.append((order, place, maker))


def register_marks(marker: Marker) -> None:
    """Adds marks to the calendar; a marker that gives None has none for this actor."""
    if marker not in _markers:
        _markers.append(marker)


def shown(session: Session, actor: Actor, place: Place) -> list[Panel]:
    """The panels of one column, in order."""
    wanted = sorted((row for row in _makers if row[1] == place), key=lambda row: row[0])
    made = [maker(session, actor) for _, _, maker in wanted]
    return [panel for panel in made if panel is not None]


def markings(actor: Actor) -> list[Marking]:
    """The marks for this actor; the first room to mark an attendance is the one that is shown."""
    made = [marker(actor) for marker in _markers]
    return [marking for marking in made if marking is not None]
