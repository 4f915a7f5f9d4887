"""The aging, the rows of its figures, and both as files."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from desk.reports.aging import exporting, selectors
from desk.reports.aging.shapes import BASES, BILLED, CLIENT, CLINICIAN, DIMENSIONS, PAYER, SERVED, Aged
from desk.reports.selectors import Names, names
from desk.reports.shapes import AGE_LABELS, AGES
from desk.reports.views import csv_file, tabs
from practice import clock
from practice.http import PracticeRequest, page

_LONGEST = 18


@page("reports:view")
@require_GET
def aging(request: PracticeRequest) -> HttpResponse:
    """Who owes the practice since when, as of a day."""
    today, known = clock.today(request.practice), names()
    aged = _aged(request.GET, today)
    found = selectors.aging(request.actor, request.practice, aged, known, request.GET.get("page", "1"))
    facts = {
        "aged": aged,
        "found": found,
        "page": found.page,
        "today": today,
        "tabs": tabs(request, "aging"),
        "heads": AGE_LABELS.values(),
        "lines": [_shown(request, aged, line.key, line) for line in found.lines],
        "sum": _shown(request, aged, None, found.sum),
        "dimensions": [_choice(label, f"?{aged.query(by=key)}", key == aged.by) for key, label in DIMENSIONS.items()],
        "bases": [_choice(label, f"?{aged.query(basis=key)}", key == aged.basis) for key, label in BASES.items()],
        "may_export": request.actor.may("reports:export"),
    }
    return TemplateResponse(request, "desk/reports/aging.html", facts)


@page("reports:view")
@require_GET
def aging_rows(request: PracticeRequest) -> HttpResponse:
    """The charges one figure is made of."""
    known = names()
    aged = _aged(request.GET, clock.today(request.practice))
    found = selectors.rows_of(request.actor, request.practice, aged, known, number=request.GET.get("page", "1"))
    facts = {
        "aged": aged,
        "found": found,
        "page": found.page,
        "today": clock.today(request.practice),
        "about": _about(aged, known),
        "back": f"?{aged.of(None).query()}",
        "opens_money": request.actor.may("money:view"),
        "opens_claims": request.actor.may("claims:view"),
        "may_export": request.actor.may("reports:export"),
    }
    return TemplateResponse(request, "desk/reports/aging_rows.html", facts)


@page("reports:export")
@require_GET
def export_aging(request: PracticeRequest) -> HttpResponse:
    """The table as CSV."""
    aged = _aged(request.GET, clock.today(request.practice))
    text = exporting.table(actor=request.actor, practice=request.practice, aged=aged, known=names())
    return csv_file(text, f"aging-by-{aged.by}-{aged.as_of}.csv")


@page("reports:export")
@require_GET
def export_aging_rows(request: PracticeRequest) -> HttpResponse:
    """The rows of one figure as CSV."""
    aged = _aged(request.GET, clock.today(request.practice))
    text = exporting.rows(actor=request.actor, practice=request.practice, aged=aged, known=names())
    return csv_file(text, f"aging-rows-{aged.as_of}.csv")


def _aged(query: QueryDict, today: dt.date) -> Aged:
    by, age, key = query.get("by", PAYER), query.get("age", ""), query.get("key", "")
    return Aged(
        as_of=_day(query.get("as_of", ""), today),
        by=by if by in DIMENSIONS else PAYER,
        basis=BILLED if query.get("basis") == BILLED else SERVED,
        key=int(key) if key.isascii() and key.isdigit() and len(key) <= _LONGEST else None,
        age=age if age in AGES else "",
    )


def _day(text: str, today: dt.date) -> dt.date:
    """The day asked for; one to come is today, since nothing is posted then."""
    try:
        return min(dt.date.fromisoformat(text), today)
    except ValueError:
        return today


def _shown(request: PracticeRequest, aged: Aged, key: int | None, line: Any) -> dict[str, Any]:
    """A line with the address of the rows behind each figure."""
    where = reverse("aging_rows", args=[request.practice.slug])
    cells = [(AGE_LABELS[age], amount, f"{where}?{aged.of(key, age).query()}") for age, amount in line.amounts]
    return {"label": line.label, "cells": cells, "sum": line.sum, "url": f"{where}?{aged.of(key).query()}"}


def _choice(label: str, url: str, current: bool) -> dict[str, Any]:
    return {"label": label, "url": url, "current": current}


def _about(aged: Aged, known: Names) -> str:
    """What the rows are narrowed to, in words; a client is not named in the head, the rows are."""
    who = ""
    if aged.key is not None and aged.by == CLINICIAN:
        who = known.clinician(aged.key or None)
    elif aged.key is not None and aged.by != CLIENT:
        who = known.payers.get(aged.key, "Clients themselves")
    age = AGE_LABELS.get(aged.age, "")
    return " · ".join(part for part in (f"As of {aged.as_of:%b} {aged.as_of.day}, {aged.as_of.year}", who, age) if part)
