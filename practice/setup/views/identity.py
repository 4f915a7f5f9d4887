"""The overview, and the steps that are one form each."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from practice import clock, files, notices
from practice.http import PracticeRequest, page
from practice.models import PracticeSettings
from practice.setup import colors, directory, further, initial, pages, selectors, services, steps
from practice.setup.forms.identity import AddressesForm, IdentityForm, LookForm, OrganizationForm, PoliciesForm
from practice.setup.models_explained import MODELS

_FORM: Final = ["GET", "POST"]


@page("practice:view")
@require_GET
def settings(request: PracticeRequest) -> HttpResponse:
    """The overview: each step with its state, and where to go on."""
    found = selectors.step_states(request.practice, clock.today(request.practice))
    done = sum(state.state == "done" for state in found)
    facts = {
        "states": found,
        "done": done,
        "following": steps.next_open(found),
        "notices": notices.notices(request.practice, request.actor),
        "further": further.pages(request.practice, request.actor),
    }
    return pages.show(request, "overview", facts)


@page("practice:view")
@require_http_methods(_FORM)
def identity(request: PracticeRequest) -> HttpResponse:
    """Who the practice is on a claim."""
    pages.require_edit(request)
    row = selectors.get_settings()
    form = IdentityForm(pages.posted(request), initial=initial.identity(row))
    chosen = str(form["taxonomy"].value() or "")
    facts = {"ein_last4": row.ein_last4, "taxonomies": directory.taxonomies("", chosen), "chosen": chosen}
    return pages.step_page(
        request, "identity", form, lambda: services.save_identity(actor=request.actor, **form.cleaned_data), facts
    )


@page("practice:view")
@require_GET
def taxonomies(request: PracticeRequest) -> HttpResponse:
    """The taxonomies that hold the words, as a part of the page."""
    chosen = request.GET.get("taxonomy", "")
    facts = {"taxonomies": directory.taxonomies(request.GET.get("q", ""), chosen), "chosen": chosen}
    return TemplateResponse(request, "practice/setup/_taxonomies.html", facts)


@page("practice:view")
@require_http_methods(_FORM)
def addresses(request: PracticeRequest) -> HttpResponse:
    """Where the practice is, and where payments go."""
    pages.require_edit(request)
    form = AddressesForm(pages.posted(request), initial=initial.addresses(selectors.get_settings()))

    def save() -> PracticeSettings:
        return services.save_addresses(actor=request.actor, billing=form.billing(), pay_to=form.pay_to())

    return pages.step_page(request, "addresses", form, save)


@page("practice:view")
@require_http_methods(_FORM)
def look(request: PracticeRequest) -> HttpResponse:
    """Name, logo, color and time zone."""
    pages.require_edit(request)
    row = selectors.get_settings()
    form = LookForm(pages.posted(request), request.FILES or None, initial=initial.look(row, request.practice))
    facts = {"verdict": colors.verdict(row.accent) if row.accent else "", "has_logo": row.logo_id is not None}

    def save() -> PracticeSettings:
        plain = {name: form.cleaned_data[name] for name in ("name", "time_zone", "accent", "remove_logo")}
        return services.save_look(actor=request.actor, logo=form.uploaded(), **plain)

    return pages.step_page(request, "look", form, save, facts)


@page(members=True)
@require_GET
def logo(request: PracticeRequest) -> HttpResponse:
    """The logo as a picture that a browser runs nothing of."""
    row = selectors.get_settings()
    if row.logo is None:
        raise Http404
    response = HttpResponse(files.read(row.logo), content_type=row.logo.media_type)
    response["Content-Disposition"] = f'inline; filename="logo.{row.logo.media_type.partition("/")[2]}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=3600"
    return response


@page("practice:view")
@require_http_methods(_FORM)
def organization(request: PracticeRequest) -> HttpResponse:
    """How the practice is organized."""
    pages.require_edit(request)
    pages.only_where_clients_are_treated(request)
    row = selectors.get_settings()
    form = OrganizationForm(pages.posted(request), initial={"business_model": row.business_model})
    facts = {"models": MODELS, "chosen": form["business_model"].value()}
    return pages.step_page(
        request,
        "organization",
        form,
        lambda: services.save_organization(actor=request.actor, **form.cleaned_data),
        facts,
    )


@page("practice:view")
@require_http_methods(_FORM)
def policies(request: PracticeRequest) -> HttpResponse:
    """Late cancels, no-shows, attestation."""
    pages.require_edit(request)
    pages.only_where_clients_are_treated(request)
    form = PoliciesForm(pages.posted(request), initial=initial.policies(selectors.get_settings()))
    return pages.step_page(
        request, "policies", form, lambda: services.save_policies(actor=request.actor, **form.cleaned_data)
    )


@page("practice:edit")
@require_POST
def finish_step(request: PracticeRequest) -> HttpResponse:
    """Says that a step which is a list is complete, and goes on."""
    key = request.POST.get("step", "")
    if key not in {step.key for step in steps.steps_of(request.practice.treats_clients)}:
        raise Http404
    services.finish_step(actor=request.actor, step=key)
    return pages.go_on(request, key)
