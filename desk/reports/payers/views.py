"""The figures of payers, and the claims behind each."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from desk.reports.payers import selectors
from desk.reports.payers.figures import BEHIND, DEFINITIONS, Figures
from desk.reports.selectors import names
from desk.reports.views import tabs
from practice import clock
from practice.http import PracticeRequest, page

_LONGEST: Final = 18
_TITLES: Final = {
    "sent": "Claims sent",
    "rejected": "Claims that were sent back",
    "accepted": "Claims that passed at once",
    "decided": "Claims a remittance answered",
    "denied": "Claims with a denial",
    "paid": "Claims that were paid",
}


@page("reports:view")
@require_GET
def payer_figures(request: PracticeRequest) -> HttpResponse:
    """Days to payment, first-pass acceptance and denial rate by payer and month."""
    found = selectors.report(request.actor, request.practice, dict(names().payers))
    facts = {
        "found": found,
        "tabs": tabs(request, "payer_figures"),
        "definitions": DEFINITIONS.values(),
        "rows": [
            _shown(request, row.payer, row.payer_id, row.whole)
            | {"months": [_shown(request, _named(month), row.payer_id, one, month) for month, one in row.months]}
            for row in found.rows
        ],
        "whole": _shown(request, "All payers", None, found.whole),
    }
    return TemplateResponse(request, "desk/reports/payers.html", facts)


@page("reports:view")
@require_GET
def payer_claims(request: PracticeRequest) -> HttpResponse:
    """The claims one figure is made of."""
    figure, month = request.GET.get("figure", "sent"), request.GET.get("month", "")
    payer = request.GET.get("payer", "")
    figure = figure if figure in BEHIND else "sent"
    key = int(payer) if payer.isascii() and payer.isdigit() and len(payer) <= _LONGEST else None
    months = selectors.months_of(clock.today(request.practice))
    month = month if month in months else ""
    found, rows = selectors.claims_of(
        request.actor, request.practice, payer=key, month=month, figure=figure, number=request.GET.get("page", "1")
    )
    who = names().payers.get(key, "") if key else ""
    facts = {
        "title": _TITLES[figure],
        "about": " · ".join(part for part in (who, _named(month) if month else "Last six months") if part),
        "page": found,
        "rows": rows,
        "today": clock.today(request.practice),
        "opens_claims": request.actor.may("claims:view"),
    }
    return TemplateResponse(request, "desk/reports/payer_claims.html", facts)


def _shown(request: PracticeRequest, label: str, payer: int | None, one: Figures, month: str = "") -> dict[str, Any]:
    where = reverse("payer_claims", args=[request.practice.slug])
    kept = "".join(f"&{name}={value}" for name, value in (("payer", payer), ("month", month)) if value)
    return {"label": label, "one": one} | {f"{figure}_url": f"{where}?figure={figure}{kept}" for figure in BEHIND}


def _named(month: str) -> str:
    return f"{dt.date.fromisoformat(f'{month}-01'):%B %Y}"
