"""Asking a payer from the page of a claim."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_POST

from billing.claims.policies import visible_claims
from billing.claims.views._pages import number
from billing.models import ClaimStatusCheck, Request
from billing.statuses import again, asking, missing
from billing.statuses.selectors import asked
from practice import audit, clock, files
from practice.acting import act, url
from practice.http import PracticeRequest, page

_CONTENT = "application/edi-x12"


@page("claims:edit")
@require_POST
def ask_payer(request: PracticeRequest, pk: int) -> HttpResponse:
    """Asks where the claim stands, now."""

    def change() -> str:
        check = asking.ask(actor=request.actor, claim_id=pk)
        return f"{check.claim.payer} is being asked about the claim."

    return act(request, change, url(request, "claim", pk) + "#asked")


@page("claims:view")
@require_GET
def claim_asked(request: PracticeRequest, pk: int) -> HttpResponse:
    """The card of a claim that waits for an answer."""
    claim = visible_claims(request.actor).select_related("payer").filter(pk=pk).first()
    if claim is None:
        raise Http404
    found = asked(claim, request.actor)
    facts = {"asked": found, "practice": request.practice, "today": clock.today(request.practice)}
    answer = TemplateResponse(request, "billing/statuses/_asked.html", facts)
    if request.htmx and not found.is_under_way:
        answer["HX-Refresh"] = "true"
    return answer


@page("claims:view")
@require_GET
def missing_claims(request: PracticeRequest) -> HttpResponse:
    """The claims that their payers do not have, of one file or of all."""
    file = number(request, "file")
    found, rows = missing.listed(request.actor, file, request.GET.get("page", "1"))
    facts = {
        "page": found,
        "rows": rows,
        "file": get_object_or_404(Request.objects.all(), pk=file) if file else None,
        "today": clock.today(request.practice),
        "may_edit": request.actor.may("claims:edit"),
    }
    return TemplateResponse(request, "billing/statuses/missing.html", facts)


@page("claims:edit")
@require_POST
def work_missing_claims(request: PracticeRequest) -> HttpResponse:
    """Sends the chosen ones again, or asks about them again."""
    chosen = [int(text) for text in request.POST.getlist("claim") if text.isascii() and text.isdigit()]

    def change() -> str:
        if request.POST.get("act") == "ask":
            asked = len(again.ask_again(actor=request.actor, claim_ids=chosen))
            return f"{asked} claim{' is' if asked == 1 else 's are'} being asked about again."
        sent = len(again.send_again(actor=request.actor, claim_ids=chosen))
        left = f" {len(chosen) - sent} left: sent within the day, or on hold." if sent < len(chosen) else ""
        return f"{sent} claim{' goes' if sent == 1 else 's go'} again with the next batch.{left}"

    if request.POST.get("from") == "claim" and chosen:
        return act(request, change, url(request, "claim", chosen[0]))
    return act(request, change, url(request, "missing_claims", file=request.GET.get("file", "")))


@page("claims:view")
@require_GET
def claim_status_file(request: PracticeRequest, pk: int, kind: str) -> HttpResponse:
    """The bytes of the question or of the answer, as they went and came."""
    rows = ClaimStatusCheck.objects.filter(claim__in=visible_claims(request.actor))
    row = rows.select_related("inquiry", "answer", "claim").filter(pk=pk).first()
    file = {"276": row.inquiry, "277": row.answer}.get(kind) if row else None
    if row is None or file is None:
        raise Http404
    client_id = row.claim.client_id
    audit.record("claim.status_downloaded", actor=request.actor, row=row, client_id=client_id, after={"kind": kind})
    answer = HttpResponse(files.read(file), content_type=_CONTENT)
    answer["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return answer
