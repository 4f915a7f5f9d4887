"""One claim: what was sent, what came back, what became of the money, and putting it right."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_POST

from billing.claims import correcting
from billing.claims.selectors.claim import ClaimPage, claim_page
from billing.models import Claim
from billing.secondary.selectors import pair_of
from billing.statuses.selectors import asked
from practice import audit, clock
from practice.acting import Done, act, url
from practice.http import PracticeRequest, page


@page("claims:view")
@require_GET
def claim(request: PracticeRequest, pk: int) -> HttpResponse:
    """The claim's page; that it was looked at stands in the trail."""
    found = _found(request, pk)
    audit.record("claim.viewed", actor=request.actor, row=found.claim, client_id=found.claim.client_id)
    facts = {
        "found": found,
        "claim": found.claim,
        "asked": asked(found.claim, request.actor),
        "pair": pair_of(request.actor, found.claim, clock.today(request.practice)),
        "may_move": request.actor.may("money:edit"),
        "today": clock.today(request.practice),
        "may_edit": request.actor.may("claims:edit"),
        "may_work": request.actor.may("remittances:view"),
    }
    return TemplateResponse(request, "billing/claims/claim.html", facts)


@page("claims:edit")
@require_POST
def void_claim(request: PracticeRequest, pk: int) -> HttpResponse:
    """Makes the claim that voids this one; it is ready and can be withdrawn until it leaves."""
    made: list[Claim] = []

    def change() -> str:
        made.append(correcting.void(actor=request.actor, claim_id=pk))
        return "The void is made and ready to send."

    response = act(request, change, url(request, "claim", pk))
    return redirect(url(request, "claim", made[0].pk)) if made else response


@page("claims:edit")
@require_POST
def withdraw_claim(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes back a claim that has not left; an original can be made ready again, a replacement is made anew."""
    again = url(request, "restore_claim", pk)

    def change() -> Done:
        claim = correcting.withdraw(actor=request.actor, claim_id=pk)
        if claim.replaces_id is not None:
            return Done("This claim is withdrawn. The one before it is again what it was.")
        if refusal := correcting.why_not_restored(claim):
            return Done(f"The claim is withdrawn. {refusal}")
        return Done("The claim is withdrawn. Its session stays billed; nobody is asked for the money meanwhile.", again)

    return act(request, change, url(request, "claim", pk))


@page("claims:edit")
@require_POST
def restore_claim(request: PracticeRequest, pk: int) -> HttpResponse:
    """Makes a withdrawn claim ready again."""

    def change() -> str:
        correcting.restore(actor=request.actor, claim_id=pk)
        return "The claim is ready to send again, under a new number."

    return act(request, change, url(request, "claim", pk))


@page("claims:edit")
@require_POST
def note_claim(request: PracticeRequest, pk: int) -> HttpResponse:
    """Adds a note to the claim's history."""

    def change() -> str:
        correcting.note(actor=request.actor, claim_id=pk, text=request.POST.get("text", ""))
        return "The note is kept."

    return act(request, change, url(request, "claim", pk))


def _found(request: PracticeRequest, pk: int) -> ClaimPage:
    found = claim_page(request.actor, pk, request.practice)
    if found is None:
        raise Http404
    return found
