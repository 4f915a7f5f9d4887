"""One takeback: its figures and its story, and what people do with it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_POST

from billing.models import TakebackEvent
from billing.remittances.selectors.question import search_claims
from billing.remittances.views._pages import base, by_form, key
from billing.takebacks import placing, services
from billing.takebacks.forms import (
    AgreeForm,
    DisputeForm,
    LookForm,
    LossForm,
    PayBackForm,
    forms_of,
    place_form,
)
from billing.takebacks.selectors.record import TakebackPage, takeback_page
from practice import audit, clock, searches
from practice.acting import act, url
from practice.http import PracticeRequest, page
from practice.money import dollars as money
from practice.templatetags.caseload import day


@page("remittances:view")
@require_GET
def takeback(request: PracticeRequest, pk: int) -> HttpResponse:
    """The record's page; that it was looked at stands in the trail of each client it touches."""
    return _show(request, pk)


@page("remittances:edit")
@require_POST
def follow_up_takeback(request: PracticeRequest, pk: int) -> HttpResponse:
    """Plans the next look."""
    form = LookForm(request.POST, auto_id="id_look_%s")

    def change() -> str:
        row = services.follow_up(pk, **form.cleaned_data, actor=request.actor, practice=request.practice)
        return f"It comes back on {day(row.follow_up_on, clock.today(request.practice))}."

    return _by_form(request, pk, form, change, "look_form")


@page("remittances:edit")
@require_POST
def dispute_takeback(request: PracticeRequest, pk: int) -> HttpResponse:
    """Says that the payer is wrong."""
    form = DisputeForm(request.POST, auto_id="id_dispute_%s")

    def change() -> str:
        services.dispute(pk, **form.cleaned_data, actor=request.actor, practice=request.practice)
        return "The takeback is disputed."

    return _by_form(request, pk, form, change, "dispute_form")


@page("remittances:edit")
@require_POST
def end_dispute(request: PracticeRequest, pk: int) -> HttpResponse:
    """Ends a dispute."""
    form = AgreeForm(request.POST, auto_id="id_agree_%s")

    def change() -> str:
        services.agree(pk, **form.cleaned_data, actor=request.actor, practice=request.practice)
        return "The dispute is over."

    return _by_form(request, pk, form, change, "agree_form")


@page("remittances:edit")
@require_POST
def search_claims_of_takeback(request: PracticeRequest, pk: int) -> HttpResponse:
    """Looks for a claim by client or number; the words stay out of the address."""
    _found(request, pk)
    found = searches.keep(request, request.POST.get("q", ""))
    return redirect(url(request, "takeback", pk, s=found) + "#claims")


@page("remittances:edit")
@require_POST
def touch_takeback_claim(request: PracticeRequest, pk: int) -> HttpResponse:
    """Says that the takeback is about a claim."""
    _found(request, pk)
    claim_id = key(request.POST.get("claim", ""))
    if claim_id is None:
        raise Http404

    def change() -> str:
        services.touch(pk, claim_id=claim_id, actor=request.actor)
        return "The takeback is about this claim now."

    return act(request, change, url(request, "takeback", pk))


@page("remittances:edit")
@require_POST
def place_takeback(request: PracticeRequest, pk: int) -> HttpResponse:
    """Puts what was taken on its claim."""
    form = place_form(_found(request, pk), request.POST)

    def change() -> str:
        said = form.cleaned_data
        placing.place(pk, claim_id=said["claim"], amount=said["amount"], actor=request.actor, practice=request.practice)
        return f"{money(said['amount'])} is open with the payer again on this claim."

    return _by_form(request, pk, form, change, "place_form")


@page("remittances:edit")
@require_POST
def pay_takeback_back(request: PracticeRequest, pk: int) -> HttpResponse:
    """Writes down money sent to the payer."""
    form = PayBackForm(request.POST, auto_id="id_pay_%s")

    def change() -> str:
        placing.pay_back(pk, **form.cleaned_data, actor=request.actor, practice=request.practice)
        return f"{money(form.cleaned_data['amount'])} is written down as paid back."

    return _by_form(request, pk, form, change, "pay_form")


@page("remittances:edit")
@require_POST
def take_takeback_as_loss(request: PracticeRequest, pk: int) -> HttpResponse:
    """Closes what no claim here explains."""
    form = LossForm(request.POST, auto_id="id_loss_%s")

    def change() -> str:
        placing.take_loss(pk, **form.cleaned_data, actor=request.actor, practice=request.practice)
        return "What no claim explains is taken as a loss."

    return _by_form(request, pk, form, change, "loss_form")


@page("remittances:edit")
@require_POST
def undo_takeback_event(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes back what somebody did with a takeback."""
    event = get_object_or_404(TakebackEvent.objects.all(), pk=pk)

    def change() -> str:
        placing.undo(pk, actor=request.actor, practice=request.practice)
        return "It is undone by the opposite entry."

    return act(request, change, url(request, "takeback", event.takeback_id))


def _by_form(request: PracticeRequest, pk: int, form: Any, change: Any, name: str) -> HttpResponse:
    _found(request, pk)
    done = by_form(request, form, change, url(request, "takeback", pk))
    return done or _show(request, pk, 422, **{name: form})


def _show(request: PracticeRequest, pk: int, status: int = 200, **forms: Any) -> HttpResponse:
    found = _found(request, pk)
    _written_down(request, found)
    facts = base(request, "payer_balances") | forms_of(found, clock.today(request.practice))
    words = searches.words_of(request)
    facts |= {
        "found": found,
        "row": found.row,
        "words": words,
        "more": list(search_claims(request.actor, words)[:8]) if words else [],
        "may_edit": request.actor.may("remittances:edit"),
    }
    return TemplateResponse(request, "billing/takebacks/takeback.html", facts | forms, status=status)


def _found(request: PracticeRequest, pk: int) -> TakebackPage:
    found = takeback_page(request.actor, pk, clock.today(request.practice))
    if found is None:
        raise Http404
    return found


def _written_down(request: PracticeRequest, found: TakebackPage) -> None:
    clients = dict.fromkeys(one.claim.client_id for one in found.claims)
    audit.record_many(
        audit.event("takeback.viewed", actor=request.actor, row=found.row, client_id=client)
        for client in [*clients, None]
    )
