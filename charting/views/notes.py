"""The page of one note, and what changes it before it is signed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from charting import services
from charting.errors import NoteRefusedError
from charting.forms import ElsewhereForm, NoteForm, UploadForm
from charting.pages import readable_file
from charting.views._pages import KNOWS, act, note_url, show
from practice import clock, files
from practice.http import PracticeRequest, page


@page(*KNOWS)
@require_GET
def note(request: PracticeRequest, pk: int) -> HttpResponse:
    """One session's note: to write, to read, or only how far it is."""
    return show(request, pk)


@page("documentation:own")
@require_POST
def save_note(request: PracticeRequest, pk: int) -> HttpResponse:
    """Keeps the words as they are typed; the answer is the line that says so."""
    form = NoteForm(request.POST)
    form.is_valid()
    text, seen = form.cleaned_data["text"], form.cleaned_data["seen"]
    try:
        saved = services.save_draft(actor=request.actor, attendance_id=pk, text=text, seen=seen)
    except NoteRefusedError as error:
        return TemplateResponse(request, "charting/_saved.html", {"error": str(error), "seen": seen}, status=422)
    if not request.htmx:
        messages.success(request, "The draft is saved.")
        return redirect(note_url(request, pk))
    facts = {"seen": saved.changed_at.isoformat(), "saved_at": clock.now()}
    return TemplateResponse(request, "charting/_saved.html", facts)


@page("documentation:own")
@require_POST
def upload_note(request: PracticeRequest, pk: int) -> HttpResponse:
    """Keeps a file as the note."""
    form = UploadForm(request.POST, request.FILES)

    def upload() -> str:
        file = cast("UploadedFile[Any]", form.cleaned_data["file"])
        services.attach(actor=request.actor, attendance_id=pk, data=file.read(), name=file.name or "note")
        return "The file is kept with the note."

    return act(request, pk, upload, "upload_form", form)


@page(*KNOWS)
@require_GET
def note_file(request: PracticeRequest, pk: int) -> HttpResponse:
    """The uploaded file, as a download."""
    file = readable_file(request.actor, pk)
    disposition = content_disposition_header(as_attachment=True, filename=file.name) or "attachment"
    return HttpResponse(files.read(file), content_type=file.media_type, headers={"Content-Disposition": disposition})


@page("documentation:own")
@require_POST
def remove_note_file(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes the file off the note."""

    def remove() -> str:
        services.detach(actor=request.actor, attendance_id=pk)
        return "The file is off the note."

    return _or_say_why(request, pk, remove)


@page("documentation:own")
@require_POST
def keep_note_elsewhere(request: PracticeRequest, pk: int) -> HttpResponse:
    """Says that the note is kept outside, and where."""
    form = ElsewhereForm(request.POST)

    def keep() -> str:
        services.keep_elsewhere(actor=request.actor, attendance_id=pk, where=form.cleaned_data["where"])
        return "The note says where it is kept. Sign it to attest to that."

    return act(request, pk, keep, "elsewhere_form", form)


@page("documentation:own")
@require_POST
def keep_note_here(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes back that the note is kept outside."""

    def keep() -> str:
        services.keep_here(actor=request.actor, attendance_id=pk)
        return "The note is kept here."

    return _or_say_why(request, pk, keep)


def _or_say_why(request: PracticeRequest, pk: int, do: Callable[[], str]) -> HttpResponse:
    try:
        messages.success(request, do())
    except NoteRefusedError as error:
        messages.error(request, str(error))
    return redirect(note_url(request, pk))
