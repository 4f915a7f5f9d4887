"""Pages about payers."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from practice import acting, clock, returning
from practice.http import PracticeRequest, page
from practice.models import PracticePayer
from practice.setup import directory, initial, lists, pages, rule_words, services
from practice.setup.errors import SetupRefusedError
from practice.setup.forms.payers import OwnPayerForm, PayerForm
from practice.setup.services.payer_rules import PERMISSIONS


@page("practice:view")
@require_GET
def payers(request: PracticeRequest) -> HttpResponse:
    """The step: every payer in use, and those that were."""
    pages.only_where_clients_are_treated(request)
    today, sort = clock.today(request.practice), request.GET.get("sort", "")
    facts = {
        "rows": lists.payers(request.actor, today, sort=sort),
        "retired": lists.payers(request.actor, today, active=False),
        "may_see_rates": request.actor.may("rates:view"),
    }
    return pages.show(request, "payers", pages.step_facts(request, "payers") | facts)


@page("practice:view")
@require_GET
def payer_directory(request: PracticeRequest) -> HttpResponse:
    """The shared directory, searched by name, other names or ID; a part of the page when htmx asks."""
    pages.only_where_clients_are_treated(request)
    words = request.GET.get("q", "")
    facts = {
        "found": directory.payers(words),
        "words": words,
        "most": directory.MOST,
        "may_edit": request.actor.may("practice:edit"),
    }
    if request.htmx:
        return TemplateResponse(request, "practice/setup/_directory.html", facts)
    return pages.show(request, "directory", facts)


@page("practice:edit")
@require_POST
def add_directory_payer(request: PracticeRequest) -> HttpResponse:
    """Takes a payer of the directory into use, and opens it."""
    pages.only_where_clients_are_treated(request)
    entry = request.POST.get("entry", "")
    if not entry.isdigit():
        raise Http404
    try:
        payer = services.add_directory_payer(actor=request.actor, entry_id=int(entry))
    except SetupRefusedError as error:
        messages.error(request, str(error))
        return redirect(pages.url(request, "payer_directory"))
    messages.success(request, f"{payer.name} is added. Confirm its payer ID with your clearinghouse.")
    return redirect(pages.url(request, "payer", pk=payer.pk))


@page("practice:edit")
@require_http_methods(["GET", "POST"])
def add_own_payer(request: PracticeRequest) -> HttpResponse:
    """Asks for a payer that the directory does not have."""
    pages.only_where_clients_are_treated(request)
    form = OwnPayerForm(pages.posted(request))
    if pages.was_saved(form, lambda: services.add_own_payer(actor=request.actor, **form.cleaned_data)):
        messages.success(request, f"{form.cleaned_data['name']} is added.")
        return redirect(pages.url(request, "setup_payers"))
    return pages.show(request, "payer_add", {"form": form}, form)


@page("practice:view")
@require_http_methods(["GET", "POST"])
def payer(request: PracticeRequest, pk: int) -> HttpResponse:
    """One payer: how it wants claims and since when, which answers it sends, its numbers, and its contracts."""
    pages.require_edit(request)
    row = get_object_or_404(PracticePayer.objects.select_related("directory_entry"), pk=pk)
    form = PayerForm(pages.posted(request), initial=initial.payer(row))
    if pages.was_saved(form, lambda: _save(request, pk, form)):
        messages.success(request, f"{form.cleaned_data['name']} is saved.")
        return redirect(returning.onward(request, pages.url(request, "setup_payers")))
    today = clock.today(request.practice)
    facts = {
        "form": form,
        "payer": row,
        "rules": rule_words.history(row, today),
        "may_edit_rules": request.actor.may(*PERMISSIONS),
        "contracts": lists.contracts(request.actor, row, today),
        "may_see_rates": request.actor.may("rates:view"),
        "may_edit_rates": request.actor.may("rates:edit"),
    }
    return pages.show(request, "payer", facts, form)


@page("practice:edit")
@require_POST
def deactivate_payer(request: PracticeRequest, pk: int) -> HttpResponse:
    """Stops billing a payer; the message offers to undo it."""
    return _switch(request, pk, is_active=False)


@page("practice:edit")
@require_POST
def activate_payer(request: PracticeRequest, pk: int) -> HttpResponse:
    """Bills a payer again; the message offers to undo it."""
    return _switch(request, pk, is_active=True)


def _save(request: PracticeRequest, pk: int, form: PayerForm) -> PracticePayer:
    return services.change_payer(
        actor=request.actor,
        payer_id=pk,
        facts=form.facts(),
        enrolled_since=form.enrolled_since(),
        numbers=form.numbers(),
    )


def _switch(request: PracticeRequest, pk: int, *, is_active: bool) -> HttpResponse:
    def change() -> str:
        row = services.switch_payer(actor=request.actor, payer_id=pk, is_active=is_active)
        return f"{row.name} is {'billed again' if is_active else 'no longer billed'}."

    undo = pages.url(request, "deactivate_payer" if is_active else "activate_payer", pk=pk)
    return acting.act(request, change, pages.url(request, "setup_payers"), undo)
