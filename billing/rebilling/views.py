"""The page that bills another payer for what one refused, and taking that back."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_POST

from billing import kept
from billing.claims.errors import ClaimRefusedError
from billing.claims.resending import Resent
from billing.rebilling import services
from billing.rebilling.adding import add_and_bill
from billing.rebilling.forms import NEW, InsteadForm
from billing.rebilling.selectors import Instead, instead_of
from clients.errors import ClientRefusedError
from practice import clock
from practice.acting import act, url
from practice.http import PracticeRequest, page
from practice.today import counted

KIND: Final = "instead"


@page("claims:edit")
@require_http_methods(["GET", "POST"])
def bill_instead(request: PracticeRequest, pk: int) -> HttpResponse:
    """Chooses or adds the plan that is billed instead, and bills it."""
    found = instead_of(request.actor, pk, clock.today(request.practice))
    if found is None:
        raise Http404
    form = _form(request, found)
    if request.method == "POST" and form.is_valid():
        try:
            return _done(request, found, _bill(request, pk, form.cleaned_data))
        except ClientRefusedError as error:
            form.refuse(error)
        except ClaimRefusedError as error:
            form.add_error(None, str(error))
    facts = {"found": found, "claim": found.claim, "form": form, "today": clock.today(request.practice)}
    return TemplateResponse(request, "billing/claims/instead.html", facts, status=422 if form.is_bound else 200)


@page("claims:edit")
@require_POST
def undo_instead(request: PracticeRequest) -> HttpResponse:
    """Takes back what one click billed to another payer, while it is here."""
    ids = kept.kept_ids(request, KIND)

    def change() -> str:
        if not ids:
            raise ClaimRefusedError(kept.GONE)
        claims = services.take_back(actor=request.actor, claim_ids=ids)
        stand = "stands" if len(claims) == 1 else "stand"
        return f"{counted(len(claims), 'claim')} withdrawn. What was refused before {stand} again as it was."

    return act(request, change, url(request, "denials"))


def undo_of(request: PracticeRequest, sent: Resent) -> str:
    """The address that takes back what was billed; empty where nothing was."""
    ids = [claim.pk for claim in (*sent.claims, *sent.kept)]
    return url(request, "undo_instead", of=kept.keep_ids(request, KIND, ids)) if ids else ""


def _form(request: PracticeRequest, found: Instead) -> InsteadForm:
    named = next((one.payer for one in found.found if one.payer is not None), None)
    first = str(found.plans[0].coverage.pk) if found.plans else NEW
    initial = {"plan": first, "payer": named, "starts_on": found.claim.service_on}
    sent: Any = request.POST if request.method == "POST" else None
    today, may_add = clock.today(request.practice), request.actor.may("clients:edit")
    return InsteadForm(sent, initial=initial, plans=found.plans, may_add=may_add, today=today)


def _bill(request: PracticeRequest, claim_id: int, given: dict[str, Any]) -> Resent:
    said: dict[str, Any] = {"actor": request.actor, "practice": request.practice, "claim_id": claim_id}
    late = given["delay_reason"]
    if given["plan"] != NEW:
        return services.bill_instead(**said, coverage_id=int(given["plan"]), delay_reason=late)
    plan = {name: given[name] for name in ("payer", "member_id", "group_number", "starts_on")}
    return add_and_bill(**said, **plan, delay_reason=late)


def _done(request: PracticeRequest, found: Instead, sent: Resent) -> HttpResponse:
    claim = (*sent.claims, *sent.kept)[0]
    goes = (
        "It needs a correction before it can go."
        if sent.kept
        else "It is ready; nothing leaves without a clearinghouse."
    )
    if sent.batch is not None:
        goes = f"It is in batch {sent.batch.pk}, which leaves soon."
    words = f"{claim.payer} is billed instead of {found.claim.payer}. {goes}"
    messages.success(request, words, extra_tags=f"undo:{undo_of(request, sent)}")
    return redirect(url(request, "claim", claim.pk))
