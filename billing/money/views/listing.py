"""Client money of the practice: who owes what, since when, and who has credit."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from billing.money import overview
from billing.money.overview import ALL, CREDIT, KEEPS, OWES
from practice import clock, searches
from practice.http import PracticeRequest, page

_ON_A_PAGE = 50
_LABELS = {OWES: "Owes", CREDIT: "Has credit", ALL: "All"}


@page("money:view")
@require_GET
def client_money(request: PracticeRequest) -> HttpResponse:
    """The clients of one pill with the totals of the whole ledger."""
    words, show = searches.words_of(request), _show(request)
    found = overview.client_money(request.actor, words=words, sort=request.GET.get("sort", ""), show=show)
    facts = {
        "page": Paginator(found.rows, _ON_A_PAGE).get_page(request.GET.get("page")),
        "totals": found.totals,
        "shown": overview.sum_of(found.rows),
        "pills": _pills(request, found.counts, show),
        "words": words,
        "show": show,
        "today": clock.today(request.practice),
    }
    return TemplateResponse(request, "billing/money/list.html", facts)


@page("money:view")
@require_POST
def search_client_money(request: PracticeRequest) -> HttpResponse:
    """Keeps the words of a search out of the address."""
    key = searches.keep(request, request.POST.get("q", ""))
    return redirect(_url(request, s=key, show=_show(request)))


def _pills(request: PracticeRequest, counts: dict[str, int], show: str) -> list[dict[str, Any]]:
    search, sort = request.GET.get("s", ""), request.GET.get("sort", "")
    return [
        {
            "label": label,
            "url": _url(request, s=search, sort=sort, show=name),
            "current": name == show,
            "count": counts[name],
        }
        for name, label in _LABELS.items()
    ]


def _show(request: PracticeRequest) -> str:
    show = request.GET.get("show", OWES)
    return show if show in KEEPS else OWES


def _url(request: PracticeRequest, **query: str) -> str:
    filled = urlencode({name: value for name, value in query.items() if value and value != OWES})
    return reverse("client_money", args=[request.practice.slug]) + (f"?{filled}" if filled else "")
