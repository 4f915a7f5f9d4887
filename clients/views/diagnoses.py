"""What a client is treated for."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_POST

from clients import services
from clients.errors import ClientRefusedError, HeadingError
from clients.forms import DiagnosisForm, FindForm
from clients.models import ClientDiagnosis
from clients.selectors import codes, record
from clients.selectors.parts import part
from clients.views._pages import address, record_page
from practice import acting, clock
from practice.http import PracticeRequest, page


@page("clients:view", "clients:own")
@require_GET
def client_diagnoses(request: PracticeRequest, pk: int) -> HttpResponse:
    """The diagnoses in their order, and those that ended."""
    return _tab(request, pk)


@page("clients:edit", "documentation:own")
@require_POST
def search_diagnoses(request: PracticeRequest, pk: int) -> HttpResponse:
    """Codes for what somebody typed, valid on the day it should start."""
    form = FindForm(request.POST)
    if not form.is_valid():
        return _tab(request, pk, status=422, find_form=form)
    words, on_date = form.cleaned_data["q"], form.cleaned_data["starts_on"]
    found = {"found": codes.find(words, on_date), "words": words, "starts_on": on_date}
    if request.htmx:
        client = record.on_file(request.actor, pk)
        return TemplateResponse(request, "clients/_codes.html", found | {"client": client})
    return _tab(request, pk, find_form=form, **found)


@page("clients:edit", "documentation:own")
@require_POST
def add_diagnosis(request: PracticeRequest, pk: int) -> HttpResponse:
    """Adds a diagnosis; for a heading, the codes below it are offered."""
    form = DiagnosisForm(request.POST)
    if not form.is_valid():
        return _tab(request, pk, status=422, refusal="Give the day since when the diagnosis stands.")
    try:
        row, check = services.add_diagnosis(actor=request.actor, client_id=pk, **form.cleaned_data)
    except HeadingError as error:
        below = codes.below(error.code, form.cleaned_data["starts_on"])
        return _tab(request, pk, status=422, refusal=str(error), found=below, starts_on=form.cleaned_data["starts_on"])
    except ClientRefusedError as error:
        return _tab(request, pk, status=422, refusal=str(error))
    undo = address(request, "remove_diagnosis", row.pk)
    messages.success(request, f"{row.code} is on the list. {check.sentence}".strip(), extra_tags=f"undo:{undo}")
    return redirect(address(request, "client_diagnoses", pk))


@page("clients:edit", "documentation:own")
@require_POST
def move_diagnosis(request: PracticeRequest, pk: int) -> HttpResponse:
    """Moves a diagnosis one place up, or down."""

    def act() -> str:
        up = request.POST.get("to") == "up"
        moved = services.move_diagnosis(actor=request.actor, diagnosis_id=pk, up=up)
        return f"{moved.code} moved {'up' if up else 'down'}."

    return _act(request, pk, act)


@page("clients:edit", "documentation:own")
@require_POST
def end_diagnosis(request: PracticeRequest, pk: int) -> HttpResponse:
    """Ends a diagnosis today; the message offers to undo it."""

    def act() -> str:
        return f"{services.end_diagnosis(actor=request.actor, diagnosis_id=pk).code} has ended."

    return _act(request, pk, act, undo=address(request, "reopen_diagnosis", pk))


@page("clients:edit", "documentation:own")
@require_POST
def reopen_diagnosis(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes back that a diagnosis ended."""

    def act() -> str:
        return f"{services.reopen_diagnosis(actor=request.actor, diagnosis_id=pk).code} is on the list again."

    return _act(request, pk, act)


@page("clients:edit", "documentation:own")
@require_POST
def remove_diagnosis(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes off the record what was entered by mistake; the message offers to undo it."""
    row = part(request.actor, ClientDiagnosis, pk)

    def act() -> str:
        return f"{services.remove_diagnosis(actor=request.actor, diagnosis_id=pk).code} is removed."

    return _act(request, pk, act, undo=address(request, "restore_diagnosis", row.client_id, pk))


@page("clients:edit", "documentation:own")
@require_POST
def restore_diagnosis(request: PracticeRequest, pk: int, diagnosis: int) -> HttpResponse:
    """Puts a diagnosis back."""

    def act() -> str:
        return f"{services.restore_diagnosis(actor=request.actor, diagnosis_id=diagnosis).code} is back."

    return acting.act(request, act, back=address(request, "client_diagnoses", pk))


def _act(request: PracticeRequest, pk: int, act: Any, undo: str = "") -> HttpResponse:
    row = part(request.actor, ClientDiagnosis, pk)
    return acting.act(request, act, back=address(request, "client_diagnoses", row.client_id), undo=undo)


def _tab(request: PracticeRequest, pk: int, status: int = 200, **facts: Any) -> HttpResponse:
    client, shown = record_page(request, pk, "client_diagnoses")
    present, ended = record.diagnosis_lines(client, shown["today"])
    shown |= {
        "present": present,
        "ended": ended,
        "find_form": FindForm(initial={"starts_on": clock.today(request.practice)}),
        "starts_on": shown["today"],
        **facts,
    }
    return TemplateResponse(request, "clients/diagnoses.html", shown, status=status)
