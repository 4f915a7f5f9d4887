"""Keying a remittance from paper: drafts, saving as one types, adding claims, a scan, and finishing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_POST

from billing.models import PaperDraft, Remittance
from billing.paper import drafts, finishing, selectors
from billing.remittances.views._pages import REFUSALS, base, key
from practice import searches
from practice.acting import act, url
from practice.files import FileRefusedError
from practice.http import PracticeRequest, page
from practice.models import PracticePayer
from practice.money import dollars as money


@page("remittances:edit")
@require_GET
def paper_remittances(request: PracticeRequest) -> HttpResponse:
    """Those that are not finished."""
    facts = base(request, "remittances") | {"rows": selectors.drafts(request.actor)}
    return TemplateResponse(request, "billing/paper/list.html", facts)


@page("remittances:edit")
@require_POST
def start_paper_remittance(request: PracticeRequest) -> HttpResponse:
    """An empty form."""
    return redirect(url(request, "paper_remittance", drafts.start(actor=request.actor).pk))


@page("remittances:edit")
@require_GET
def paper_remittance(request: PracticeRequest, pk: int) -> HttpResponse:
    """The form as far as it is keyed."""
    return _show(request, pk)


@page("remittances:edit")
@require_POST
def save_paper_remittance(request: PracticeRequest, pk: int) -> HttpResponse:
    """Keeps what is typed: the sums while somebody types, the page again for the button."""
    _found(request, pk)
    drafts.save(pk, request.POST.dict(), actor=request.actor)
    return _show(request, pk) if request.htmx else redirect(url(request, "paper_remittance", pk))


@page("remittances:edit")
@require_POST
def add_paper_claim(request: PracticeRequest, pk: int) -> HttpResponse:
    """Adds a claim to what is keyed."""
    _found(request, pk)
    claim = key(request.POST.get("claim", ""))
    if claim is None:
        raise Http404

    def change() -> str:
        row = drafts.add_claim(pk, claim_id=claim, actor=request.actor)
        return f"{len(row.claims)} claims are on it." if len(row.claims) > 1 else "The claim is on it."

    return act(request, change, url(request, "paper_remittance", pk) + "#claims")


@page("remittances:edit")
@require_POST
def remove_paper_claim(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes a claim off."""
    _found(request, pk)
    claim = key(request.POST.get("claim", ""))
    if claim is None:
        raise Http404
    drafts.remove_claim(pk, claim_id=claim, actor=request.actor)
    return redirect(url(request, "paper_remittance", pk) + "#claims")


@page("remittances:edit")
@require_POST
def search_paper_claims(request: PracticeRequest, pk: int) -> HttpResponse:
    """Looks for a claim; the words stay out of the address."""
    _found(request, pk)
    return redirect(
        url(request, "paper_remittance", pk, s=searches.keep(request, request.POST.get("q", ""))) + "#claims"
    )


@page("remittances:edit")
@require_POST
def attach_paper_scan(request: PracticeRequest, pk: int) -> HttpResponse:
    """Keeps a scan of the paper."""
    _found(request, pk)
    sent = request.FILES.get("scan")
    try:
        if sent is None:
            raise FileRefusedError("Choose the scan, a PDF or a picture.")
        drafts.attach(pk, sent.read(), name=sent.name or "scan", actor=request.actor)
    except FileRefusedError as error:
        return _show(request, pk, 422, scan_error=str(error))
    messages.success(request, "The scan is kept.")
    return redirect(url(request, "paper_remittance", pk))


@page("remittances:edit")
@require_POST
def discard_paper_remittance(request: PracticeRequest, pk: int) -> HttpResponse:
    """Throws it away; nothing of it was posted."""
    _found(request, pk)
    drafts.discard(pk, actor=request.actor)
    messages.success(request, "The draft is thrown away. Nothing of it was posted.")
    return redirect(url(request, "paper_remittances"))


@page("remittances:edit")
@require_POST
def finish_paper_remittance(request: PracticeRequest, pk: int) -> HttpResponse:
    """Keeps what is typed and makes the remittance of it, or says what does not add up."""
    _found(request, pk)
    drafts.save(pk, request.POST.dict(), actor=request.actor)
    try:
        row = finishing.finish(pk, actor=request.actor, practice=request.practice)
    except REFUSALS as error:
        return _show(request, pk, 422, refused=str(error))
    is_ready = row.status == Remittance.Status.READY
    said = "It is ready to post." if is_ready else "It is held; look why."
    messages.success(request, f"The remittance of {money(row.amount)} is keyed. {said}")
    return redirect(url(request, "remittance", row.pk))


def _show(request: PracticeRequest, pk: int, status: int = 200, **more: Any) -> HttpResponse:
    words = searches.words_of(request)
    found = selectors.draft_page(request.actor, pk, words)
    if found is None:
        raise Http404
    facts = base(request, "remittances") | {
        "found": found,
        "row": found.row,
        "words": words,
        "payers": PracticePayer.objects.order_by("name"),
        "labels": list(selectors.LABELS.values()),
    }
    return TemplateResponse(request, "billing/paper/draft.html", facts | more, status=status)


def _found(request: PracticeRequest, pk: int) -> None:
    if not PaperDraft.objects.filter(pk=pk, remittance__isnull=True).exists():
        raise Http404
