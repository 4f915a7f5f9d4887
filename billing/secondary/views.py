"""What a person presses on a claim's page about the next payer."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from billing.claims.errors import ClaimRefusedError
from billing.models import Claim
from billing.money.errors import MoneyRefusedError
from billing.secondary import services
from practice.acting import act, url
from practice.http import PracticeRequest, page


@page("claims:edit")
@require_POST
def bill_next_payer(request: PracticeRequest, pk: int) -> HttpResponse:
    """Makes the claim to the client's next payer and opens it."""
    made: list[Claim] = []

    def change() -> str:
        claim = services.bill_next(actor=request.actor, practice=request.practice, claim_id=pk)
        made.append(claim)
        goes = "It needs a correction first." if claim.status == Claim.Status.DRAFT else "It is ready to send."
        return f"The claim to {claim.payer} is made. {goes}"

    response = act(request, change, url(request, "claim", pk))
    return redirect(url(request, "claim", made[0].pk)) if made else response


@page("claims:edit")
@require_POST
def send_passed_on(request: PracticeRequest, pk: int) -> HttpResponse:
    """Sends a claim that the first payer said it had passed on."""

    def change() -> str:
        services.send_ourselves(actor=request.actor, claim_id=pk)
        return "The claim goes out with the next batch."

    return act(request, change, url(request, "claim", pk))


@page("claims:edit")
@require_POST
def tell_anew(request: PracticeRequest, pk: int) -> HttpResponse:
    """Replaces a claim by one that tells the first payer's new answer."""
    made: list[Claim] = []

    def change() -> str:
        made.append(services.tell_anew(actor=request.actor, claim_id=pk))
        return "The replacement tells the new answer and is ready to send."

    response = act(request, change, url(request, "claim", pk))
    return redirect(url(request, "claim", made[0].pk)) if made else response


@page("money:edit")
@require_POST
def ask_client_instead(request: PracticeRequest, pk: int) -> HttpResponse:
    """Asks the client for what waits for the next payer."""

    def change() -> str:
        try:
            services.ask_client(actor=request.actor, claim_id=pk)
        except MoneyRefusedError as error:
            raise ClaimRefusedError(str(error)) from error
        return "The client is asked for it now."

    return act(request, change, url(request, "claim", pk))
