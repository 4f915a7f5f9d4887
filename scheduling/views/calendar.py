"""The calendar: the page, its events, and whose columns it shows."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from practice import audit, clock
from practice.http import PracticeRequest, page
from scheduling.selectors import board
from scheduling.selectors import people as columns
from scheduling.selectors.cards import Card, cards
from scheduling.views import chips, heading, wire
from scheduling.views.look import COLUMNS, VIEWS, Look, calendar_url, keep_people, look_of, step


@page("calendar:view", "calendar:own")
@require_GET
def calendar(request: PracticeRequest) -> HttpResponse:
    """A day, a week or a month; the same as a list for print, screen readers and browsers without scripts."""
    look = look_of(request)
    found = [] if look.is_counted else cards(request.actor, request.practice, look.window, look.ids)
    audit.record("calendar.viewed", actor=request.actor, after={"from": look.window.first, "to": look.window.last})
    facts = {
        "look": look,
        "heading": heading.words(look, clock.today(request.practice)),
        "key": board.key(found),
        "days": heading.days(look, found) if look.is_grid or look.as_list else [],
        "board": _board(request, look, found),
        "weeks": _weeks(request, look, found),
        "picks": heading.picks(look) if len(look.everybody) <= COLUMNS else None,
        "links": _links(request, look),
        "sessions": chips.address(request.practice),
        "may_set_up": request.actor.may("practice:edit"),
        "may_book": request.actor.may("calendar:edit", "calendar:own"),
    }
    return TemplateResponse(request, "scheduling/calendar.html", facts)


@page("calendar:view", "calendar:own")
@require_GET
def calendar_events(request: PracticeRequest) -> HttpResponse:
    """What the library draws: columns, sessions, closed hours, the present time; everything by the wall clock."""
    look = look_of(request)
    found = cards(request.actor, request.practice, look.window, look.ids)
    working = columns.hours(look.ids)
    opens, closes = columns.opening(working, found)
    shown = frozenset(look.ids)
    return JsonResponse(
        {
            "sessions": chips.address(request.practice),
            "resources": [wire.person(person) for person in look.shown],
            "events": [wire.event(card, shown) for card in found],
            "shut": [wire.shut(one) for one in columns.shut(working, look.window.days())],
            "opens": wire.time(opens),
            "closes": wire.time(closes),
            "now": wire.moment(clock.local(request.practice, clock.now())),
        },
        json_dumps_params={"separators": (",", ":")},
    )


@page("calendar:view", "calendar:own")
@require_http_methods(["GET", "POST"])
def choose_calendar_people(request: PracticeRequest) -> HttpResponse:
    """Shows whose columns may be shown, for the menu or as a page; remembers the choice and goes back to the days."""
    if request.method == "GET":
        look = look_of(request)
        template = "_people" if request.htmx else "people"
        return TemplateResponse(request, f"scheduling/{template}.html", {"look": look, "picks": heading.picks(look)})
    keep_people(request, {int(pk) for pk in request.POST.getlist("people") if pk.isdecimal()})
    return redirect(calendar_url(request, date=request.POST.get("date", ""), view=request.POST.get("view", "")))


def _board(request: PracticeRequest, look: Look, found: list[Card]) -> dict[str, Any] | None:
    """The week of several people: its days, and a row of chips for each of them."""
    if look.view != "week" or look.is_grid or look.as_list:
        return None
    days = board.days(look.window, found)
    rows = board.board(look.shown, days, found)
    return {"days": days, "rows": chips.rows(rows, chips.address(request.practice))}


def _weeks(request: PracticeRequest, look: Look, found: list[Card]) -> list[list[board.MonthDay]]:
    if look.view != "month" or look.as_list:
        return []
    if len(look.chosen) == 1:
        return board.month_of_one(look.date, found)
    everybody = None if look.chosen == look.everybody else [person.id for person in look.chosen]
    return board.month_of_all(request.actor, request.practice, look.date, everybody)


def _links(request: PracticeRequest, look: Look) -> dict[str, Any]:
    one = look.one.id if look.one else None
    as_list = "list" if look.as_list else None
    part = look.page.number if look.page.number > 1 else None
    here = {"date": look.date, "view": look.view, "clinician": one, "part": part}
    return {
        "earlier": calendar_url(request, **here | {"date": step(look, -1), "as": as_list}),
        "later": calendar_url(request, **here | {"date": step(look, 1), "as": as_list}),
        "today": calendar_url(request, **here | {"date": None, "as": as_list}),
        "events": f"{reverse('calendar_events', args=[request.practice.slug])}?{_query(here)}",
        "list": calendar_url(request, **here | {"as": "list"}),
        "grid": calendar_url(request, **here),
        "everybody": calendar_url(request, date=look.date, view=look.view),
        "people": f"{reverse('choose_calendar_people', args=[request.practice.slug])}?{_query(here)}",
        "views": [
            {
                "label": view.capitalize(),
                "url": calendar_url(request, **here | {"view": view}),
                "current": view == look.view,
            }
            for view in VIEWS
        ],
    }


def _query(facts: dict[str, object]) -> str:
    return urlencode({name: str(value) for name, value in facts.items() if value is not None})
