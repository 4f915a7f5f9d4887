"""Settings: what the practice does with adjustment codes, in place of what the code table says."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from billing.models import Treatment
from billing.remittances import deciding
from billing.remittances.errors import RemittanceRefusedError
from billing.remittances.explaining import TREATMENTS
from billing.remittances.forms import DecideForm
from billing.remittances.selectors import codes
from billing.remittances.views._pages import posted
from practice.acting import act, url
from practice.http import PracticeRequest, page


@page("remittances:view")
@require_GET
def adjustment_codes(request: PracticeRequest) -> HttpResponse:
    """The practice's decisions, and a search over all codes."""
    return _show(request, DecideForm(initial=_initial(request)))


@page("remittances:edit")
@require_http_methods(["GET", "POST"])
def decide_adjustment(request: PracticeRequest) -> HttpResponse:
    """Decides what is done with a code; the message offers to undo it."""
    form = DecideForm(posted(request), initial=_initial(request))
    if form.is_bound and form.is_valid():
        try:
            row = deciding.decide(actor=request.actor, **form.cleaned_data)
        except RemittanceRefusedError as error:
            form.refuse(error)
        else:
            words = f"{row.group}-{row.reason}: {row.get_treatment_display().lower()} from now on."
            messages.success(request, words, extra_tags=f"undo:{url(request, 'forget_adjustment', row.pk)}")
            return redirect(url(request, "adjustment_codes"))
    return _show(request, form)


@page("remittances:edit")
@require_POST
def forget_adjustment(request: PracticeRequest, pk: int) -> HttpResponse:
    """Goes back to what the code table says; the message offers to undo it."""
    row = deciding.forget(actor=request.actor, rule_id=pk)
    undo = url(request, "restore_adjustment", row.group, row.reason, row.treatment)
    words = (
        f"{row.group}-{row.reason}: {codes.default_of(row.group, row.reason).lower()} again, as the code table says."
    )
    messages.success(request, words, extra_tags=f"undo:{undo}")
    return redirect(url(request, "adjustment_codes"))


@page("remittances:edit")
@require_POST
def restore_adjustment(request: PracticeRequest, group: str, reason: str, treatment: str) -> HttpResponse:
    """Decides again what was decided before."""

    def change() -> str:
        row = deciding.decide(actor=request.actor, group=group, reason=reason, treatment=treatment)
        return f"{row.group}-{row.reason}: {row.get_treatment_display().lower()} from now on."

    return act(request, change, url(request, "adjustment_codes"))


def _initial(request: PracticeRequest) -> dict[str, Any]:
    return {name: request.GET[name] for name in ("group", "reason") if request.GET.get(name)}


def _show(request: PracticeRequest, form: DecideForm) -> HttpResponse:
    words = request.GET.get("q", "")[:60]
    own = codes.own_rules()
    facts = {
        "form": form,
        "rules": own,
        "codes": codes.codes(words, own),
        "words": words,
        "meanings": [(Treatment(value).label, meaning) for value, meaning in TREATMENTS.items()],
        "may_edit": request.actor.may("remittances:edit"),
    }
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "billing/remittances/codes.html", facts, status=status)
