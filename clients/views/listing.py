"""The list of clients, and adding somebody to it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients import services
from clients.errors import ClientRefusedError, PossibleDuplicateError
from clients.forms import AddClientForm
from clients.models import Client
from clients.selectors import listing
from clients.selectors.listing import Wanted
from clients.views._pages import address, sent
from practice import clock, searches
from practice.http import PracticeRequest, page

_KEPT = ("s", "status", "clinician", "payer", "sort")


@page("clients:view", "clients:own")
@require_GET
def clients(request: PracticeRequest) -> HttpResponse:
    """The clients the actor may see: searched, narrowed, sorted, fifty on a page."""
    wanted, today = _wanted(request), clock.today(request.practice)
    found = listing.client_list(request.actor, wanted, today)
    facts = {
        "found": found,
        "page": found.page,
        "wanted": wanted,
        "today": today,
        "pills": _pills(request, found.counts, wanted.status),
        "filters": listing.filters(request.actor),
        "is_empty": not found.rows and listing.is_empty(request.actor),
        "kept": {name: request.GET[name] for name in ("s", "status", "sort") if request.GET.get(name)},
        "search_to": address(request, "search_clients") + _query(request, s=""),
        "may_edit": request.actor.may("clients:edit"),
    }
    return TemplateResponse(request, "clients/list.html", facts)


@page("clients:view", "clients:own")
@require_POST
def search_clients(request: PracticeRequest) -> HttpResponse:
    """Keeps the words of a search out of the address; whoever is found shows whatever their status."""
    key = searches.keep(request, request.POST.get("q", ""))
    return redirect(address(request, "clients") + _query(request, s=key, status="all" if key else ""))


@page("clients:edit")
@require_http_methods(["GET", "POST"])
def add_client(request: PracticeRequest) -> HttpResponse:
    """Puts somebody on file; who may be the same person is shown first."""
    form = AddClientForm(sent(request))
    matches: list[Client] = []
    if request.method == "POST" and form.is_valid():
        try:
            client = services.add_client(actor=request.actor, **form.cleaned_data)
        except PossibleDuplicateError as error:
            matches = list(error.matches)
            form.remember([match.pk for match in matches])
        except ClientRefusedError as error:
            form.refuse(error)
        else:
            messages.success(request, f"{client.name} is client {client.number}.")
            return redirect(address(request, "client", client.pk))
    facts = {"form": form, "matches": matches, "today": clock.today(request.practice)}
    return TemplateResponse(request, "clients/add.html", facts, status=422 if form.is_bound else 200)


def _wanted(request: PracticeRequest) -> Wanted:
    status = request.GET.get("status", "")
    chosen = status if status in Client.Status.values else Client.Status.ACTIVE.value
    return Wanted(
        words=searches.words_of(request),
        status="" if status == "all" else chosen,
        clinician=_number(request, "clinician"),
        payer=_number(request, "payer"),
        sort=request.GET.get("sort", "name"),
        page=request.GET.get("page", "1"),
    )


def _number(request: PracticeRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None  # noqa: PLR2004 - a bigint


def _pills(request: PracticeRequest, counts: dict[str, int], status: str) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "url": address(request, "clients") + _query(request, status=value),
            "current": value == (status or "all"),
            "count": count,
        }
        for value, label, count in listing.pill_counts(counts)
    ]


def _query(request: PracticeRequest, **changes: str) -> str:
    """What the address says now, with changes; nothing in it is empty."""
    given = {name: request.GET.get(name, "") for name in _KEPT} | changes
    filled = urlencode({name: value for name, value in given.items() if value})
    return f"?{filled}" if filled else ""
