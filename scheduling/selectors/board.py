"""A week of several clinicians as a table, and a month by days; both drawn by the server."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Count
from django.db.models.functions import TruncDate

from practice import clock
from practice.actors import Actor
from practice.models import Practice
from scheduling import policies
from scheduling.selectors.cards import DONE, MOVE, OFF, PLAN, WAIT, Card, Window
from scheduling.selectors.people import Person

KEY: Final = (
    (DONE, "held"), (WAIT, "to be settled"), (MOVE, "underway"), (PLAN, "to come"), (OFF, "canceled or missed"),
)  # fmt: skip
_IN_A_DAY: Final = 4
_SATURDAY: Final = 5


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One clinician's week: a list of cards for each day."""

    person: Person
    days: list[list[Card]]


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of the month: the first cards of one clinician, or how many sessions all have."""

    date: dt.date
    is_inside: bool
    cards: list[Card]
    count: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.cards)


def key(found: Sequence[Card]) -> list[dict[str, str | int]]:
    """How many sessions there are of each state, for the line above the calendar."""
    counts = Counter(card.state for card in found)
    return [{"state": state, "count": counts[state], "words": words} for state, words in KEY if counts[state]]


def days(window: Window, found: Sequence[Card]) -> list[dt.date]:
    """The days of the window; Saturdays and Sundays only where something is booked."""
    busy = {card.start.date() for card in found}
    return [day for day in window.days() if day.weekday() < _SATURDAY or day in busy]


def board(people: Sequence[Person], days: Sequence[dt.date], found: Sequence[Card]) -> list[BoardRow]:
    """The cards by clinician and day; a session of two clinicians stands with both."""
    cells: dict[tuple[int, dt.date], list[Card]] = {}
    for card in found:
        for clinician_id in card.clinician_ids:
            cells.setdefault((clinician_id, card.start.date()), []).append(card)
    return [BoardRow(person, [cells.get((person.id, day), []) for day in days]) for person in people]


def month_window(date: dt.date) -> Window:
    """The whole weeks that the month of a date touches, from Monday to Sunday."""
    weeks = calendar.Calendar().monthdatescalendar(date.year, date.month)
    return Window(weeks[0][0], weeks[-1][-1])


def month_of_one(date: dt.date, found: Sequence[Card]) -> list[list[MonthDay]]:
    """The month with the first sessions of each day."""
    by_day: dict[dt.date, list[Card]] = {}
    for card in found:
        by_day.setdefault(card.start.date(), []).append(card)
    return _weeks(date, {day: len(rows) for day, rows in by_day.items()}, by_day)


def month_of_all(
    actor: Actor, practice: Practice, date: dt.date, clinician_ids: Collection[int] | None
) -> list[list[MonthDay]]:
    """The month with the number of sessions of each day, without those canceled; None is everybody. One query."""
    start, end = month_window(date).instants(practice)
    rows = policies.visible_parts(actor).filter(occupies=True, starts_at__gte=start, starts_at__lt=end)
    if clinician_ids is not None:
        rows = rows.filter(clinician__in=clinician_ids)
    by_day = rows.annotate(day=TruncDate("starts_at", tzinfo=clock.zone(practice))).values("day")
    counts = dict(by_day.annotate(n=Count("session_id", distinct=True)).values_list("day", "n"))
    return _weeks(date, counts, {})


def _weeks(date: dt.date, counts: dict[dt.date, int], by_day: dict[dt.date, list[Card]]) -> list[list[MonthDay]]:
    weeks = calendar.Calendar().monthdatescalendar(date.year, date.month)
    return [
        [MonthDay(day, day.month == date.month, by_day.get(day, [])[:_IN_A_DAY], counts.get(day, 0)) for day in week]
        for week in weeks
    ]
