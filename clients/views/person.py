"""One client: the overview, who they are, who sees them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients import missing, panels, services
from clients.errors import ClientRefusedError
from clients.forms import AssignForm, ClientForm
from clients.models import Caseload, Client
from clients.selectors import record
from clients.selectors.parts import part
from clients.views._pages import address, form_page, record_page, sent
from practice import acting
from practice.http import PracticeRequest, page


@page("clients:view", "clients:own")
@require_GET
def client(request: PracticeRequest, pk: int) -> HttpResponse:
    """What matters of a client at a glance."""
    return _overview(request, pk)


@page("clients:edit")
@require_http_methods(["GET", "POST"])
def edit_client(request: PracticeRequest, pk: int) -> HttpResponse:
    """Who a client is, where they live, how they came, what they pay themselves."""
    row = record.on_file(request.actor, pk)

    def act(values: dict[str, Any]) -> str:
        return f"{services.change_client(actor=request.actor, client_id=pk, **values).name} is saved."

    form = ClientForm(sent(request), instance=row)
    return form_page(request, pk, form, act, back=address(request, "client", pk), template="clients/edit.html")


@page("clients:edit")
@require_POST
def change_client_status(request: PracticeRequest, pk: int) -> HttpResponse:
    """Makes a client prospective, active or inactive; Undo, whose address names it, makes them what they were."""
    before = record.on_file(request.actor, pk).status
    wanted = request.POST.get("status") or request.GET.get("status", "")

    def act() -> str:
        changed = services.change_status(actor=request.actor, client_id=pk, status=wanted)
        return f"{changed.name} is {Client.Status(changed.status).label.lower()}."

    undo = f"{address(request, 'change_client_status', pk)}?status={before}"
    return acting.act(request, act, back=address(request, "client", pk), undo=undo)


@page("clients:edit")
@require_POST
def assign_clinician(request: PracticeRequest, pk: int) -> HttpResponse:
    """Puts the client on a clinician's caseload."""
    form = AssignForm(request.POST)
    if form.is_valid():
        try:
            row = services.assign_clinician(actor=request.actor, client_id=pk, **form.cleaned_data)
        except ClientRefusedError as error:
            form.refuse(error)
        else:
            messages.success(request, f"{row.clinician.name} sees {row.client.name}.")
            return redirect(address(request, "client", pk))
    return _overview(request, pk, form)


@page("clients:edit")
@require_POST
def end_caseload(request: PracticeRequest, pk: int) -> HttpResponse:
    """Ends today that a clinician sees the client."""
    row = part(request.actor, Caseload, pk)

    def act() -> str:
        ended = services.end_caseload(actor=request.actor, caseload_id=pk)
        return f"{ended.clinician.name} sees {ended.client.name} until today. What they gave stays theirs."

    back, undo = address(request, "client", row.client_id), address(request, "reopen_caseload", pk)
    return acting.act(request, act, back=back, undo=undo)


@page("clients:edit")
@require_POST
def reopen_caseload(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes back that it ended."""
    row = part(request.actor, Caseload, pk)

    def act() -> str:
        opened = services.reopen_caseload(actor=request.actor, caseload_id=pk)
        return f"{opened.clinician.name} sees {opened.client.name} again."

    return acting.act(request, act, back=address(request, "client", row.client_id))


def _overview(request: PracticeRequest, pk: int, form: AssignForm | None = None) -> HttpResponse:
    person, facts = record_page(request, pk, "client")
    actor, today = request.actor, facts["today"]
    coverages = record.coverages(person, today)
    present, _ = record.diagnosis_lines(person, today)
    running = [line.row for line in coverages if line.is_running]
    facts |= {
        "coverages": [line for line in coverages if line.is_running] or coverages[:1],
        "tightest": record.tightest(coverages),
        "authorization": record.current(coverages),
        "diagnoses": present,
        "contacts": record.contacts(person),
        "missing": missing.for_claims(person, running, [line.row for line in present]),
        "assign_form": form or AssignForm(initial={"starts_on": today}),
        "main_before": panels.shown(person, actor, "main", before=True),
        "main_after": panels.shown(person, actor, "main", before=False),
        "rail_before": panels.shown(person, actor, "rail", before=True),
        "rail_after": panels.shown(person, actor, "rail", before=False),
    }
    return TemplateResponse(request, "clients/overview.html", facts, status=422 if form else 200)
