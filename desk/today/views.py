"""The first page of a practice, and the rows of what no other page lists."""

from __future__ import annotations

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from clients.selectors.running_out import running_out
from desk.today.day import day, needs_words
from desk.today.motion import motion
from desk.today.uncovered import uncovered_sessions
from practice import today
from practice.http import PracticeRequest, page
from practice.members.serving import serving
from practice.today import MOVE, Asker


@page(members=True)
@require_GET
def practice_start(request: PracticeRequest) -> HttpResponse:
    """What needs this person, worst clock first, where the money is, and their day."""
    asker = Asker.now(request.practice, request.actor)
    needs = today.needs(asker)
    mine = [need for need in needs if need.kind != MOVE]
    facts = {
        "asker": asker,
        "needs": mine,
        "leaving": [need for need in needs if need.kind == MOVE],
        "sentence": needs_words(len(mine)),
        "main": next((need for need in mine if need.call), None),
        "serving": None if request.practice.treats_clients else serving(request.user, request.access),
        "may_book": request.practice.treats_clients and request.actor.may("calendar:edit", "calendar:own"),
        "day": day(asker),
        "tiles": motion(asker),
    }
    return TemplateResponse(request, "desk/today.html", facts)


@page("clients:edit")
@require_GET
def today_authorizations(request: PracticeRequest) -> HttpResponse:
    """The authorizations that run out, with the clients they are of."""
    asker = Asker.now(request.practice, request.actor)
    return TemplateResponse(
        request, "desk/today_authorizations.html", {"rows": running_out(request.actor, asker.today)}
    )


@page("clients:edit")
@require_GET
def today_coverage(request: PracticeRequest) -> HttpResponse:
    """The sessions to come that no plan covers."""
    rows = uncovered_sessions(request.actor, request.practice)
    return TemplateResponse(request, "desk/today_coverage.html", {"rows": rows})
