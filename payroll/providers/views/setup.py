"""The providers, and one of them: how the practice is set up there, and under which numbers everybody stands."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_POST

from payroll.errors import PayrollRefusedError
from payroll.exports import set_up_provider
from payroll.providers.forms import PayeeForm, SetupForm, columns_of
from payroll.providers.setups import Person, Standing, standing, standings
from payroll.providers.views._pages import MISSING, provider_or_404
from payroll.services import map_payee
from payroll.tabs import tabs
from practice import clock
from practice.acting import url
from practice.http import PracticeRequest, page


@page("payroll:view", "payroll:totals")
@require_GET
def payroll_providers(request: PracticeRequest) -> HttpResponse:
    """Every provider and what is missing there."""
    today = clock.today(request.practice)
    facts = {"standings": standings(request.actor, today), "tabs": tabs(request, "payroll_providers"), "today": today}
    return TemplateResponse(request, "payroll/providers/list.html", facts | _rights(request))


@page("payroll:view", "payroll:totals")
@require_GET
def payroll_provider(request: PracticeRequest, target: str) -> HttpResponse:
    """One provider: the set-up, and everybody's numbers."""
    found = _found(request, target)
    return _show(request, found, SetupForm(setup=found.setup))


@page("payroll:edit")
@require_POST
def set_up_payroll_provider(request: PracticeRequest, target: str) -> HttpResponse:
    """Saves the company code, who pays salaries, and the earnings codes."""
    found = _found(request, target)
    form = SetupForm(request.POST, setup=found.setup)
    if form.is_valid():
        try:
            set_up_provider(actor=request.actor, target=found.provider.key, **form.values())
        except PayrollRefusedError as error:
            form.refuse(error)
        else:
            messages.success(request, f"{found.provider.label}: the set-up is saved.")
            return redirect(url(request, "payroll_provider", found.provider.key))
    return _show(request, found, form)


@page("payroll:edit")
@require_POST
def save_payee(request: PracticeRequest, target: str, clinician_id: int) -> HttpResponse:
    """Saves one person's row; what cannot be saved comes back with the sentence beside its field."""
    found = _found(request, target)
    person = _person(found, target, clinician_id)
    form = PayeeForm(request.POST, person=person)
    if form.is_valid():
        try:
            map_payee(actor=request.actor, clinician_id=clinician_id, target=target, **form.cleaned_data)
        except PayrollRefusedError as error:
            form.refuse(error)
        else:
            messages.success(request, f"{person.clinician.name} is saved for {found.provider.label}.")
            show = request.POST.get("show", "")
            return redirect(url(request, "payroll_provider", found.provider.key, show=show, fragment=person.key))
    return _show(request, found, SetupForm(setup=found.setup), form)


def _found(request: PracticeRequest, target: str) -> Standing:
    return standing(request.actor, provider_or_404(target), clock.today(request.practice))


def _person(found: Standing, target: str, clinician_id: int) -> Person:
    for person in found.people:
        if (person.target, person.clinician.pk) == (target, clinician_id):
            return person
    raise Http404


def _show(
    request: PracticeRequest, found: Standing, setup_form: SetupForm, payee_form: PayeeForm | None = None
) -> HttpResponse:
    show = request.GET.get("show", "") or request.POST.get("show", "")
    people = found.incomplete if show == MISSING else found.people
    facts = {
        "standing": found,
        "form": setup_form,
        "columns": columns_of(found.provider.targets),
        "rows": [_row(person, payee_form) for person in people],
        "show": show,
        "tabs": tabs(request, "payroll_providers"),
        "today": clock.today(request.practice),
    }
    refused = setup_form.is_bound or payee_form is not None
    template = "payroll/providers/provider.html"
    return TemplateResponse(request, template, facts | _rights(request), status=422 if refused else 200)


def _row(person: Person, refused: PayeeForm | None) -> tuple[Person, PayeeForm]:
    is_it = refused is not None and (refused.person.key == person.key)
    return person, refused if refused is not None and is_it else PayeeForm(person=person)


def _rights(request: PracticeRequest) -> dict[str, Any]:
    return {"may_edit": request.actor.may("payroll:edit")}
