"""Everybody with how they are paid, and the versions of one of them."""

from __future__ import annotations

from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_POST

from payroll import services
from payroll.agreements import selectors
from payroll.agreements.forms import EndForm
from payroll.calculation.words import dated
from payroll.models import RuleSet
from payroll.pages import by_form
from payroll.policies import visible_rule_sets
from payroll.tabs import tabs
from practice import clock, searches
from practice.acting import act, url
from practice.http import PracticeRequest, page

ON_A_PAGE: Final = 50


@page("payroll:view")
@require_GET
def pay_rules(request: PracticeRequest) -> HttpResponse:
    """Everybody with terms of work: how each is paid, since when, and who has no rules."""
    words, today = searches.words_of(request), clock.today(request.practice)
    show, sort = request.GET.get("show", ""), request.GET.get("sort", "")
    found = selectors.rule_list(request.actor, today, words=words, show=show, sort=sort)
    facts = {
        "tabs": tabs(request, "pay_rules"),
        "today": today,
        "words": words,
        "pills": _pills(request, found),
        "found": found,
        "page": Paginator(found.rows, ON_A_PAGE).get_page(request.GET.get("page")),
        "may_edit": request.actor.may("payroll:edit"),
    }
    return TemplateResponse(request, "payroll/agreements/list.html", facts)


@page("payroll:view")
@require_POST
def search_pay_rules(request: PracticeRequest) -> HttpResponse:
    """Keeps the words of a search out of the address."""
    key = searches.keep(request, request.POST.get("q", ""))
    return redirect(url(request, "pay_rules", s=key, show=request.GET.get("show", "")))


@page("payroll:view")
@require_GET
def pay_rules_of(request: PracticeRequest, pk: int) -> HttpResponse:
    """One person's versions, the newest first."""
    return _show(request, pk)


@page("payroll:edit")
@require_POST
def end_pay_version(request: PracticeRequest, pk: int) -> HttpResponse:
    """Says the last day of a version."""
    row = _version(request, pk)
    form = EndForm(request.POST)

    def change() -> str:
        ended = services.end_rule_set(actor=request.actor, rule_set_id=pk, ends_on=form.cleaned_data["ends_on"])
        return f"Version {ended.version} ends {dated(form.cleaned_data['ends_on'])}."

    undo = "" if row.ends_on else url(request, "keep_pay_version", pk)
    done = by_form(request, form, change, url(request, "pay_rules_of", row.engagement_id), undo)
    return done or _show(request, row.engagement_id, 422, ending=pk, end_form=form)


@page("payroll:edit")
@require_POST
def keep_pay_version(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes the last day of a version away again."""
    row = _version(request, pk)

    def change() -> str:
        services.end_rule_set(actor=request.actor, rule_set_id=pk, ends_on=None)
        return f"Version {row.version} has no end."

    return act(request, change, url(request, "pay_rules_of", row.engagement_id))


def _pills(request: PracticeRequest, found: selectors.RuleList) -> list[dict[str, Any]]:
    kept = {name: request.GET.get(name, "") for name in ("s", "sort")}
    return [
        {
            "label": group.label,
            "url": url(request, "pay_rules", show=group.key, **kept),
            "current": group.key == found.shown,
            "count": group.count,
            "kind": group.kind,
        }
        for group in found.groups
    ]


def _show(request: PracticeRequest, engagement_id: int, status: int = 200, **more: Any) -> HttpResponse:
    today = clock.today(request.practice)
    facts: dict[str, Any] = {
        "agreement": selectors.agreement(request.actor, engagement_id, today),
        "tabs": tabs(request, "pay_rules"),
        "today": today,
        "may_edit": request.actor.may("payroll:edit"),
        "sees_team": request.actor.may("team:view"),
        "end_form": EndForm(),
    }
    return TemplateResponse(request, "payroll/agreements/versions.html", facts | more, status=status)


def _version(request: PracticeRequest, pk: int) -> RuleSet:
    row = visible_rule_sets(request.actor).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row
