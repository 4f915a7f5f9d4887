"""The columns of the calendar: which clinicians may be shown, and when each of them works."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, OuterRef, Q

from clinicians.models import WorkingHours
from practice.actors import Actor
from practice.models import Practice
from scheduling import policies
from scheduling.models import SessionClinician
from scheduling.selectors.cards import Card, Window

EARLIEST: Final = dt.time(8)
LATEST: Final = dt.time(18)
_MIDNIGHT: Final = dt.time(0)
_LAST: Final = dt.time(23, 59)


@dataclass(frozen=True, slots=True)
class Person:
    """A clinician as the head of a column shows them."""

    id: int
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Shut:
    """Time in which a clinician does not work, by the wall clock."""

    clinician_id: int
    start: dt.datetime
    end: dt.datetime


def people(actor: Actor, practice: Practice, window: Window) -> list[Person]:
    """The clinicians who are with the practice in these days, or left sessions in them, and whom the actor may see."""
    start, end = window.instants(practice)
    parts = SessionClinician.objects.filter(
        clinician=OuterRef("pk"), occupies=True, starts_at__gte=start, starts_at__lt=end
    )
    here = Q(ends_on=None) | Q(ends_on__gte=window.first) | Q(Exists(parts))
    rows = policies.shown_clinicians(actor).filter(here).order_by("first_name", "last_name", "pk")
    found = rows.values_list("pk", "first_name", "last_name", "location__name")
    return [Person(pk, f"{first} {last}", place or "") for pk, first, last, place in found]


def hours(clinician_ids: Collection[int]) -> dict[int, dict[int, list[tuple[dt.time, dt.time]]]]:
    """Working hours by clinician and weekday."""
    found: dict[int, dict[int, list[tuple[dt.time, dt.time]]]] = {}
    rows = WorkingHours.objects.filter(clinician_id__in=clinician_ids).order_by("weekday", "starts")
    for clinician_id, weekday, starts, ends in rows.values_list("clinician_id", "weekday", "starts", "ends"):
        found.setdefault(clinician_id, {}).setdefault(weekday, []).append((starts, ends))
    return found


def shut(working: dict[int, dict[int, list[tuple[dt.time, dt.time]]]], days: Sequence[dt.date]) -> list[Shut]:
    """The time between the working hours; nothing for who has entered none."""
    return [
        Shut(clinician_id, dt.datetime.combine(day, start), dt.datetime.combine(day, end))
        for clinician_id, week in working.items()
        for day in days
        for start, end in gaps(week.get(day.weekday(), []))
    ]


def gaps(spans: Sequence[tuple[dt.time, dt.time]]) -> list[tuple[dt.time, dt.time]]:
    """What lies between sorted spans of a day."""
    edges = [_MIDNIGHT, *(edge for span in spans for edge in span), _LAST]
    pairs = list(zip(edges[::2], edges[1::2], strict=True))
    return [(start, end) for start, end in pairs if start < end]


def opening(
    working: dict[int, dict[int, list[tuple[dt.time, dt.time]]]], found: Sequence[Card]
) -> tuple[dt.time, dt.time]:
    """The first and the last hour that a day shows: 8 to 6, wider where somebody works or a session lies outside."""
    spans = [span for week in working.values() for day in week.values() for span in day]
    starts = [EARLIEST, *(start for start, _ in spans), *(card.start.time() for card in found)]
    ends = [LATEST, *(end for _, end in spans), *(_end_time(card) for card in found)]
    last = max(ends)
    return min(starts).replace(minute=0), last if last.minute == 0 else _whole(last)


def _end_time(card: Card) -> dt.time:
    return card.end.time() if card.end.date() == card.start.date() else _LAST


def _whole(time: dt.time) -> dt.time:
    return _LAST if time.hour == _LAST.hour else dt.time(time.hour + 1)
