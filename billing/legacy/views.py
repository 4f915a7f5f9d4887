"""Makes a claim of a former system from a remittance, and undoes it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from billing.legacy import making
from billing.models import Claim, RemittanceClaim
from billing.remittances.views._pages import REFUSALS, key
from billing.remittances.views.remittance import back, show
from practice.acting import act, url
from practice.http import PracticeRequest, page
from practice.money import dollars as money


@page("remittances:edit", "billing:edit")
@require_POST
def make_legacy_claim(request: PracticeRequest, pk: int) -> HttpResponse:
    """One step: the claim is made and matched; 422 with the page when something is missing for it."""
    row = get_object_or_404(RemittanceClaim.objects.all(), pk=pk)
    client, clinician = key(request.POST.get("client", "")), key(request.POST.get("clinician", ""))
    if client is None or clinician is None:
        return show(request, row.remittance_id, 422, legacy_error="Choose the client and who treated them.")
    try:
        claim = making.make(
            pk, client_id=client, clinician_id=clinician, actor=request.actor, practice=request.practice
        )
    except REFUSALS as error:
        return show(request, row.remittance_id, 422, legacy_error=str(error))
    said = f"A claim of {money(claim.total)} for {claim.client.name} is made from it."
    messages.success(request, said, extra_tags=f"undo:{url(request, 'undo_legacy_claim', claim.pk)}")
    return redirect(back(request, row.remittance_id))


@page("remittances:edit", "billing:edit")
@require_POST
def undo_legacy_claim(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes it back, while nothing rests on it."""
    get_object_or_404(Claim.objects.all(), pk=pk)
    rows = RemittanceClaim.objects.filter(claim=pk).values_list("remittance_id", flat=True)
    remittance = rows.first()

    def change() -> str:
        making.undo(pk, actor=request.actor, practice=request.practice)
        return "The claim of the former system is undone. Its answer waits again."

    return act(request, change, url(request, "remittance", remittance) if remittance else url(request, "claim", pk))
