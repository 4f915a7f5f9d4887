"""The list of takebacks with the other balances, its search, and writing down a letter."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from billing.pills import ALL, Group
from billing.remittances.selectors.balances import other_balances
from billing.remittances.views._pages import REFUSALS, base, posted
from billing.takebacks import services
from billing.takebacks.forms import LetterForm
from billing.takebacks.selectors import listing
from billing.takebacks.selectors.listing import DEFAULT, NOT_SETTLED, Wanted
from practice import clock, searches
from practice.acting import url
from practice.http import PracticeRequest, page

OTHER: Final = "other"
_KEPT: Final = ("s", "group", "sort")
_TONES: Final = {"open": "wait", "partly": "wait"}


@page("remittances:view")
@require_GET
def payer_balances(request: PracticeRequest) -> HttpResponse:
    """Takebacks, searched, narrowed and sorted; other balances under a pill of their own."""
    wanted = _wanted(request)
    today = clock.today(request.practice)
    found = listing.takeback_list(request.actor, wanted, today)
    others = other_balances()
    is_other = request.GET.get("group") == OTHER
    facts = base(request, "payer_balances") | {
        "found": found,
        "page": found.page,
        "wanted": wanted,
        "others": others if is_other else [],
        "is_other": is_other,
        "pills": [
            *_pills(request, found.groups, "" if is_other else wanted.group),
            _other(request, len(others), is_other),
        ],
        "may_edit": request.actor.may("remittances:edit"),
    }
    return TemplateResponse(request, "billing/takebacks/list.html", facts)


@page("remittances:view")
@require_POST
def search_takebacks(request: PracticeRequest) -> HttpResponse:
    """Keeps the words of a search out of the address; whatever the state, it is found."""
    found = searches.keep(request, request.POST.get("q", ""))
    return redirect(url(request, "payer_balances", s=found, group=ALL, sort=request.GET.get("sort", "")))


@page("remittances:edit")
@require_http_methods(["GET", "POST"])
def announce_takeback(request: PracticeRequest) -> HttpResponse:
    """Writes down a payer's letter before any payment says so."""
    form = LetterForm(posted(request))
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        try:
            row = services.announce(
                payer_id=said.pop("payer").pk, **said, actor=request.actor, practice=request.practice
            )
        except REFUSALS as error:
            form.refuse(error)
        else:
            messages.success(request, "The letter is written down. What the payer withholds finds it by its reference.")
            return redirect(url(request, "takeback", row.pk))
    facts = base(request, "payer_balances") | {"form": form}
    return TemplateResponse(request, "billing/takebacks/letter.html", facts, status=422 if form.errors else 200)


def _wanted(request: PracticeRequest) -> Wanted:
    group = request.GET.get("group", NOT_SETTLED)
    known = group in listing.GROUPS or group == ALL
    return Wanted(
        words=searches.words_of(request),
        group=group if known else NOT_SETTLED,
        sort=request.GET.get("sort", DEFAULT),
        page=request.GET.get("page", "1"),
    )


def _pills(request: PracticeRequest, groups: list[Group], current: str) -> list[dict[str, Any]]:
    kept = {name: request.GET.get(name, "") for name in _KEPT}
    return [
        {
            "label": group.label,
            "url": url(request, "payer_balances", **(kept | {"group": "" if group.key == NOT_SETTLED else group.key})),
            "current": group.key == current,
            "count": group.count,
            "kind": _TONES.get(group.key, "") if group.count else "",
        }
        for group in groups
    ]


def _other(request: PracticeRequest, count: int, current: bool) -> dict[str, Any]:
    return {
        "label": "Other balances",
        "url": url(request, "payer_balances", group=OTHER),
        "current": current,
        "count": count,
    }
