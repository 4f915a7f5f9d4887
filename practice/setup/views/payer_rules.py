"""Pages about how a payer wants claims."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from practice import acting, clock
from practice.http import PracticeRequest, page
from practice.models import PayerRules, PracticePayer
from practice.models.payer_rules import ALWAYS
from practice.payer_rules import rules_on
from practice.setup import pages, services
from practice.setup.forms.payer_rules import RulesForm, initial_of
from practice.setup.services.payer_rules import PERMISSIONS


@page(*PERMISSIONS)
@require_http_methods(["GET", "POST"])
def set_payer_rules(request: PracticeRequest, pk: int) -> HttpResponse:
    """What the payer wants from a day on; `from` in the address names the day of rules that are to be corrected."""
    payer = get_object_or_404(PracticePayer.objects.all(), pk=pk)
    begins = _begins(request.GET.get("from", ""))
    starts_on = begins or clock.today(request.practice)
    form = RulesForm(pages.posted(request), initial=initial_of(rules_on(pk, starts_on), starts_on))
    saved: list[PayerRules] = []
    if pages.was_saved(form, lambda: saved.append(_save(request, pk, form))):
        undo = pages.url(request, "take_back_payer_rules", pk=saved[0].pk)
        messages.success(request, f"The rules of {payer.name} are saved.", extra_tags=f"undo:{undo}")
        return redirect(pages.url(request, "payer", pk=pk))
    return pages.show(request, "payer_rules", {"form": form, "payer": payer, "begins": begins, "always": ALWAYS}, form)


@page(*PERMISSIONS)
@require_POST
def take_back_payer_rules(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes a change back; the message offers to undo that."""
    row = get_object_or_404(PayerRules.objects.all(), pk=pk)

    def change() -> str:
        services.take_back_rules(actor=request.actor, rules_id=pk)
        return "The change is taken back. What counted before counts again."

    undo = pages.url(request, "restore_payer_rules", pk=pk)
    return acting.act(request, change, pages.url(request, "payer", pk=row.payer_id), undo)


@page(*PERMISSIONS)
@require_POST
def restore_payer_rules(request: PracticeRequest, pk: int) -> HttpResponse:
    """Puts a change that was taken back in force again."""
    row = get_object_or_404(PayerRules.objects.all(), pk=pk)

    def change() -> str:
        services.restore_rules(actor=request.actor, rules_id=pk)
        return "The change counts again."

    undo = pages.url(request, "take_back_payer_rules", pk=pk)
    return acting.act(request, change, pages.url(request, "payer", pk=row.payer_id), undo)


def _save(request: PracticeRequest, pk: int, form: RulesForm) -> PayerRules:
    starts_on: dt.date = form.cleaned_data["starts_on"]
    return services.set_rules(actor=request.actor, payer_id=pk, starts_on=starts_on, facts=form.facts())


def _begins(text: str) -> dt.date | None:
    """The day in the address; None for none, or what is no day."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
