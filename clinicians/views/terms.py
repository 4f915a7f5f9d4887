"""Pages about the terms, the supervision and the hours of one clinician."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_http_methods

from clinicians import services
from clinicians.forms import EngagementForm, HoursForm, SupervisionForm
from clinicians.models import WorkingHours
from clinicians.selectors import file
from clinicians.views._pages import address, form_page, person_page, sent, undo_from_trail
from practice.http import PracticeRequest, page

_OF_A_WEEK = "Several stretches a day are fine. Empty both times to take one away; after saving there is room for more."


@page("team:view")
@require_GET
def clinician_terms(request: PracticeRequest, pk: int) -> HttpResponse:
    """On which terms somebody works and worked."""
    person, facts = person_page(request, pk, "clinician_terms")
    facts["engagements"] = [(row, file.runs(row, facts["today"])) for row in file.engagements(person)]
    return TemplateResponse(request, "clinicians/terms.html", facts)


@page("team:edit")
@require_http_methods(["GET", "POST"])
def add_engagement(request: PracticeRequest, pk: int) -> HttpResponse:
    """New terms of work."""
    person = file.clinician(request.actor, pk)

    def act(values: dict[str, Any]) -> str:
        row = services.add_engagement(actor=request.actor, clinician_id=pk, **values)
        return f"{person.name}: {row.get_kind_display()}."

    form = EngagementForm(sent(request), initial={"end_former": True, "kind": "w2_nonexempt"})
    facts: dict[str, Any] = {"title": "New terms of work", "clinician": person, "submit": "Save the terms"}
    return form_page(request, form, act, back=address(request, "clinician_terms", pk), **facts)


@page("team:edit")
@require_http_methods(["GET", "POST"])
def edit_engagement(request: PracticeRequest, pk: int) -> HttpResponse:
    """Corrects terms of work."""
    row = file.engagement(pk)

    def act(values: dict[str, Any]) -> str:
        changed = services.change_engagement(actor=request.actor, engagement_id=pk, **values)
        return f"{row.clinician.name}: {changed.get_kind_display()} is saved."

    facts: dict[str, Any] = {"title": "Terms of work", "clinician": row.clinician, "submit": "Save the terms"}
    facts["remove"] = address(request, "remove_engagement", pk)
    back = address(request, "clinician_terms", row.clinician_id)
    return form_page(request, EngagementForm(sent(request), instance=row), act, back=back, **facts)


@page("team:view")
@require_GET
def clinician_supervision(request: PracticeRequest, pk: int) -> HttpResponse:
    """Who supervises them, and whom they supervise."""
    person, facts = person_page(request, pk, "clinician_supervision")
    facts |= {
        "supervised_by": [(row, file.runs(row, facts["today"])) for row in file.supervised_by(person)],
        "supervises": [(row, file.runs(row, facts["today"])) for row in file.supervises(person)],
        "somebody_may": bool(file.may_supervise(person)),
    }
    return TemplateResponse(request, "clinicians/supervision.html", facts)


@page("team:edit")
@require_http_methods(["GET", "POST"])
def add_supervision(request: PracticeRequest, pk: int) -> HttpResponse:
    """Says who supervises somebody from a day on."""
    person = file.clinician(request.actor, pk)

    def act(values: dict[str, Any]) -> str:
        row = services.add_supervision(actor=request.actor, clinician_id=pk, **values)
        return f"{row.supervisor.name} supervises {person.name}."

    form = SupervisionForm(sent(request), people=file.may_supervise(person), is_new=True, initial={"end_former": True})
    facts: dict[str, Any] = {"title": "Who supervises", "clinician": person, "submit": "Save"}
    return form_page(request, form, act, back=address(request, "clinician_supervision", pk), **facts)


@page("team:edit")
@require_http_methods(["GET", "POST"])
def edit_supervision(request: PracticeRequest, pk: int) -> HttpResponse:
    """Corrects or ends a supervision."""
    row = file.supervision(pk)
    given = {"supervisor_id": row.supervisor_id, "starts_on": row.starts_on, "ends_on": row.ends_on}
    people = {person.pk: person for person in (row.supervisor, *file.may_supervise(row.supervisee))}

    def act(values: dict[str, Any]) -> str:
        services.change_supervision(actor=request.actor, supervision_id=pk, **values)
        return f"The supervision of {row.supervisee.name} is saved."

    form = SupervisionForm(sent(request), people=people.values(), is_new=False, initial=given)
    facts: dict[str, Any] = {"title": "Supervision", "clinician": row.supervisee, "submit": "Save"}
    return form_page(request, form, act, back=address(request, "clinician_supervision", row.supervisee_id), **facts)


@page("team:view", "team:own")
@require_GET
def clinician_hours(request: PracticeRequest, pk: int) -> HttpResponse:
    """The usual week."""
    person, facts = person_page(request, pk, "clinician_hours")
    found = file.hours(person)
    facts["week"] = [(day.label, [row for row in found if row.weekday == day]) for day in WorkingHours.Weekday]
    facts["has_hours"] = bool(found)
    return TemplateResponse(request, "clinicians/hours.html", facts)


@page("team:edit")
@require_http_methods(["GET", "POST"])
def edit_hours(request: PracticeRequest, pk: int) -> HttpResponse:
    """Changes the usual week."""
    person = file.clinician(request.actor, pk)
    form = HoursForm(sent(request), hours=file.hours(person))

    def act(values: dict[str, Any]) -> str:
        services.set_hours(actor=request.actor, clinician_id=pk, stretches=form.stretches())
        return f"The week of {person.name} is saved."

    facts: dict[str, Any] = {
        "title": "Usual week",
        "clinician": person,
        "template": "clinicians/hours_form.html",
        "sub": _OF_A_WEEK,
        "undo": undo_from_trail(request, "restore_hours", pk),
    }
    return form_page(request, form, act, back=address(request, "clinician_hours", pk), **facts)
