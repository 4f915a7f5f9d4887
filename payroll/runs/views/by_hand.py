"""Amounts that a person enters for a run: add, remove, put back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_POST

from payroll import services
from payroll.calculation.words import money
from payroll.models import ManualLine
from payroll.runs import words
from payroll.runs.forms import ManualLineForm
from payroll.runs.selectors import coming
from payroll.runs.selectors import run as selectors
from payroll.runs.views._pages import by_form, found_or_404
from practice import clock
from practice.acting import act, url
from practice.http import PracticeRequest, page
from practice.records import find


@page("payroll:edit")
@require_http_methods(["GET", "POST"])
def add_pay_line(request: PracticeRequest, pk: int) -> HttpResponse:
    """An amount by hand; the address may say for whom, what, and which week."""
    run = found_or_404(request, pk)
    form = ManualLineForm(request.POST or None, people=coming.payable(run.schedule), initial=_asked(request))
    if form.is_bound:
        row = by_form(form, lambda: services.add_manual_line(actor=request.actor, run_id=pk, **form.cleaned_data))
        if row is not None:
            said = f"{row.clinician.name}: {money(row.amount)} is added. Compute the run again."
            messages.success(request, said, extra_tags=f"undo:{url(request, 'remove_pay_line', row.pk)}")
            return redirect(url(request, "pay_run", pk))
    today = clock.today(request.practice)
    facts = {"run": run, "form": form, "title": words.title(run, today), "short_title": words.short_title(run)}
    return TemplateResponse(request, "payroll/runs/by_hand.html", facts, status=422 if form.is_bound else 200)


@page("payroll:edit")
@require_POST
def remove_pay_line(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes it out of an open run; the message offers to undo it."""
    row = find(ManualLine, pk)

    def change() -> str:
        services.remove_manual_line(actor=request.actor, manual_line_id=pk)
        return f"{row.clinician.name}: {money(row.amount)} is removed. Compute the run again."

    return act(request, change, url(request, "pay_run", row.run_id), url(request, "restore_pay_line", pk))


@page("payroll:edit")
@require_POST
def restore_pay_line(request: PracticeRequest, pk: int) -> HttpResponse:
    """Puts it back."""
    row = selectors.removed_line(pk)

    def change() -> str:
        services.restore_manual_line(actor=request.actor, manual_line_id=pk)
        return f"{money(row.amount)} is back. Compute the run again."

    return act(request, change, url(request, "pay_run", row.run_id))


def _asked(request: PracticeRequest) -> dict[str, Any]:
    names = {"who": "clinician_id", "kind": "kind", "week": "week_of", "hours": "hours"}
    return {field: request.GET[name] for name, field in names.items() if request.GET.get(name)}
