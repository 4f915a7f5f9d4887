"""Holding and releasing, and the list of what is on hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from billing.claims.errors import ClaimRefusedError
from billing.claims.policies import visible_claims
from billing.claims.views._pages import tabs, url
from billing.holds import selectors, services
from billing.holds.errors import HoldRefusedError
from billing.holds.forms import HoldForm
from billing.models import Hold
from practice import clock
from practice.http import PracticeRequest, page

_REFUSALS = (HoldRefusedError, ClaimRefusedError)


@page("claims:view")
@require_GET
def holds(request: PracticeRequest) -> HttpResponse:
    """What is on hold, the nearest end first."""
    found, rows = selectors.hold_list(
        request.actor, request.practice, request.GET.get("sort", ""), request.GET.get("page", "1")
    )
    facts = {
        "page": found,
        "rows": rows,
        "today": clock.today(request.practice),
        "tabs": tabs(request, "holds"),
        "may_edit": request.actor.may("claims:edit"),
    }
    return TemplateResponse(request, "billing/holds/list.html", facts)


@page("claims:edit")
@require_http_methods(["GET", "POST"])
def hold_claim(request: PracticeRequest, pk: int) -> HttpResponse:
    """Keeps a claim back."""
    claim = visible_claims(request.actor).filter(pk=pk).select_related("client", "payer").first()
    if claim is None:
        raise Http404
    facts = {"client": claim.client, "on": claim.service_on, "what": f"claim {claim.number}", "payer": claim.payer}

    def hold(**said: Any) -> Hold:
        return services.hold_claims(actor=request.actor, practice=request.practice, claim_ids=[pk], **said)[0]

    return _hold(request, hold, facts, url(request, "claim", pk))


@page("billing:edit")
@require_http_methods(["GET", "POST"])
def hold_session(request: PracticeRequest, pk: int) -> HttpResponse:
    """Keeps a session from being billed."""
    row = selectors.may_see(request.actor, pk)
    if row is None:
        raise Http404
    on = clock.local(request.practice, row.session.starts_at).date()
    facts = {"client": row.client, "on": on, "what": "session"}

    def hold(**said: Any) -> Hold:
        return services.hold_attendance(actor=request.actor, practice=request.practice, attendance_id=pk, **said)

    return _hold(request, hold, facts, url(request, "billing_day_on", on.isoformat()))


@page("claims:edit", "billing:edit")
@require_POST
def release_hold(request: PracticeRequest, pk: int) -> HttpResponse:
    """Lets it go, by hand."""
    try:
        row = services.release(actor=request.actor, hold_id=pk)
        what = "The claim" if row.claim_id else "The session"
        messages.success(request, f"{what} is released and can go on.")
    except HoldRefusedError as error:
        messages.error(request, str(error))
    return redirect(_back(request, url(request, "holds")))


def _hold(request: PracticeRequest, change: Callable[..., Hold], facts: dict[str, Any], back: str) -> HttpResponse:
    form = HoldForm(request.POST if request.method == "POST" else None)
    back = _back(request, back)
    if form.is_bound and form.is_valid():
        try:
            row = change(**form.cleaned_data)
        except _REFUSALS as error:
            form.add_error(None, str(error))
        else:
            undo = url(request, "release_hold", row.pk)
            messages.success(request, "It is on hold and left out of batches.", extra_tags=f"undo:{undo}")
            return redirect(back)
    facts |= {"form": form, "back": back, "today": clock.today(request.practice)}
    return TemplateResponse(request, "billing/holds/hold.html", facts, status=422 if form.is_bound else 200)


def _back(request: PracticeRequest, otherwise: str) -> str:
    """Where the person came from, when it is a page of ours."""
    wanted = request.POST.get("back", "")
    return wanted if wanted and url_has_allowed_host_and_scheme(wanted, None) else otherwise
