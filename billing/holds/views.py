"""Holding and releasing, and the list of what is on hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from billing import kept
from billing.claims.errors import ClaimRefusedError
from billing.claims.policies import visible_claims
from billing.claims.selectors import listing
from billing.claims.views._pages import number, tabs
from billing.holds import many, selectors, services
from billing.holds.errors import HoldRefusedError
from billing.holds.forms import HoldForm
from billing.holds.selectors import Wanted
from billing.models import Hold
from practice import clock
from practice.acting import url
from practice.http import PracticeRequest, page
from practice.today import counted

KIND: Final = "holds"
KEPT: Final = ("payer", "sort", "page")
_REFUSALS = (HoldRefusedError, ClaimRefusedError)


@page("claims:view")
@require_GET
def holds(request: PracticeRequest) -> HttpResponse:
    """What is on hold, the nearest end first."""
    wanted = _wanted(request)
    found, rows = selectors.hold_list(request.actor, request.practice, wanted)
    facts = {
        "wanted": wanted,
        "payers": listing.filters()["payers"],
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
def release_holds(request: PracticeRequest) -> HttpResponse:
    """Lets everything go that was chosen, or all that matches."""
    every = request.POST.get("every") == "1"
    chosen = [int(text) for text in request.POST.getlist("hold") if text.isascii() and text.isdigit()]
    try:
        ids = selectors.ids_of(request.actor, _wanted(request)) if every else chosen
        rows = many.release_many(actor=request.actor, hold_ids=ids)
        said = f"{counted(len(rows), 'hold')} released; what was held can go on."
        messages.success(request, said, extra_tags=f"undo:{_undo(request, [row.pk for row in rows])}")
    except HoldRefusedError as error:
        messages.error(request, str(error))
    return redirect(_back(request, url(request, "holds", **{name: request.GET.get(name, "") for name in KEPT})))


@page("claims:edit", "billing:edit")
@require_POST
def hold_again(request: PracticeRequest) -> HttpResponse:
    """Takes a release back: what has not gone on meanwhile is held as before."""
    ids = kept.kept_ids(request, KIND)
    if not ids:
        messages.error(request, kept.GONE)
        return redirect(url(request, "holds"))
    again, left = many.hold_again(actor=request.actor, practice=request.practice, hold_ids=ids)
    rest = f" {counted(left, 'hold')} stayed released: what was held went on, or its day has come." if left else ""
    messages.success(request, f"{counted(len(again), 'hold')} again as before.{rest}")
    return redirect(url(request, "holds"))


@page("claims:edit", "billing:edit")
@require_POST
def release_hold(request: PracticeRequest, pk: int) -> HttpResponse:
    """Lets it go, by hand."""
    try:
        row = services.release(actor=request.actor, hold_id=pk)
        what = "The claim" if row.claim_id else "The session"
        messages.success(request, f"{what} is released and can go on.", extra_tags=f"undo:{_undo(request, [row.pk])}")
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


def _wanted(request: PracticeRequest) -> Wanted:
    return Wanted(number(request, "payer"), request.GET.get("sort", ""), request.GET.get("page", "1"))


def _undo(request: PracticeRequest, ids: list[int]) -> str:
    return url(request, "hold_again", of=kept.keep_ids(request, KIND, ids))


def _back(request: PracticeRequest, otherwise: str) -> str:
    """Where the person came from, when it is a page of ours."""
    wanted = request.POST.get("back", "")
    return wanted if wanted and url_has_allowed_host_and_scheme(wanted, None) else otherwise
