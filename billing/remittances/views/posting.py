"""What people decide about a remittance: let go, post, deposit, set aside, bring back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from billing.models import Remittance
from billing.remittances import services, undoing
from billing.remittances.forms import AsideForm, DepositForm, TakeBackForm
from billing.remittances.views._pages import REFUSALS, by_form
from billing.remittances.views.remittance import found_or_404, show
from billing.remittances.words import money
from practice.acting import act, url
from practice.http import PracticeRequest, page


@page("remittances:edit")
@require_POST
def post_remittance(request: PracticeRequest, pk: int) -> HttpResponse:
    """Posts it whole, or says why not."""
    here = url(request, "remittance", pk)
    try:
        row = services.post(pk, actor=request.actor, practice=request.practice)
    except REFUSALS as error:
        messages.error(request, str(error))
        return redirect(here)
    if row.status == Remittance.Status.POSTED:
        messages.success(request, f"{money(row.amount)} is posted. Record the deposit when it is in the bank.")
    else:
        messages.error(request, f"Nothing was posted. {row.held_for[0]['words']}")
    return redirect(here)


@page("remittances:edit")
@require_POST
def accept_remittance_hold(request: PracticeRequest, pk: int) -> HttpResponse:
    """Lets one reason to wait go, after a person looked."""

    def change() -> str:
        row = services.accept(pk, code=request.POST.get("code", ""), actor=request.actor)
        return "Let go. It is ready to post." if row.status == Remittance.Status.READY else "Let go."

    return act(request, change, url(request, "remittance", pk))


@page("remittances:edit")
@require_POST
def record_remittance_deposit(request: PracticeRequest, pk: int) -> HttpResponse:
    """Writes down that the payment is in the bank."""
    found_or_404(request, pk)
    form = DepositForm(request.POST)

    def change() -> str:
        services.record_deposit(pk, actor=request.actor, practice=request.practice, **form.cleaned_data)
        return f"The deposit of {money(form.cleaned_data['amount'])} is recorded."

    done = by_form(request, form, change, url(request, "remittance", pk))
    return done or show(request, pk, 422, deposit_form=form)


@page("remittances:edit")
@require_POST
def take_posting_back(request: PracticeRequest, pk: int) -> HttpResponse:
    """Undoes the posting by opposite entries; the remittance is held afterwards."""
    found_or_404(request, pk)
    form = TakeBackForm(request.POST, auto_id="id_back_%s")

    def change() -> str:
        row = undoing.take_back(pk, **form.cleaned_data, actor=request.actor, practice=request.practice)
        return f"The posting of {money(row.amount)} is taken back. The remittance is held."

    done = by_form(request, form, change, url(request, "remittance", pk))
    return done or show(request, pk, 422, back_form=form)


@page("remittances:edit")
@require_POST
def set_remittance_aside(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes it out of the way; the message offers to undo it."""
    found_or_404(request, pk)
    form = AsideForm(request.POST)

    def change() -> str:
        services.set_aside(pk, reason=form.cleaned_data["reason"], actor=request.actor)
        return "The remittance is set aside. Nothing of it was posted."

    undo = url(request, "bring_remittance_back", pk)
    done = by_form(request, form, change, url(request, "remittance", pk), undo)
    return done or show(request, pk, 422, aside_form=form)


@page("remittances:edit")
@require_POST
def bring_remittance_back(request: PracticeRequest, pk: int) -> HttpResponse:
    """Judges it anew."""

    def change() -> str:
        row = services.bring_back(pk, actor=request.actor)
        return f"The remittance is back: {row.get_status_display().lower()}."

    return act(request, change, url(request, "remittance", pk))
