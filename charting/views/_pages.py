"""What the views of one note share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from charting.errors import NoteRefusedError
from charting.forms import ElsewhereForm, NoteForm, ReasonForm, UploadForm
from charting.pages import note_page
from practice.files import FileRefusedError
from practice.http import PracticeRequest

KNOWS: Final = ("documentation:own", "documentation:view", "documentation:cosign", "documentation:read")


def show(request: PracticeRequest, pk: int, status: int = 200, **forms: Any) -> HttpResponse:
    """The page of one note, with the form that failed as it was typed."""
    page = note_page(request.actor, request.practice, pk)
    given = {
        "note_form": NoteForm(initial={"text": page.text, "seen": page.seen}),
        "upload_form": UploadForm(),
        "elsewhere_form": ElsewhereForm(initial={"where": page.elsewhere}),
        "reason_form": ReasonForm(),
    }
    return TemplateResponse(request, "charting/note.html", {"note": page, **given, **forms}, status=status)


def act(request: PracticeRequest, pk: int, do: Callable[[], str], name: str, form: Any) -> HttpResponse:
    """Does it where the form is right, says so, and returns to the note; else shows what is wrong."""
    if form.is_valid():
        try:
            messages.success(request, do())
            return redirect(note_url(request, pk))
        except (NoteRefusedError, FileRefusedError) as error:
            form.add_error(None, str(error))
    return show(request, pk, status=422, **{name: form})


def note_url(request: PracticeRequest, pk: int) -> str:
    """The address of the note."""
    return reverse("note", kwargs={"slug": request.practice.slug, "pk": pk})
