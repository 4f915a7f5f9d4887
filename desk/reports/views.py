"""The report, the rows of its figures, and both as files."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from desk.reports import charts, exporting, selectors
from desk.reports.asking import figure_of, scope_of
from desk.reports.periods import CUSTOM, LABELS
from desk.reports.rows import rows_of
from desk.reports.shapes import AGE_LABELS, ALL_AGES, DIMENSIONS, FIGURES, POSTED, SERVICE, SESSIONS, Scope
from desk.reports.table import table_of
from practice import clock
from practice.http import PracticeRequest, page


@page("reports:view")
@require_GET
def reports(request: PracticeRequest) -> HttpResponse:
    """The figures of a period by week, clinician or payer, with everything owed today by age."""
    asked, problem = scope_of(request.GET, clock.today(request.practice))
    scope, known = replace(asked, week=None, age="", basis=SERVICE), selectors.names()
    found = selectors.report(request.actor, request.practice, scope, known)
    facts = {
        "scope": scope,
        "tabs": tabs(request, "reports"),
        "problem": problem,
        "known": known,
        "found": found,
        "table": table_of(found, scope, _rows_url(request)),
        "chart": json.dumps(charts.chart(found, scope)),
        "narrowed": _narrowed(scope, known),
        "sentence": charts.sentence(found.sum),
        "periods": _periods(scope, request.GET.get("period") == CUSTOM),
        "dimensions": [_choice(label, f"?{scope.query(by=key)}", key == scope.by) for key, label in DIMENSIONS.items()],
        "is_custom": request.GET.get("period") == CUSTOM,
        "asked": {name: request.GET.get(name, "") for name in ("first", "last")},
        "may_export": request.actor.may("reports:export"),
    }
    return TemplateResponse(request, "desk/reports/report.html", facts, status=422 if problem else 200)


@page("reports:view")
@require_GET
def report_rows(request: PracticeRequest) -> HttpResponse:
    """The sessions or charges that one figure is made of."""
    scope, _ = scope_of(request.GET, clock.today(request.practice))
    figure, known = figure_of(request.GET), selectors.names()
    found = rows_of(request.actor, request.practice, scope, figure, known, number=request.GET.get("page", "1"))
    facts = {
        "scope": scope,
        "figure": figure,
        "title": FIGURES[figure],
        "about": _about(scope, known),
        "found": found,
        "page": found.page,
        "is_money": figure not in SESSIONS,
        "may_export": request.actor.may("reports:export"),
        "opens_money": request.actor.may("money:view"),
        "back": f"?{scope.query(week=None, age=None, basis=None)}",
    }
    return TemplateResponse(request, "desk/reports/rows.html", facts)


@page("reports:export")
@require_GET
def export_report(request: PracticeRequest) -> HttpResponse:
    """The table as CSV."""
    scope, _ = scope_of(request.GET, clock.today(request.practice))
    text = exporting.table(actor=request.actor, practice=request.practice, scope=scope)
    return csv_file(text, f"report-by-{scope.by}-{scope.period.first}-{scope.period.last}.csv")


@page("reports:export")
@require_GET
def export_report_rows(request: PracticeRequest) -> HttpResponse:
    """The rows of one figure as CSV."""
    scope, _ = scope_of(request.GET, clock.today(request.practice))
    figure = figure_of(request.GET)
    text = exporting.rows(actor=request.actor, practice=request.practice, scope=scope, figure=figure)
    return csv_file(text, f"{figure.replace('_', '-')}-{scope.period.first}-{scope.period.last}.csv")


def tabs(request: PracticeRequest, current: str) -> list[dict[str, Any]]:
    """The reports there are."""
    listed = (("reports", "Sessions and money"), ("aging", "Owed by age"), ("payer_figures", "Payers"))
    return [
        {"label": label, "url": reverse(name, args=[request.practice.slug]), "current": name == current}
        for name, label in listed
    ]


def csv_file(text: str, name: str) -> HttpResponse:
    """A CSV to keep."""
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _rows_url(request: PracticeRequest) -> str:
    return reverse("report_rows", args=[request.practice.slug])


def _periods(scope: Scope, is_custom: bool) -> list[dict[str, Any]]:
    days = {"first": scope.period.first, "last": scope.period.last}
    found = []
    for key, label in LABELS.items():
        current = key == CUSTOM if is_custom else key == scope.period.key
        query = scope.query(period=key, **(days if key == CUSTOM else {"first": None, "last": None}))
        found.append(_choice(label, f"?{query}", current))
    return found


def _choice(label: str, url: str, current: bool) -> dict[str, Any]:
    return {"label": label, "url": url, "current": current}


def _about(scope: Scope, known: selectors.Names) -> str:
    """What the rows are narrowed to, in words."""
    if scope.age:
        days = "All that is owed today" if scope.age == ALL_AGES else f"{AGE_LABELS[scope.age]} old today"
    else:
        how = "Posted" if scope.basis == POSTED else "Sessions of"
        week = f", week of {scope.week:%b} {scope.week.day}" if scope.week else ""
        days = f"{how} {scope.period}{week}"
    return " · ".join(part for part in (days, _narrowed(scope, known)) if part)


def _narrowed(scope: Scope, known: selectors.Names) -> str:
    """Whose sessions and which payer's, where the report is not about all."""
    who = known.clinician(scope.clinician) if scope.clinician is not None else ""
    payer = known.payer(scope.payer) if scope.payer is not None else ""
    return " · ".join(part for part in (who, payer) if part)
