"""Which days, which view and whose columns an address of the calendar asks for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse

from practice import clock
from practice.http import PracticeRequest
from scheduling.selectors.board import month_window
from scheduling.selectors.cards import Window
from scheduling.selectors.people import Person, people

VIEWS: Final = ("day", "week", "month")
_CHOSEN: Final = "calendar_people"
_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Look:
    """The days, everybody who may be shown, and those who are. `one` is set where a single person was asked for."""

    view: str
    date: dt.date
    window: Window
    everybody: list[Person]
    shown: list[Person]
    one: Person | None
    as_list: bool

    @property
    def ids(self) -> list[int]:
        """The clinicians whose columns are shown."""
        return [person.id for person in self.shown]

    @property
    def is_grid(self) -> bool:
        """Whether the calendar library draws it: a day, or the week of one person."""
        return self.view == "day" or (self.view == "week" and len(self.shown) == 1)


def look_of(request: PracticeRequest) -> Look:
    """What the address says; today's day view where it says nothing or nonsense."""
    date = _date(request)
    view = request.GET.get("view", "")
    view = view if view in VIEWS else VIEWS[0]
    window = window_of(view, date)
    everybody = people(request.actor, request.practice, window)
    asked = request.GET.get("clinician", "")
    one = next((person for person in everybody if str(person.id) == asked), None)
    shown = [one] if one else _chosen(request, everybody)
    return Look(view, date, window, everybody, shown, one, request.GET.get("as") == "list")


def window_of(view: str, date: dt.date) -> Window:
    """The days of a view: the day, its week from Monday to Sunday, or the weeks of its month."""
    if view == "month":
        return month_window(date)
    if view == "week":
        monday = date - dt.timedelta(days=date.weekday())
        return Window(monday, monday + dt.timedelta(days=_WEEK - 1))
    return Window(date, date)


def keep_people(request: PracticeRequest, ids: list[int]) -> None:
    """Remembers in the session whose columns are shown; none is everybody."""
    kept: dict[str, Any] = request.session.get(_CHOSEN, {})
    request.session[_CHOSEN] = kept | {str(request.practice.pk): ids}


def calendar_url(request: PracticeRequest, **query: object) -> str:
    """The calendar's address with what the query fills in."""
    filled = urlencode({name: str(value) for name, value in query.items() if value not in {None, ""}})
    return reverse("calendar", args=[request.practice.slug]) + (f"?{filled}" if filled else "")


def step(look: Look, direction: int) -> dt.date:
    """The date one view earlier (-1) or later (1)."""
    if look.view == "month":
        month = look.date.replace(day=15) + dt.timedelta(days=30 * direction)
        return month.replace(day=1)
    return look.date + dt.timedelta(days=direction * (_WEEK if look.view == "week" else 1))


def _date(request: PracticeRequest) -> dt.date:
    try:
        return dt.date.fromisoformat(request.GET.get("date", ""))
    except ValueError:
        return clock.today(request.practice)


def _chosen(request: PracticeRequest, everybody: list[Person]) -> list[Person]:
    kept = request.session.get(_CHOSEN, {}).get(str(request.practice.pk), [])
    return [person for person in everybody if person.id in kept] or everybody
