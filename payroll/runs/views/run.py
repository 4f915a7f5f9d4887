"""One run: who is paid what, what stands in the way, and how far it is."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from clinicians.models import Engagement
from payroll.calculation.calendars import approve_by
from payroll.models import ManualLine, PayRun
from payroll.providers.selectors import exports_of
from payroll.providers.shapes import Exports
from payroll.runs import words
from payroll.runs.forms import WithdrawForm
from payroll.runs.selectors import coming, people
from payroll.runs.selectors import findings as noticed
from payroll.runs.selectors import run as selectors
from payroll.runs.selectors.findings import Finding
from payroll.runs.selectors.people import Person
from payroll.runs.views._pages import found_or_404
from practice import clock
from practice.acting import url
from practice.http import PracticeRequest, page
from practice.money import total

_SEES: Final = ("payroll:view", "payroll:totals")
_CLASSES: Final = tuple(words.TAX_CLASSES)
_UNFOLDED: Final = 4
_FOR: Final = dict(zip(_CLASSES, ("employees", "contractors"), strict=True))


@page(*_SEES)
@require_GET
def pay_run(request: PracticeRequest, pk: int) -> HttpResponse:
    """The run's page."""
    return show(request, pk)


@page(*_SEES)
@require_GET
def pay_run_progress(request: PracticeRequest, pk: int) -> HttpResponse:
    """How far computing it is; when it is over, the page comes anew."""
    run = found_or_404(request, pk)
    if not selectors.is_moving(run):
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = url(request, "pay_run", pk)
        return answer
    facts = {"run": run, "may_edit": request.actor.may("payroll:edit")}
    return TemplateResponse(request, "payroll/runs/_progress.html", facts)


def show(request: PracticeRequest, pk: int, status: int = 200, **forms: Any) -> HttpResponse:
    """The page, with a form that was refused where there is one."""
    run = found_or_404(request, pk)
    facts = _head(request, run) | _people(request, run) | {"withdraw_form": WithdrawForm()} | forms
    return TemplateResponse(request, "payroll/runs/run.html", facts, status=status)


def _head(request: PracticeRequest, run: PayRun) -> dict[str, Any]:
    today, actor = clock.today(request.practice), request.actor
    return {
        "run": run,
        "today": today,
        "title": words.title(run, today),
        "short_title": words.short_title(run),
        "frequency": words.frequency(run.schedule),
        "pay_day": words.long_day(run.pay_on, today),
        "approve_day": words.long_day(approve_by(run.pay_on), today),
        "chip": words.CHIPS[run.status],
        "spine": selectors.spine(run, today),
        "change": selectors.change(run),
        "back": selectors.step_back(actor, run),
        "is_moving": selectors.is_moving(run),
        "is_figured": run.computed_at is not None,
        "may_see_lines": actor.may("payroll:view"),
        "may_edit": actor.may("payroll:edit"),
        "paid": words.people(run.people),
    }


def _people(request: PracticeRequest, run: PayRun) -> dict[str, Any]:
    actor = request.actor
    rows, by_hand = people.people(actor, run), selectors.by_hand(actor, run)
    chosen = request.GET.get("show", "")
    shown = [row for row in rows if row.pay.tax_class == chosen] if chosen in _CLASSES else rows
    terms = people.terms_of(run)
    exports = exports_of(actor, run, request.GET.get("files", ""), request.GET.get("rows", "")) if rows else None
    found = _findings(request, run, terms, by_hand, exports)
    everybody = people.sums(rows)
    return {
        "rows": shown,
        "has_people": bool(rows),
        "chosen": words.TAX_CLASSES.get(chosen, ""),
        "sums": people.sums(shown),
        "classes": [(words.TAX_CLASSES[one], _sums_of(rows, one), _FOR[one]) for one in _CLASSES],
        "segment": _segment(request, run, rows, chosen),
        "left": [row for row in shown if row.left_on],
        "on_draw": words.on_draw(people.on_draw(run, terms, [row.pay.clinician_id for row in rows])),
        "by_hand": by_hand,
        "by_hand_sum": total(row.amount for row in by_hand),
        "agreement": selectors.agreement(actor, run, everybody.gross),
        "findings": found,
        "folded": _folded(found),
        "stops": [one for one in found if one.stops],
        "asks": [one for one in found if one.asks],
        "exports": exports,
        "unfiled": words.unfiled(exports.unfiled.names, exports.unfiled.amount) if exports else "",
        "waiting": coming.without_rules(run) if not rows else None,
    }


def _findings(
    request: PracticeRequest, run: PayRun, terms: list[Engagement], by_hand: list[ManualLine], exports: Exports | None
) -> list[Finding]:
    """They name days of work, so whoever sees totals alone is not told."""
    if not request.actor.may("payroll:view"):
        return []

    def address(*to: Any, **query: Any) -> str:
        return url(request, *to, **query)

    said = noticed.findings(request.actor, run, terms, by_hand, address)
    lacks = exports.lacks if exports and run.is_open else []
    first = [one for one in said if one.stops]
    return [*first, *(noticed.lacking(request.actor, one, address) for one in lacks), *said[len(first) :]]


def _folded(found: list[Finding]) -> list[Finding]:
    """What is only said, beyond the first few."""
    said = [one for one in found if not one.asks]
    return said[_UNFOLDED:]


def _sums_of(rows: list[Person], tax_class: str) -> people.Sums:
    return people.sums([row for row in rows if row.pay.tax_class == tax_class])


def _segment(request: PracticeRequest, run: PayRun, rows: list[Person], chosen: str) -> list[dict[str, Any]]:
    tabs = [("", "All", len(rows))]
    tabs += [(one, words.TAX_CLASSES[one], sum(row.pay.tax_class == one for row in rows)) for one in _CLASSES]
    return [
        {
            "label": label,
            "url": url(request, "pay_run", run.pk, show=key) + "#people",
            "current": key == (chosen if chosen in _CLASSES else ""),
            "count": count,
        }
        for key, label, count in tabs
    ]
