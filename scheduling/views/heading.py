"""The words above the calendar, and its days with their sessions for the list."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from scheduling.selectors.cards import Card
from scheduling.selectors.people import Person
from scheduling.views.look import Look

_DASH = "–"


@dataclass(frozen=True, slots=True)
class ListedDay:
    """A day of the list: its date, and each session with the names of its clinicians."""

    date: dt.date
    rows: list[tuple[Card, str]]


def picks(look: Look) -> list[tuple[Person, bool]]:
    """Everybody who may be shown, and whether they are."""
    chosen = frozenset(person.id for person in look.chosen)
    return [(person, person.id in chosen) for person in look.everybody]


def words(look: Look, today: dt.date) -> str:
    """`November 17` (the page adds the weekday), `November 16 – 22`, `November 2026`; the year when not this one."""
    if look.view == "month":
        return f"{look.date:%B %Y}"
    year = "" if look.date.year == today.year else f", {look.date.year}"
    if look.view == "day":
        return f"{look.date:%B} {look.date.day}{year}"
    first, last = look.window.first, look.window.last
    end = str(last.day) if first.month == last.month else f"{last:%B} {last.day}"
    return f"{first:%B} {first.day} {_DASH} {end}{year}"


def days(look: Look, found: list[Card]) -> list[ListedDay]:
    """The sessions by day, for the list."""
    names = {person.id: person for person in look.everybody}
    by_day: dict[dt.date, list[tuple[Card, str]]] = {}
    for card in found:
        by_day.setdefault(card.start.date(), []).append((card, _who(card, names)))
    return [ListedDay(day, rows) for day, rows in sorted(by_day.items())]


def _who(card: Card, names: dict[int, Person]) -> str:
    return ", ".join(names[pk].name for pk in card.clinician_ids if pk in names)
