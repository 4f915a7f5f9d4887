"""The calendar of the day as Today shows it: one's own sessions, or for schedulers what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from clinicians.models import Clinician
from practice import clock
from practice.today import Asker, counted, in_words
from scheduling.policies import shown_clinicians
from scheduling.selectors.cards import OFF, Card, Window, cards

_MOST: Final = 8
_SEES: Final = ("calendar:view", "calendar:own")


@dataclass(frozen=True, slots=True)
class Stop:
    """One session on the list: its card, and whose it is where several people's are shown."""

    card: Card
    clinician: str


@dataclass(frozen=True, slots=True)
class Day:
    """`title` and `stops` of the list, how many more there are, and the sentence about the whole day."""

    title: str
    stops: list[Stop]
    more: int
    sentence: str
    note: str


NOTHING: Final = Day("", [], 0, "", "")


def day(asker: Asker) -> Day:
    """The sessions of today that the person may see; a fixed number of queries."""
    if not asker.practice.treats_clients or not asker.actor.may(*_SEES):
        return NOTHING
    people = list(shown_clinicians(asker.actor))
    found = cards(asker.actor, asker.practice, Window(asker.today, asker.today), [row.pk for row in people])
    held = [card for card in found if card.state != OFF]
    own = next((row.pk for row in people if row.user_id and row.user_id == asker.actor.user_id), None)
    if own is not None:
        mine = [card for card in held if own in card.clinician_ids]
        return Day("Your day", [Stop(card, "") for card in mine], 0, _sentence(asker, held), _note(mine))
    return _next(asker, held, people)


def _next(asker: Asker, held: list[Card], people: list[Clinician]) -> Day:
    names = {row.pk: row.name for row in people}
    now = clock.local(asker.practice, clock.now()).replace(tzinfo=None)
    coming = [card for card in held if card.end > now] if asker.actor.may("calendar:edit") else []
    stops = [Stop(card, names.get(card.clinician_ids[0], "")) for card in coming[:_MOST]]
    title = "Next today" if asker.actor.may("calendar:edit") else ""
    return Day(title, stops, max(len(coming) - _MOST, 0), _sentence(asker, held), _note(coming))


def _sentence(asker: Asker, held: list[Card]) -> str:
    if not held:
        return "No sessions today."
    if not asker.actor.may("calendar:view"):
        return f"{counted(len(held), 'session')} today."
    clinicians = len({pk for card in held for pk in card.clinician_ids})
    return f"{counted(len(held), 'session')} today with {counted(clinicians, 'clinician')}."


def _note(found: list[Card]) -> str:
    return counted(len(found), "session") if found else ""


def needs_words(count: int) -> str:
    """`Five things need you; the rest runs by itself.`"""
    if not count:
        return "Nothing needs you."
    things = "thing needs" if count == 1 else "things need"
    return f"{in_words(count).capitalize()} {things} you; the rest runs by itself."
