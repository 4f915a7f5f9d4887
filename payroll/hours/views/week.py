"""The week of hours, typed in place."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_POST

from payroll.calculation.words import short
from payroll.errors import PayrollRefusedError
from payroll.hours.entering import enter, spot_of
from payroll.hours.selectors import week as selectors
from payroll.hours.selectors.week import BY_HOUR, EVERYBODY, Wanted
from payroll.models import HoursKind
from payroll.tabs import tabs
from practice import clock, searches
from practice.acting import url
from practice.http import PracticeRequest, page

ON_A_PAGE: Final = 25
_LABELS: Final = {BY_HOUR: "By the hour", EVERYBODY: "Everybody"}
_WEEK: Final = dt.timedelta(days=7)
_MOST_DIGITS: Final = 18


@page("payroll:view")
@require_GET
def pay_hours(request: PracticeRequest) -> HttpResponse:
    """People and seven days; hours are typed into the cells."""
    return _show(request)


@page("payroll:view")
@require_POST
def search_pay_hours(request: PracticeRequest) -> HttpResponse:
    """Keeps the words of a search out of the address."""
    kept = {name: request.GET.get(name, "") for name in ("week", "show")}
    return redirect(url(request, "pay_hours", s=searches.keep(request, request.POST.get("q", "")), **kept))


@page("payroll:edit")
@require_POST
def save_pay_hours(request: PracticeRequest) -> HttpResponse:
    """Saves the cells that were sent; what cannot be saved stays as it was typed, with the reason."""
    typed, errors = _enter_all(request)
    if errors or request.htmx:
        return _show(request, typed=typed, errors=errors)
    return redirect(url(request, "pay_hours", **_kept(request)))


def _enter_all(request: PracticeRequest) -> tuple[dict[str, str], dict[str, str]]:
    """Saves the cells that were sent; what was typed into those that were refused, and why."""
    typed, errors = {}, {}
    for key, text in request.POST.items():
        spot = spot_of(key)
        if spot is None:
            continue
        try:
            done = enter(spot, str(text), actor=request.actor)
        except PayrollRefusedError as error:
            typed[key], errors[key] = str(text), str(error)
            continue
        if done.removed_id is not None:
            undo = url(request, "restore_pay_hours", done.removed_id)
            messages.success(request, done.words, extra_tags=f"undo:{undo}")
    return typed, errors


def _show(
    request: PracticeRequest, *, typed: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None
) -> HttpResponse:
    today = clock.today(request.practice)
    wanted = Wanted(
        day=_day(request.GET.get("week", ""), today),
        words=searches.words_of(request),
        show=request.GET.get("show", BY_HOUR),
        only=_key(request.GET.get("person", "")),
        added=_added(request.GET.getlist("add")),
        typed=typed or {},
        errors=errors or {},
    )
    found = selectors.week(request.actor, wanted)
    shown = Paginator(found.people, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = selectors.people(request.actor, request.practice, found, wanted, shown=list(shown.object_list), today=today)
    facts = {"week": found, "people": rows, "page": shown, "today": today, "words": wanted.words, "wanted": wanted}
    facts |= _around(request, found) | {
        "tabs": tabs(request, "pay_hours"),
        "may_edit": request.actor.may("payroll:edit"),
    }
    return TemplateResponse(request, "payroll/hours/week.html", facts, status=422 if errors else 200)


def _around(request: PracticeRequest, found: selectors.Week) -> dict[str, Any]:
    """The weeks before and after, the filters, and where the cells go."""
    kept = _kept(request)
    last = found.days[-1]
    span = f"{short(found.first)} – {short(last)}, {last.year}"
    return {
        "span": span,
        "before": url(request, "pay_hours", **(kept | {"week": found.first - _WEEK})),
        "after": url(request, "pay_hours", **(kept | {"week": found.first + _WEEK})),
        "this_week": url(request, "pay_hours", **(kept | {"week": ""})),
        "to_save": url(request, "save_pay_hours", **(kept | {"week": found.first})),
        "pills": [
            {
                "label": label,
                "url": url(request, "pay_hours", **(kept | {"show": show})),
                "current": show == (EVERYBODY if kept["show"] == EVERYBODY else BY_HOUR),
                "count": found.counts[show],
            }
            for show, label in _LABELS.items()
        ],
    }


def _kept(request: PracticeRequest) -> dict[str, Any]:
    return {name: request.GET.get(name, "") for name in ("week", "show", "s", "page")}


def _day(text: str, today: dt.date) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return today


def _key(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else None


def _added(texts: Collection[str]) -> dict[int, set[str]]:
    """The rows that somebody asked for, `12-notes`."""
    found: dict[int, set[str]] = defaultdict(set)
    for text in texts:
        who, _, kind = text.partition("-")
        number = _key(who)
        if number is not None and kind in HoursKind.values:
            found[number].add(kind)
    return found
