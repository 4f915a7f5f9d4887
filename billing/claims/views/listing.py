"""The list of claims, its search, and sending what is chosen."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_POST

from billing.claims import batching
from billing.claims.selectors import batches, listing
from billing.claims.selectors.failing import failing
from billing.claims.selectors.listing import GROUPS, Wanted
from billing.claims.views._pages import number, tabs
from billing.pills import ALL, Group
from practice import clock, searches
from practice.acting import act, url
from practice.http import PracticeRequest, page

_KEPT: Final = ("s", "group", "payer", "clinician", "near", "turn", "sort")
_TONES: Final = {"correct": "stop", "ready": "wait", "denied": "wait"}


@page("claims:view")
@require_GET
def claims(request: PracticeRequest) -> HttpResponse:
    """The claims: searched, narrowed, sorted, fifty on a page, with the batches that leave next."""
    wanted, today = _wanted(request), clock.today(request.practice)
    found = listing.claim_list(request.actor, wanted, today)
    facts = {
        "found": found,
        "page": found.page,
        "wanted": wanted,
        "today": today,
        "tabs": tabs(request, "claims"),
        "pills": _pills(request, found.groups, wanted.group),
        "filters": listing.filters(),
        "kept": {name: request.GET[name] for name in ("s", "group", "near", "sort") if request.GET.get(name)},
        "waiting": batches.waiting_batches(request.actor),
        "failing": failing(request.actor),
        "has_connection": batching.default_connection() is not None,
        "may_edit": request.actor.may("claims:edit"),
    }
    return TemplateResponse(request, "billing/claims/list.html", facts)


@page("claims:view")
@require_POST
def search_claims(request: PracticeRequest) -> HttpResponse:
    """Keeps the words of a search out of the address; whatever the state, it is found."""
    key = searches.keep(request, request.POST.get("q", ""))
    return redirect(url(request, "claims", s=key, group=ALL if key else ""))


@page("claims:edit")
@require_POST
def send_claims(request: PracticeRequest) -> HttpResponse:
    """Puts the chosen claims in a batch, which leaves after the practice's delay."""
    chosen = [int(text) for text in request.POST.getlist("claim") if text.isascii() and text.isdigit()]
    made: list[int] = []

    def change() -> str:
        batch = batching.batch_ready(actor=request.actor, claim_ids=chosen)
        made.append(batch.pk)
        these = "The claim is" if len(chosen) == 1 else "The claims are"
        return f"{these} in batch {batch.pk}, which leaves soon."

    response = act(request, change, url(request, "claims", group="ready"))
    return redirect(url(request, "batch", made[0])) if made else response


def _wanted(request: PracticeRequest) -> Wanted:
    group = request.GET.get("group", ALL)
    return Wanted(
        words=searches.words_of(request),
        group=group if group in GROUPS else ALL,
        payer=number(request, "payer"),
        clinician=number(request, "clinician"),
        is_near=request.GET.get("near") == "1",
        turn=request.GET.get("turn", ""),
        sort=request.GET.get("sort", "-day"),
        page=request.GET.get("page", "1"),
    )


def _pills(request: PracticeRequest, groups: list[Group], current: str) -> list[dict[str, Any]]:
    kept = {name: request.GET.get(name, "") for name in _KEPT}
    return [
        {
            "label": group.label,
            "url": url(request, "claims", **(kept | {"group": group.key if group.key != ALL else ""})),
            "current": group.key == current,
            "count": group.count,
            "kind": _TONES.get(group.key, "") if group.count else "",
        }
        for group in groups
        if group.count or group.key in {ALL, current}
    ]
