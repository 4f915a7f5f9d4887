"""Signing, reopening, co-signing and returning a note."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from charting import services
from charting.errors import NoteRefusedError
from charting.forms import NoteForm, ReasonForm
from charting.views._pages import act, note_url, show
from practice.http import PracticeRequest, page


@page("documentation:own")
@require_POST
def sign_note(request: PracticeRequest, pk: int) -> HttpResponse:
    """Keeps the last words and puts the clinician's name under them."""
    form = NoteForm(request.POST)

    def sign() -> str:
        services.sign_as_written(actor=request.actor, attendance_id=pk, **form.cleaned_data)
        return "The note is signed."

    return act(request, pk, sign, "note_form", form)


@page("documentation:own")
@require_POST
def reopen_note(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes the signature back, with a reason."""
    form = ReasonForm(request.POST)

    def reopen() -> str:
        services.reopen(actor=request.actor, attendance_id=pk, **form.cleaned_data)
        return "The note is open again. It counts as unsigned until you sign it."

    return act(request, pk, reopen, "reason_form", form)


@page("documentation:cosign")
@require_POST
def cosign_note(request: PracticeRequest, pk: int) -> HttpResponse:
    """Puts the supervisor's name beside the clinician's."""
    try:
        services.cosign(actor=request.actor, attendance_id=pk, seen=request.POST.get("seen", ""))
        messages.success(request, "The note is co-signed.")
    except NoteRefusedError as error:
        messages.error(request, str(error))
        return show(request, pk, status=422)
    return redirect(note_url(request, pk))


@page("documentation:cosign")
@require_POST
def return_note(request: PracticeRequest, pk: int) -> HttpResponse:
    """Gives the note back to its clinician, with what should change."""
    form = ReasonForm(request.POST)

    def give_back() -> str:
        services.return_note(actor=request.actor, attendance_id=pk, **form.cleaned_data)
        return "The note is back with its clinician."

    return act(request, pk, give_back, "reason_form", form)
