"""A person says which claim or session a remittance speaks of."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from billing.models import RemittanceClaim, RemittanceLine
from billing.remittances import hands
from billing.remittances.views._pages import REFUSALS, key
from billing.remittances.views.remittance import back, found_or_404, show
from practice import searches
from practice.acting import act, url
from practice.http import PracticeRequest, page

NOT_OURS = "none"
_LINE = "line-"


@page("remittances:edit")
@require_POST
def match_remittance_claim(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes the chosen claim, or none of them; 422 with the page when nothing was chosen."""
    row = get_object_or_404(RemittanceClaim.objects.all(), pk=pk)
    choice = request.POST.get("claim", "")
    claim_id = key(choice)
    if claim_id is None and choice != NOT_OURS:
        return show(request, row.remittance_id, 422, match_error="Choose the session, or none of these.")
    try:
        if claim_id is None:
            hands.mark_not_ours(pk, actor=request.actor)
            said = f"{row.client_name or 'The claim'} is marked as not yours."
        else:
            matched = hands.match_by_hand(pk, claim_id=claim_id, actor=request.actor)
            said = f"Matched to {matched.claim.client.name}." if matched.claim else "Matched."
    except REFUSALS as error:
        return show(request, row.remittance_id, 422, match_error=str(error))
    messages.success(request, said, extra_tags=f"undo:{url(request, 'unmatch_remittance_claim', pk)}")
    return redirect(back(request, row.remittance_id))


@page("remittances:edit")
@require_POST
def unmatch_remittance_claim(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes a match back."""
    row = get_object_or_404(RemittanceClaim.objects.all(), pk=pk)

    def change() -> str:
        hands.unmatch(pk, actor=request.actor)
        return "The match is taken back."

    return act(request, change, back(request, row.remittance_id, claim=str(pk)))


@page("remittances:edit")
@require_POST
def match_remittance_line(request: PracticeRequest, pk: int) -> HttpResponse:
    """Says which of the claim's lines the payer means."""
    line = get_object_or_404(RemittanceLine.objects.select_related("remittance_claim"), pk=pk)
    charge_id = key(request.POST.get("charge", ""))
    if charge_id is None:
        raise Http404

    def change() -> str:
        hands.match_line(pk, charge_id=charge_id, actor=request.actor)
        return "The line has its session."

    return act(request, change, back(request, line.remittance_claim.remittance_id))


@page("remittances:edit")
@require_POST
def match_remittance_lines(request: PracticeRequest, pk: int) -> HttpResponse:
    """Says which of the claims' lines the payer means, for all that were chosen at once."""
    found_or_404(request, pk)
    sent = {
        key(name.removeprefix(_LINE)): key(value)
        for name, value in request.POST.dict().items()
        if name.startswith(_LINE)
    }
    pairs = {line: charge for line, charge in sent.items() if line is not None and charge is not None}

    def change() -> str:
        count = hands.match_several(pk, pairs, actor=request.actor)
        return "The line has its session." if count == 1 else f"{count} lines have their session."

    return act(request, change, back(request, pk))


@page("remittances:edit")
@require_POST
def search_claims_for_remittance(request: PracticeRequest, pk: int) -> HttpResponse:
    """Looks for a claim by name or number; the words stay out of the address."""
    row = get_object_or_404(RemittanceClaim.objects.all(), pk=pk)
    found = searches.keep(request, request.POST.get("q", ""))
    return redirect(back(request, row.remittance_id, claim=str(pk), s=found) + "#match")
