"""The list of remittances, its search, and posting what is chosen."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_POST

from billing.models import Remittance
from billing.pills import ALL, Group
from billing.remittances import services
from billing.remittances.selectors import listing
from billing.remittances.selectors.listing import GROUPS, Wanted
from billing.remittances.views._pages import base, key
from billing.remittances.words import money, name
from practice import searches
from practice.acting import url
from practice.http import PracticeRequest, page
from practice.money import total

_KEPT: Final = ("s", "group", "sort")
_TONES: Final = {"ready": "wait", "held": "stop"}
_TOLD: Final = 5


@page("remittances:view")
@require_GET
def remittances(request: PracticeRequest) -> HttpResponse:
    """The remittances: searched, narrowed, sorted, fifty on a page."""
    wanted = _wanted(request)
    found = listing.remittance_list(request.actor, wanted)
    facts = {
        "found": found,
        "page": found.page,
        "wanted": wanted,
        "pills": _pills(request, found.groups, wanted.group),
        "may_edit": request.actor.may("remittances:edit"),
        "may_post": request.actor.may("remittances:edit") and found.can_post,
    }
    facts = base(request, "remittances") | facts
    return TemplateResponse(request, "billing/remittances/list.html", facts)


@page("remittances:view")
@require_POST
def search_remittances(request: PracticeRequest) -> HttpResponse:
    """Keeps the words of a search out of the address; whatever the state, it is found."""
    found = searches.keep(request, request.POST.get("q", ""))
    return redirect(url(request, "remittances", s=found))


@page("remittances:edit")
@require_POST
def post_remittances(request: PracticeRequest) -> HttpResponse:
    """Posts the chosen ones, each whole or not at all; what is left says why."""
    chosen = [found for text in request.POST.getlist("remittance") if (found := key(text)) is not None]
    if not chosen:
        messages.error(request, "Choose the remittances to post.")
        return redirect(url(request, "remittances", group="ready"))
    bulk = services.post_many(chosen, actor=request.actor, practice=request.practice)
    if bulk.posted:
        messages.success(request, _said(bulk.posted))
    left = Remittance.objects.in_bulk(list(bulk.left)[:_TOLD])
    for pk, row in left.items():
        messages.error(request, f"{name(row)} was left: {bulk.left[pk]}")
    return redirect(url(request, "remittances", group="ready" if bulk.left else ""))


def _said(posted: list[int]) -> str:
    amounts = Remittance.objects.filter(pk__in=posted).values_list("amount", flat=True)
    count = "1 remittance is" if len(posted) == 1 else f"{len(posted)} remittances are"
    return f"{count} posted, {money(total(amounts))}."


def _wanted(request: PracticeRequest) -> Wanted:
    group = request.GET.get("group", ALL)
    return Wanted(
        words=searches.words_of(request),
        group=group if group in GROUPS else ALL,
        sort=request.GET.get("sort", "-received"),
        page=request.GET.get("page", "1"),
    )


def _pills(request: PracticeRequest, groups: list[Group], current: str) -> list[dict[str, Any]]:
    kept = {name: request.GET.get(name, "") for name in _KEPT}
    return [
        {
            "label": group.label,
            "url": url(request, "remittances", **(kept | {"group": group.key if group.key != ALL else ""})),
            "current": group.key == current,
            "count": group.count,
            "kind": _TONES.get(group.key, "") if group.count else "",
        }
        for group in groups
    ]
