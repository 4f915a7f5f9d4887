"""What one's own page and the page of somebody else do alike."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from payroll.explained.items import Reader
from payroll.explained.policies import Reach
from payroll.explained.selectors.lines import SORTS
from payroll.explained.selectors.page import Asked, PayPage, pay_page
from practice import audit, clock, searches
from practice.http import PracticeRequest

_KEPT: Final = ("s", "sort")


def address(request: PracticeRequest, name: str, *ids: int) -> str:
    """The address of a page in this practice."""
    return reverse(name, args=[request.practice.slug, *ids])


def find(request: PracticeRequest, reach: Reach, pk: int, reader: Reader) -> PayPage:
    """The page asked for, written down as read; Http404 where it is not there."""
    asked = Asked(searches.words_of(request), _sort(request), request.GET.get("page", ""))
    found = pay_page(request.actor, reach, pk, asked, reader)
    if found is None:
        raise Http404
    _written_down(request, found)
    return found


def shown(request: PracticeRequest, reach: Reach, found: PayPage, **more: Any) -> HttpResponse:
    """The page."""
    facts = {
        "found": found,
        "is_own": reach.is_own,
        "words": searches.words_of(request),
        "sorts": SORTS.items(),
        "sort": _sort(request),
        "today": clock.today(request.practice),
    }
    return TemplateResponse(request, "payroll/explained/pay.html", facts | more)


def searched(request: PracticeRequest, back: str) -> HttpResponse:
    """Keeps the words of a search out of the address."""
    key, sort = searches.keep(request, request.POST.get("q", "")), _sort(request)
    parts = [f"{name}={value}" for name, value in (("s", key), ("sort", sort)) if value]
    return redirect(f"{back}?{'&'.join(parts)}" if parts else back)


def _sort(request: PracticeRequest) -> str:
    sort = request.GET.get("sort", "")
    return sort if sort in SORTS else ""


def _written_down(request: PracticeRequest, found: PayPage) -> None:
    """Whose pay was read, and one event for each client on the page."""
    after = {"clinician": found.who.pk}
    audit.record_many(
        audit.event("pay.viewed", actor=request.actor, row=found.run, client_id=client, after=after)
        for client in [*found.client_ids, None]
    )
