"""The calendar: the page, its events, and whose columns it shows."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from practice import audit, clock
from practice.http import PracticeRequest, page
from scheduling.selectors import board
from scheduling.selectors import people as columns
from scheduling.selectors.cards import Card, cards
from scheduling.views import heading, wire
from scheduling.views.look import VIEWS, Look, calendar_url, keep_people, look_of, step


@page("calendar:view", "calendar:own")
@require_GET
def calendar(request: PracticeRequest) -> HttpResponse:
    """A day, a week or a month; the same as a list for print, screen readers and browsers without scripts."""
    look = look_of(request)
    found = _cards(request, look)
    days = board.days(look.window, found)
    audit.record("calendar.viewed", actor=request.actor, after={"from": look.window.first, "to": look.window.last})
    facts = {
        "look": look,
        "heading": heading.words(look, clock.today(request.practice)),
        "key": board.key(found),
        "days": heading.days(look, found),
        "board_days": days,
        "rows": board.board(look.shown, days, found) if look.view == "week" else [],
        "weeks": _weeks(request, look, found),
        "links": _links(request, look),
        "may_set_up": request.actor.may("practice:edit"),
        "may_book": request.actor.may("calendar:edit", "calendar:own"),
    }
    return TemplateResponse(request, "scheduling/calendar.html", facts)


@page("calendar:view", "calendar:own")
@require_GET
def calendar_events(request: PracticeRequest) -> HttpResponse:
    """What the library draws: columns, sessions, closed hours, the present time; everything by the wall clock."""
    look = look_of(request)
    found = _cards(request, look)
    working = columns.hours(look.ids)
    opens, closes = columns.opening(working, found)
    return JsonResponse(
        {
            "resources": [wire.person(person) for person in look.shown],
            "events": [wire.event(request.practice, card, look.ids) for card in found],
            "shut": [wire.shut(one) for one in columns.shut(working, look.window.days())],
            "key": board.key(found),
            "opens": wire.time(opens),
            "closes": wire.time(closes),
            "now": wire.moment(clock.local(request.practice, clock.now())),
        }
    )


@page("calendar:view", "calendar:own")
@require_POST
def choose_calendar_people(request: PracticeRequest) -> HttpResponse:
    """Remembers whose columns are shown, and goes back to the days that were open."""
    keep_people(request, [int(pk) for pk in request.POST.getlist("people") if pk.isdecimal()])
    return redirect(calendar_url(request, date=request.POST.get("date", ""), view=request.POST.get("view", "")))


def _cards(request: PracticeRequest, look: Look) -> list[Card]:
    if look.view == "month" and len(look.shown) > 1 and not look.as_list:
        return []
    return cards(request.actor, request.practice, look.window, look.ids)


def _weeks(request: PracticeRequest, look: Look, found: list[Card]) -> list[list[board.MonthDay]]:
    if look.view != "month":
        return []
    if len(look.shown) == 1:
        return board.month_of_one(look.date, found)
    return board.month_of_all(request.actor, request.practice, look.date, look.ids)


def _links(request: PracticeRequest, look: Look) -> dict[str, Any]:
    one = look.one.id if look.one else None
    as_list = "list" if look.as_list else None
    here = {"date": look.date, "view": look.view, "clinician": one}
    return {
        "earlier": calendar_url(request, **here | {"date": step(look, -1), "as": as_list}),
        "later": calendar_url(request, **here | {"date": step(look, 1), "as": as_list}),
        "today": calendar_url(request, view=look.view, clinician=one, **{"as": as_list}),
        "events": f"{reverse('calendar_events', args=[request.practice.slug])}?{_query(here)}",
        "list": calendar_url(request, **here | {"as": "list"}),
        "grid": calendar_url(request, **here),
        "everybody": calendar_url(request, date=look.date, view=look.view),
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
