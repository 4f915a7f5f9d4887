"""Payroll's first page: what comes next, and the list of runs."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from billing.pills import ALL, Group
from payroll.runs.selectors import coming, listing
from payroll.tabs import tabs
from practice import clock
from practice.acting import url
from practice.http import PracticeRequest, page


@page("payroll:view", "payroll:totals")
@require_GET
def payroll(request: PracticeRequest) -> HttpResponse:
    """What comes next, and the runs: narrowed, sorted, fifty on a page."""
    group, sort = request.GET.get("group", ALL), request.GET.get("sort", "-pay_on")
    found = listing.run_list(request.actor, group, sort, request.GET.get("page", "1"))
    today = clock.today(request.practice)
    facts = {
        "found": found,
        "pills": _pills(request, found.groups, found.shown.key),
        "coming": coming.coming(request.actor, today),
        "steps": [] if found.any else _steps(request),
        "may_edit": request.actor.may("payroll:edit"),
        "tabs": tabs(request, "payroll"),
        "today": today,
    }
    return TemplateResponse(request, "payroll/runs/list.html", facts)


def _pills(request: PracticeRequest, groups: list[Group], current: str) -> list[dict[str, Any]]:
    sort = request.GET.get("sort", "")
    return [
        {
            "label": group.label,
            "url": url(request, "payroll", group="" if group.key == ALL else group.key, sort=sort),
            "current": group.key == current,
            "count": group.count,
        }
        for group in groups
    ]


def _steps(request: PracticeRequest) -> list[dict[str, Any]]:
    """The way to the first run: what is there, and the first thing that is missing."""
    words = {
        "schedule": ("Say when people are paid", "A schedule makes the periods and their pay dates.", "pay_schedules"),
        "people": ("Add people on terms that are paid", "Employees and contractors; owners are paid by draw.", "team"),
        "rules": ("Say how each is paid", "A share, a fixed amount, an hourly rate, a salary.", "pay_rules"),
    }
    may_edit = request.actor.may("payroll:edit")
    done = [(step.key, step.count > 0) for step in coming.set_up(request.actor)]
    missing = next((key for key, is_there in done if not is_there), "")
    made: list[dict[str, Any]] = [
        {
            "label": words[key][0],
            "why": words[key][1],
            "url": url(request, words[key][2]) if may_edit else "",
            "done": is_there,
            "next": key == missing,
        }
        for key, is_there in done
    ]
    why = "Its button then stands above, with what comes next."
    return [*made, {"label": "Open the first run", "why": why, "url": "", "done": False, "next": not missing}]
