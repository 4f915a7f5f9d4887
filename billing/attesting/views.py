"""Pages on which a clinician attests."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from billing.attesting import selectors
from billing.day import entry, words
from practice.http import PracticeRequest, page
from scheduling import attesting
from scheduling.confirming import save_facts
from scheduling.errors import AttendanceRefusedError, SchedulingRefusedError


@page("calendar:own")
@require_http_methods(["GET", "POST"])
def attest_sessions(request: PracticeRequest) -> HttpResponse:
    """The clinician's own sessions that are over, by day; one click vouches for those that are chosen."""
    if request.method == "GET":
        return _page(request)
    chosen = [int(number) for number in request.POST.getlist("attendance") if number.isdecimal()]
    ids = selectors.attestable(chosen, request.actor)
    version = words.ATTESTATION_VERSION
    done = attesting.attest(actor=request.actor, attendance_ids=ids, text_version=version)
    if not done:
        return _page(request, error="Nothing was attested: choose at least one session of which nothing is missing.")
    undo = reverse("take_back_attestation", args=[request.practice.slug, done.attestation_id])
    said = f"{words.count(len(done.ids), 'session')} {words.verb(len(done.ids), 'is', 'are')} attested."
    messages.success(request, said, extra_tags=f"undo:{undo}")
    return redirect("attest_sessions", request.practice.slug)


@page("calendar:own")
@require_POST
def take_back_attestation(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes one's word back for what is not billed yet."""
    count = len(attesting.take_back(actor=request.actor, attestation_id=pk))
    if count:
        messages.success(
            request, f"{words.count(count, 'session')} {words.verb(count, 'waits', 'wait')} for you again."
        )
    else:
        messages.error(request, "Nothing is taken back: these sessions are billed or changed since.")
    return redirect("attest_sessions", request.practice.slug)


@page("calendar:own")
@require_POST
def save_attested_facts(request: PracticeRequest, pk: int) -> HttpResponse:
    """Saves what is missing of one's own session; what cannot be saved comes back with the sentence."""
    rows = selectors.over(request.actor).select_related("session", "client")
    row, name = get_object_or_404(rows, pk=pk), request.POST.get("field", "")
    values = {key: str(value) for key, value in request.POST.items()}
    try:
        if name not in selectors.FIELDS:
            raise AttendanceRefusedError("Whoever bills changes this.")
        save_facts(row, entry.facts(name, values, row, request.practice), request.actor)
    except SchedulingRefusedError as error:
        return _page(request, refused=(pk, name, str(error)))
    if request.htmx:
        return _page(request)
    return redirect(f"{reverse('attest_sessions', args=[request.practice.slug])}#att-{pk}")


def _page(request: PracticeRequest, *, refused: tuple[int, str, str] | None = None, error: str = "") -> HttpResponse:
    found = selectors.to_attest(request.actor, request.practice)
    _open_entry(request, found, refused)
    facts = {
        "found": found,
        "attestation": words.ATTESTATION,
        "version": words.ATTESTATION_VERSION,
        "error": error or (refused[2] if refused else ""),
    }
    return TemplateResponse(request, "billing/attest.html", facts, status=422 if facts["error"] else 200)


def _open_entry(request: PracticeRequest, found: selectors.Attesting, refused: tuple[int, str, str] | None) -> None:
    number, _, name = request.GET.get("edit", "").partition("-")
    pk, sentence = int(number) if number.isdecimal() else 0, ""
    if refused is not None:
        pk, name, sentence = refused
    row = next((row for row in found.all_rows if row.id == pk), None)
    if row is None or name not in selectors.FIELDS:
        return
    attendance = selectors.over(request.actor).select_related("session").get(pk=pk)
    typed = {key: str(value) for key, value in request.POST.items()} if refused else None
    row.editing = entry.controls(name, attendance, request.practice, typed)
    row.editing_to = reverse("save_attested_facts", args=[request.practice.slug, pk])
    row.editing_field, row.error = name, sentence
