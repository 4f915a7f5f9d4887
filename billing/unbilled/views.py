"""The page of the filing clock."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from billing.claims.selectors import listing
from billing.claims.views._pages import number, tabs
from billing.unbilled import selectors
from billing.unbilled.selectors import Part, Wanted
from billing.unbilled.shapes import BUCKETS, DUE, OVER, SOON, STAGES
from practice import clock
from practice.acting import url
from practice.http import PracticeRequest, page

_KEPT: Final = ("near", "stage", "block", "payer", "clinician", "sort")
_TONES: Final = {OVER: "stop", SOON: "wait"}


@page("claims:view")
@require_GET
def unbilled(request: PracticeRequest) -> HttpResponse:
    """What no payer was asked for yet, by deadline and by what is in the way."""
    wanted = _wanted(request)
    found = selectors.unbilled(request.actor, request.practice, wanted)
    facts = {
        "found": found,
        "page": found.page,
        "wanted": wanted,
        "today": clock.today(request.practice),
        "tabs": tabs(request, "unbilled"),
        "buckets": [_choice(request, "near", one, wanted.near) for one in found.buckets],
        "stages": [_choice(request, "stage", one, wanted.stage) for one in found.stages if one.count],
        "filters": listing.filters(),
        "kept": {name: request.GET[name] for name in ("near", "stage", "block", "sort") if request.GET.get(name)},
    }
    return TemplateResponse(request, "billing/unbilled/list.html", facts)


def _wanted(request: PracticeRequest) -> Wanted:
    near, stage = request.GET.get("near", ""), request.GET.get("stage", "")
    return Wanted(
        near=near if near in BUCKETS or near == DUE else "",
        stage=stage if stage in {one.value for one in STAGES} else "",
        block=request.GET.get("block", "")[:40],
        payer=number(request, "payer"),
        clinician=number(request, "clinician"),
        sort=request.GET.get("sort", ""),
        page=request.GET.get("page", "1"),
    )


def _choice(request: PracticeRequest, name: str, part: Part, current: str) -> dict[str, Any]:
    """One part as a link that narrows to it, or lets go of it."""
    kept = {key: request.GET.get(key, "") for key in _KEPT if key != "block"}
    is_current = part.key == current
    return {
        "label": part.label,
        "url": url(request, "unbilled", **(kept | {name: "" if is_current else str(part.key)})),
        "current": is_current,
        "count": part.count,
        "amount": part.amount,
        "kind": _TONES.get(part.key, "") if part.count else "",
    }
