"""Pages about one clinician: the overview, who they are, and leaving."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clinicians import cards, services
from clinicians.cards import Shown
from clinicians.forms import ClinicianForm, LeaveForm
from clinicians.leaving import Leaver
from clinicians.selectors import file
from clinicians.views._pages import address, form_page, person_page, sent
from practice import acting, clock
from practice.http import PracticeRequest, page
from practice.templatetags.caseload import day


@page("team:view", "team:own")
@require_GET
def clinician(request: PracticeRequest, pk: int) -> HttpResponse:
    """The overview: what runs out, who they are on claims, on which terms, and the portal."""
    person, facts = person_page(request, pk, "clinician")
    today = facts["today"]
    licenses, documents = file.licenses(person, today), file.documents(person, today)
    facts |= {
        "notices": file.notices(person, licenses, documents, today),
        "licenses": licenses,
        "taxonomy": file.taxonomy_words(person.taxonomy),
        "engagement": file.engagement_today(person, today) if facts["sees_team"] else None,
        "supervision": next((row for row in file.supervised_by(person) if file.runs(row, today)), None),
        "portal": file.portal(request.actor, person),
        "cards": cards.cards(Shown(person, today, request.practice, request.actor)),
        "may_open_portal": request.actor.may("members:edit") and facts["may_edit"],
    }
    return TemplateResponse(request, "clinicians/overview.html", facts)


@page("team:edit")
@require_http_methods(["GET", "POST"])
def edit_clinician(request: PracticeRequest, pk: int) -> HttpResponse:
    """Changes who somebody is on claims and how they are reached."""
    person = file.clinician(request.actor, pk)

    def act(values: dict[str, Any]) -> str:
        return f"{services.change_clinician(actor=request.actor, clinician_id=pk, **values).name} is saved."

    form = ClinicianForm(sent(request), instance=person)
    facts: dict[str, Any] = {
        "title": "Name, claims and contact",
        "clinician": person,
        "template": "clinicians/edit.html",
    }
    return form_page(request, form, act, back=address(request, "clinician", pk), submit="Save", **facts)


@page("team:edit")
@require_http_methods(["GET", "POST"])
def leave_clinician(request: PracticeRequest, pk: int) -> HttpResponse:
    """Asks for the last day and names what stays open after it."""
    person, today = file.clinician(request.actor, pk), clock.today(request.practice)

    def act(values: dict[str, Any]) -> str:
        left = services.end_work(actor=request.actor, clinician_id=pk, **values)
        return f"{left.name} leaves on {day(left.ends_on, today)}."

    leaver = Leaver(pk, person.ends_on or today, request.practice, request.actor)
    facts: dict[str, Any] = {
        "title": f"End {person.name}’s work",
        "clinician": person,
        "submit": "End work",
        "stays_open": file.stays_open(leaver, person),
        "undo": "" if person.ends_on else address(request, "return_clinician", pk),
    }
    form = LeaveForm(sent(request), initial={"ends_on": person.ends_on or today})
    return form_page(request, form, act, back=address(request, "clinician", pk), **facts)


@page("team:edit")
@require_POST
def return_clinician(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes back that somebody left."""

    def act() -> str:
        return f"{services.return_to_work(actor=request.actor, clinician_id=pk).name} works here again."

    return acting.act(request, act, back=address(request, "clinician", pk))
