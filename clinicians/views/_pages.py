"""What the team's pages share: the head and tabs of one clinician, and a form that a service may refuse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from clinicians.errors import TeamRefusedError
from clinicians.models import Clinician
from clinicians.selectors import file
from practice import clock, returning
from practice.http import PracticeRequest

_TABS = (
    ("Overview", "clinician", ("team:view", "team:own")),
    ("Licenses and documents", "clinician_papers", ("team:view", "team:own")),
    ("Terms", "clinician_terms", ("team:view",)),
    ("Supervision", "clinician_supervision", ("team:view",)),
    ("Enrollment", "clinician_enrollment", ("team:view",)),
    ("Hours", "clinician_hours", ("team:view", "team:own")),
)


def address(request: PracticeRequest, name: str, *args: int) -> str:
    """The address of a page in this practice."""
    return reverse(name, args=[request.practice.slug, *args])


def person_page(request: PracticeRequest, pk: int, tab: str) -> tuple[Clinician, dict[str, Any]]:
    """The clinician with what stands above every tab; Http404 for a file that is not the actor's to see."""
    person = file.clinician(request.actor, pk)
    today = clock.today(request.practice)
    facts = file.head(person, today) | {
        "today": today,
        "tabs": [
            {"label": label, "url": address(request, name, pk), "current": name == tab}
            for label, name, needed in _TABS
            if request.actor.may(*needed)
        ],
        "may_edit": request.actor.may("team:edit"),
        "sees_team": request.actor.may("team:view"),
    }
    return person, facts


def form_page(
    request: PracticeRequest,
    form: Any,
    act: Callable[[dict[str, Any]], str | tuple[str, str]],
    *,
    back: str,
    title: str,
    template: str = "clinicians/form.html",
    undo: str = "",
    **facts: Any,
) -> HttpResponse:
    """Shows a form; sent and accepted by the service, it says what was done and goes `back`.

    `act` gives the sentence, and with it where to go instead. Somebody who came from a worklist goes back there.
    """
    back = returning.onward(request, back)
    if request.method == "POST" and form.is_valid():
        try:
            done = act(form.cleaned_data)
        except TeamRefusedError as error:
            form.refuse(error)
        else:
            said, onward = done if isinstance(done, tuple) else (done, back)
            onward = returning.onward(request, onward)
            messages.success(request, said, extra_tags=f"undo:{undo}" if undo else "")
            return redirect(onward)
    shown = {"form": form, "back": back, "title": title, "today": clock.today(request.practice), **facts}
    return TemplateResponse(request, template, shown, status=422 if form.is_bound else 200)


def undo_from_trail(request: PracticeRequest, name: str, pk: int) -> str:
    """The address that takes a change back from the trail; nothing for who may not read the trail."""
    return address(request, name, pk) if request.actor.phi else ""


def sent(request: PracticeRequest) -> Any:
    """What was posted, or None."""
    return request.POST if request.method == "POST" else None


def sent_files(request: PracticeRequest) -> Any:
    """The files that were posted, or None."""
    return request.FILES if request.method == "POST" else None
