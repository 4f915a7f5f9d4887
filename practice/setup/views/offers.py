"""Pages about services and fees."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from practice import acting, clock
from practice.http import PracticeRequest, page
from practice.models import Service, ServiceCode
from practice.setup import directory, initial, lists, pages, services
from practice.setup.forms.offers import FeeForm, NewServiceForm, ServiceForm


@page("practice:view")
@require_GET
def offers(request: PracticeRequest) -> HttpResponse:
    """The step: every service with its fee of today, and those no longer offered."""
    pages.only_where_clients_are_treated(request)
    today, sort = clock.today(request.practice), request.GET.get("sort", "")
    facts = {"rows": lists.services(today, sort=sort), "retired": lists.services(today, active=False)}
    return pages.show(request, "services", pages.step_facts(request, "services") | facts)


@page("practice:edit")
@require_GET
def service_codes(request: PracticeRequest) -> HttpResponse:
    """The code set, searched by code or words; a part of the page when htmx asks."""
    pages.only_where_clients_are_treated(request)
    words = request.GET.get("q", "")
    facts = {"found": directory.codes(words), "words": words, "most": directory.MOST}
    if request.htmx:
        return TemplateResponse(request, "practice/setup/_codes.html", facts)
    return pages.show(request, "codes", facts)


@page("practice:edit")
@require_http_methods(["GET", "POST"])
def add_service(request: PracticeRequest) -> HttpResponse:
    """Asks for a new service; filled in advance when the address names a code of the set."""
    pages.only_where_clients_are_treated(request)
    form = NewServiceForm(pages.posted(request), initial=_draft(request))
    if pages.was_saved(form, lambda: services.add_service(actor=request.actor, **form.cleaned_data)):
        messages.success(request, f"{form.cleaned_data['name']} is added.")
        return redirect(pages.url(request, "setup_services"))
    return pages.show(request, "service", {"form": form}, form)


@page("practice:view")
@require_http_methods(["GET", "POST"])
def service(request: PracticeRequest, pk: int) -> HttpResponse:
    """One service, and its fees so far."""
    pages.require_edit(request)
    row = get_object_or_404(Service.objects.all(), pk=pk)
    form = ServiceForm(pages.posted(request), initial=initial.service(row))
    if pages.was_saved(form, lambda: services.change_service(actor=request.actor, service_id=pk, **form.cleaned_data)):
        messages.success(request, f"{form.cleaned_data['name']} is saved.")
        return redirect(pages.url(request, "setup_services"))
    return _service_page(request, row, form, FeeForm(initial={"starts_on": clock.today(request.practice)}))


@page("practice:edit")
@require_POST
def set_service_fee(request: PracticeRequest, pk: int) -> HttpResponse:
    """Sets the fee from a day on."""
    row = get_object_or_404(Service.objects.all(), pk=pk)
    form = FeeForm(request.POST)
    if pages.was_saved(form, lambda: services.set_fee(actor=request.actor, service_id=pk, **form.cleaned_data)):
        messages.success(request, f"The fee for {row} is saved.")
        return redirect(pages.url(request, "service", pk=pk))
    return _service_page(request, row, ServiceForm(initial=initial.service(row)), form)


@page("practice:edit")
@require_POST
def deactivate_service(request: PracticeRequest, pk: int) -> HttpResponse:
    """Stops offering a service; the message offers to undo it."""
    return _switch(request, pk, is_active=False)


@page("practice:edit")
@require_POST
def activate_service(request: PracticeRequest, pk: int) -> HttpResponse:
    """Offers a service again; the message offers to undo it."""
    return _switch(request, pk, is_active=True)


def _draft(request: PracticeRequest) -> dict[str, Any]:
    today = clock.today(request.practice)
    plain = {"kind": Service.Kind.OTHER, "minutes": 50, "telehealth": True, "fee_from": today}
    code = ServiceCode.objects.filter(code=request.GET.get("code", "")).first()
    if code is None:
        return plain
    found = directory.draft(code)
    return plain | found | {"add_on_to": ", ".join(code.add_on_to)}


def _service_page(request: PracticeRequest, row: Service, form: ServiceForm, fee_form: FeeForm) -> TemplateResponse:
    today = clock.today(request.practice)
    fees = [(fee, lists.phase(fee.starts_on, fee.ends_on, today)) for fee in lists.fee_history(row)]
    facts = {"form": form, "fee_form": fee_form, "service": row, "fees": fees}
    return pages.show(request, "service", facts, form, fee_form)


def _switch(request: PracticeRequest, pk: int, *, is_active: bool) -> HttpResponse:
    def change() -> str:
        row = services.switch_service(actor=request.actor, service_id=pk, is_active=is_active)
        return f"{row} is {'offered again' if is_active else 'no longer offered'}."

    undo = pages.url(request, "deactivate_service" if is_active else "activate_service", pk=pk)
    return acting.act(request, change, pages.url(request, "setup_services"), undo)
