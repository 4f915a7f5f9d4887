"""Pages about the whole team."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clinicians import policies, services
from clinicians.forms import AddClinicianForm
from clinicians.selectors import grid as grids
from clinicians.selectors import team as teams
from clinicians.views._pages import address, form_page, sent
from practice import clock, searches
from practice.http import PracticeRequest, page

_ON_A_PAGE = 50
_LABELS = {teams.ACTIVE: "Working here", teams.EXPIRING: "Something runs out", teams.LEFT: "Left"}


@page("team:view", "team:own")
@require_GET
def team(request: PracticeRequest) -> HttpResponse:
    """Who is on the team; somebody who may see their own file alone is led to it."""
    if not request.actor.may("team:view"):
        return _own_file(request)
    show = request.GET.get("show") if request.GET.get("show") in _LABELS else teams.ACTIVE
    words, sort, today = searches.words_of(request), request.GET.get("sort", ""), clock.today(request.practice)
    found = teams.team(request.actor, today, words=words, sort=sort, show=show or teams.ACTIVE)
    facts = {
        "page": Paginator(found.rows, _ON_A_PAGE).get_page(request.GET.get("page")),
        "pills": _pills(request, found, show or teams.ACTIVE),
        "tabs": _tabs(request, "team"),
        "words": words,
        "show": show,
        "today": today,
        "may_edit": request.actor.may("team:edit"),
    }
    return TemplateResponse(request, "clinicians/team.html", facts)


@page("team:view")
@require_POST
def search_team(request: PracticeRequest) -> HttpResponse:
    """Keeps the words of a search out of the address."""
    return redirect(_list_url(request, searches.keep(request, request.POST.get("q", "")), request.GET.get("show", "")))


@page("team:view")
@require_GET
def enrollment_grid(request: PracticeRequest) -> HttpResponse:
    """Every clinician with every payer."""
    only = request.GET.get("show") == "needing"
    found = grids.grid(request.actor, clock.today(request.practice), only_needing=only)
    facts = {
        "grid": found,
        "page": Paginator(found.rows, _ON_A_PAGE).get_page(request.GET.get("page")),
        "tabs": _tabs(request, "enrollment_grid"),
        "only": only,
        "may_edit": request.actor.may("team:edit"),
    }
    return TemplateResponse(request, "clinicians/grid.html", facts)


@page("team:edit")
@require_http_methods(["GET", "POST"])
def add_clinician(request: PracticeRequest) -> HttpResponse:
    """Asks as little as it takes and opens the new file."""
    initial = {"starts_on": clock.today(request.practice), "engagement": "w2_nonexempt"}
    form = AddClinicianForm(sent(request), initial=initial, suggest_url=address(request, "suggest_credentials"))
    back = address(request, "team")

    def act(values: dict[str, Any]) -> tuple[str, str]:
        made = services.add_clinician(actor=request.actor, **values)
        return f"{made.name} is on the team. Add a license and cover next.", address(request, "clinician", made.pk)

    facts: dict[str, Any] = {"submit": "Add to the team", "template": "clinicians/add.html"}
    return form_page(request, form, act, back=back, title="Add a clinician", **facts)


@page("team:edit")
@require_GET
def suggest_credentials(request: PracticeRequest) -> HttpResponse:
    """The level and the taxonomy that the letters usually mean, as fields to put in place."""
    level, taxonomy = services.suggestion(request.GET.get("credentials", ""))
    form = AddClinicianForm(initial={"level": level, "taxonomy": taxonomy})
    facts = {"form": form, "is_suggested": bool(level or taxonomy)}
    return TemplateResponse(request, "clinicians/_suggested.html", facts)


def _own_file(request: PracticeRequest) -> HttpResponse:
    own = policies.own_clinician_id(request.actor)
    if own is not None:
        return redirect(address(request, "clinician", own))
    return TemplateResponse(request, "clinicians/no_file.html")


def _list_url(request: PracticeRequest, search: str, show: str) -> str:
    kept = {name: value for name, value in (("s", search), ("show", show)) if value}
    return address(request, "team") + (f"?{urlencode(kept)}" if kept else "")


def _pills(request: PracticeRequest, found: teams.Team, show: str) -> list[dict[str, Any]]:
    search = request.GET.get("s", "")
    return [
        {
            "label": label,
            "url": _list_url(request, search, "" if name == teams.ACTIVE else name),
            "current": name == show,
            "count": found.counts[name],
        }
        for name, label in _LABELS.items()
    ]


def _tabs(request: PracticeRequest, current: str) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": address(request, name), "current": name == current}
        for label, name in (("People", "team"), ("Payer enrollment", "enrollment_grid"))
    ]
