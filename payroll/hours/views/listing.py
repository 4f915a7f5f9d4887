"""The entries of a month."""

from __future__ import annotations

import datetime as dt

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from payroll.hours.selectors import entries as selectors
from payroll.models import HoursKind
from payroll.tabs import tabs
from practice import clock
from practice.http import PracticeRequest, page

_MOST_DIGITS = 18


@page("payroll:view")
@require_GET
def pay_hours_list(request: PracticeRequest) -> HttpResponse:
    """Every entry of a month, by person and sort."""
    today = clock.today(request.practice)
    first = _month(request.GET.get("month", ""), today)
    person, kind = request.GET.get("person", ""), request.GET.get("kind", "")
    is_key = person.isascii() and person.isdigit() and len(person) <= _MOST_DIGITS
    found = selectors.month(
        request.actor,
        first,
        person=int(person) if is_key else None,
        kind=kind,
        sort=request.GET.get("sort", ""),
        page=request.GET.get("page", "1"),
    )
    facts = {"found": found, "first": first, "kinds": HoursKind.choices, "kind": kind, "person": person, "today": today}
    facts |= {"page": found.page, "tabs": tabs(request, "pay_hours")}
    return TemplateResponse(request, "payroll/hours/list.html", facts)


def _month(text: str, today: dt.date) -> dt.date:
    try:
        return dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
