"""Correct and resend: one form that shows what will be sent, for claims that came back and claims that were judged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_POST

from billing.claims import correcting, previewing, resending
from billing.claims.correcting import Correction
from billing.claims.errors import ClaimRefusedError
from billing.claims.forms import CorrectionForm, initial_of
from billing.claims.policies import visible_claims
from billing.claims.selectors import correction as selectors
from billing.claims.selectors.correction import Correctable
from billing.fixes.places import REPLACEABLE
from billing.models import Claim
from practice import clock
from practice.acting import url
from practice.http import PracticeRequest, page
from practice.setup import directory


@page("claims:edit")
@require_http_methods(["GET", "POST"])
def correct_claim(request: PracticeRequest, pk: int) -> HttpResponse:
    """Corrects a claim that waits here or was rejected, and sends it again."""
    return _page(request, pk, replaces=False)


@page("claims:edit")
@require_http_methods(["GET", "POST"])
def replace_claim(request: PracticeRequest, pk: int) -> HttpResponse:
    """Makes a claim in place of one the payer has decided, and sends it."""
    return _page(request, pk, replaces=True)


@page("claims:edit")
@require_POST
def preview_claim(request: PracticeRequest, pk: int) -> HttpResponse:
    """The claim as it would leave with what stands in the form; nothing is saved."""
    claim = visible_claims(request.actor).filter(pk=pk).first()
    if claim is None:
        raise Http404
    replaces = claim.status in REPLACEABLE
    form = _form(request, selectors.correctable(request.actor, pk, request.practice) or _gone(), replaces=replaces)
    correction = form.correction() if form.is_valid() else None
    shown = previewing.preview(pk, correction, request.practice, replaces=replaces)
    facts = {"preview": shown, "claim": claim, "incomplete": correction is None}
    return TemplateResponse(request, "billing/claims/_preview.html", facts)


def _page(request: PracticeRequest, pk: int, *, replaces: bool) -> HttpResponse:
    found = selectors.correctable(request.actor, pk, request.practice) or _gone()
    form = _form(request, found, replaces=replaces)
    if request.method == "POST" and form.is_valid():
        try:
            return _done(request, found.claim, form.correction(), replaces=replaces)
        except ClaimRefusedError as error:
            form.add_error(None, str(error))
    return _show(request, found, form, replaces=replaces)


def _done(request: PracticeRequest, claim: Claim, correction: Correction, *, replaces: bool) -> HttpResponse:
    """Saves it, and batches it where that was asked for."""
    if request.POST.get("then") == "keep":
        keep: Callable[..., Claim] = correcting.replace if replaces else correcting.correct
        made = keep(actor=request.actor, claim_id=claim.pk, correction=correction)
        messages.success(request, "The replacement is ready to send." if replaces else "The claim is ready to send.")
        return redirect(url(request, "claim", made.pk))
    resend = resending.replace_and_resend if replaces else resending.correct_and_resend
    sent = resend(actor=request.actor, claim_id=claim.pk, correction=correction)
    undo = url(request, "hold_batch_back", sent.batch.pk) if sent.batch else ""
    messages.success(request, resending.sentence_of(sent), extra_tags=f"undo:{undo}" if undo else "")
    return redirect(url(request, "claim", sent.claims[0].pk if sent.claims else claim.pk))


def _show(request: PracticeRequest, found: Correctable, form: CorrectionForm, *, replaces: bool) -> HttpResponse:
    correction = form.correction() if form.is_bound and form.is_valid() else None
    facts: dict[str, Any] = {
        "form": form,
        "found": found,
        "claim": found.claim,
        "replaces": replaces,
        "today": clock.today(request.practice),
        "preview": previewing.preview(found.claim.pk, correction, request.practice, replaces=replaces),
        "link": found.reason.link(request.practice.slug, found.subject, request.actor) if found.reason else None,
    }
    return TemplateResponse(request, "billing/claims/correct.html", facts, status=422 if form.is_bound else 200)


def _form(request: PracticeRequest, found: Correctable, *, replaces: bool) -> CorrectionForm:
    return CorrectionForm(
        request.POST if request.method == "POST" else None,
        initial=initial_of(found.claim, found.lines),
        lines=found.lines,
        places=list(directory.places()),
        service_on=found.claim.service_on,
        plans=() if replaces else found.plans,
        late=_is_late(found.claim, clock.today(request.practice), replaces=replaces),
    )


def _is_late(claim: Claim, today: dt.date, *, replaces: bool) -> bool:
    """Whether it comes after its deadline; a replacement has the time of the claim it is for."""
    own = not replaces and claim.replaces_id is None
    return own and claim.file_by is not None and claim.file_by < today


def _gone() -> Correctable:
    raise Http404
