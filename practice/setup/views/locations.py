"""Pages about where sessions take place."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from practice import acting
from practice.http import PracticeRequest, page
from practice.models import Location
from practice.setup import directory, initial, lists, pages, services
from practice.setup.forms.locations import LocationForm


@page("practice:view")
@require_GET
def locations(request: PracticeRequest) -> HttpResponse:
    """The step: every location in use, and those that were."""
    pages.only_where_clients_are_treated(request)
    facts = {"rows": lists.locations(), "retired": lists.locations(active=False)}
    return pages.show(request, "locations", pages.step_facts(request, "locations") | facts)


@page("practice:edit")
@require_http_methods(["GET", "POST"])
def add_location(request: PracticeRequest) -> HttpResponse:
    """Asks for a new location."""
    pages.only_where_clients_are_treated(request)
    form = LocationForm(pages.posted(request), places=directory.places(), initial={"place_of_service": "11"})
    if pages.was_saved(form, lambda: services.add_location(actor=request.actor, **form.cleaned_data)):
        messages.success(request, f"{form.cleaned_data['name']} is added.")
        return redirect(pages.url(request, "setup_locations"))
    return pages.show(request, "location", {"form": form}, form)


@page("practice:view")
@require_http_methods(["GET", "POST"])
def location(request: PracticeRequest, pk: int) -> HttpResponse:
    """One location."""
    pages.require_edit(request)
    row = get_object_or_404(Location.objects.all(), pk=pk)
    form = LocationForm(pages.posted(request), places=directory.places(), initial=initial.location(row))
    if pages.was_saved(
        form, lambda: services.change_location(actor=request.actor, location_id=pk, **form.cleaned_data)
    ):
        messages.success(request, f"{form.cleaned_data['name']} is saved.")
        return redirect(pages.url(request, "setup_locations"))
    return pages.show(request, "location", {"form": form, "location": row}, form)


@page("practice:edit")
@require_POST
def deactivate_location(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes a location out of use; the message offers to undo it."""
    return _switch(request, pk, is_active=False)


@page("practice:edit")
@require_POST
def activate_location(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes a location back into use; the message offers to undo it."""
    return _switch(request, pk, is_active=True)


def _switch(request: PracticeRequest, pk: int, *, is_active: bool) -> HttpResponse:
    def change() -> str:
        row = services.switch_location(actor=request.actor, location_id=pk, is_active=is_active)
        return f"{row.name} is {'in use again' if is_active else 'no longer in use'}."

    undo = pages.url(request, "deactivate_location" if is_active else "activate_location", pk=pk)
    return acting.act(request, change, pages.url(request, "setup_locations"), undo)
