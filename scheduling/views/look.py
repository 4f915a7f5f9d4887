"""Which days, which view and whose columns an address of the calendar asks for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.urls import reverse

from practice import clock
from practice.http import PracticeRequest
from scheduling.selectors.board import month_window
from scheduling.selectors.cards import Window
from scheduling.selectors.people import Person, people

VIEWS: Final = ("day", "week", "month")
COLUMNS: Final = 30  # as many as a page shows at a time
_CHOSEN: Final = "calendar_people"
_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Look:
    """The days, everybody who may be shown, those who were chosen, and the page of them that is shown.

    `one` is set where a single person was asked for.
    """

    view: str
    date: dt.date
    window: Window
    everybody: list[Person]
    chosen: list[Person]
    page: Page[Person]
    one: Person | None
    as_list: bool

    @property
    def shown(self) -> list[Person]:
        """The people of the page."""
        return list(self.page.object_list)

    @property
    def ids(self) -> list[int]:
        """The clinicians whose columns are shown."""
        return [person.id for person in self.page.object_list]

    @property
    def is_grid(self) -> bool:
        """Whether the calendar library draws it: a day, or the week of one person."""
        return self.view == "day" or (self.view == "week" and len(self.chosen) == 1)

    @property
    def is_in_parts(self) -> bool:
        """Whether there are more columns than a page shows; a month has none."""
        return self.page.has_other_pages() and (self.view != "month" or self.as_list)

    @property
    def is_counted(self) -> bool:
        """Whether only the number of sessions a day is shown: a month of several people."""
        return self.view == "month" and len(self.chosen) > 1 and not self.as_list


def look_of(request: PracticeRequest) -> Look:
    """What the address says; today's day view where it says nothing or nonsense."""
    date = _date(request)
    view = request.GET.get("view", "")
    view = view if view in VIEWS else VIEWS[0]
    window = window_of(view, date)
    everybody = people(request.actor, request.practice, window)
    asked = request.GET.get("clinician", "")
    one = next((person for person in everybody if str(person.id) == asked), None)
    chosen = [one] if one else _chosen(request, everybody)
    shown = Paginator(chosen, COLUMNS).get_page(request.GET.get("part"))
    return Look(view, date, window, everybody, chosen, shown, one, request.GET.get("as") == "list")


def window_of(view: str, date: dt.date) -> Window:
    """The days of a view: the day, its week from Monday to Sunday, or the weeks of its month."""
    if view == "month":
        return month_window(date)
    if view == "week":
        monday = date - dt.timedelta(days=date.weekday())
        return Window(monday, monday + dt.timedelta(days=_WEEK - 1))
    return Window(date, date)


def keep_people(request: PracticeRequest, ids: set[int]) -> None:
    """Remembers in the session whose columns are shown. Nobody, or all who are here today, is everybody."""
    today = clock.today(request.practice)
    all_of_them = {person.id for person in people(request.actor, request.practice, Window(today, today))} <= ids
    kept: dict[str, Any] = request.session.get(_CHOSEN, {})
    request.session[_CHOSEN] = kept | {str(request.practice.pk): [] if all_of_them else sorted(ids)}


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
    kept = set(request.session.get(_CHOSEN, {}).get(str(request.practice.pk), ()))
    return [person for person in everybody if person.id in kept] or everybody
