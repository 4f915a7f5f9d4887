"""What somebody asked a report for, read from the address."""

from __future__ import annotations

import datetime as dt

from django.http import Http404, QueryDict

from desk.reports.periods import MONTH, BadPeriodError, period_of, week_of
from desk.reports.shapes import AGES, ALL_AGES, DIMENSIONS, FIGURES, POSTED, SERVICE, WEEK, Scope


def scope_of(query: QueryDict, today: dt.date) -> tuple[Scope, str]:
    """The scope, and a sentence about what is wrong with the days; then it is about this month."""
    problem = ""
    try:
        period = period_of(query.get("period", ""), today, query.get("first", ""), query.get("last", ""))
    except BadPeriodError as error:
        period, problem = period_of(MONTH, today), str(error)
    by, age = query.get("by", WEEK), query.get("age", "")
    scope = Scope(
        period,
        by=by if by in DIMENSIONS else WEEK,
        clinician=_number(query, "clinician"),
        payer=_number(query, "payer"),
        week=_week(query.get("week", "")),
        age=age if age in AGES or age == ALL_AGES else "",
        basis=POSTED if query.get("basis") == POSTED else SERVICE,
    )
    return scope, problem


def figure_of(query: QueryDict) -> str:
    """The figure whose rows are asked for; Http404 when there is none of that name."""
    figure = query.get("figure", "billed")
    if figure not in FIGURES:
        raise Http404
    return figure


def _number(query: QueryDict, name: str) -> int | None:
    text = query.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None  # noqa: PLR2004


def _week(text: str) -> dt.date | None:
    try:
        return week_of(dt.date.fromisoformat(text))
    except ValueError:
        return None
