"""What people decide about a run: compute, approve, withdraw, lock, discard."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from payroll import services
from payroll.calculation.words import money
from payroll.runs.forms import WithdrawForm
from payroll.runs.views._pages import REFUSALS, by_form, found_or_404
from payroll.runs.views.run import show
from payroll.runs.words import people
from practice.acting import act, url
from practice.http import PracticeRequest, page


@page("payroll:edit")
@require_POST
def compute_pay_run(request: PracticeRequest, pk: int) -> HttpResponse:
    """Has a worker compute it; the page then shows how far it is."""

    def change() -> str:
        services.ask_to_compute(actor=request.actor, run_id=pk)
        return ""

    return act(request, change, url(request, "pay_run", pk))


@page("payroll:edit")
@require_POST
def approve_pay_run(request: PracticeRequest, pk: int) -> HttpResponse:
    """Freezes it, where it still comes to what the page said."""

    def change() -> str:
        run = services.approve(actor=request.actor, run_id=pk, gross=_amount(request.POST.get("gross", "")))
        return f"Approved: {money(run.gross)} to {people(run.people)}."

    return act(request, change, url(request, "pay_run", pk))


@page("payroll:edit")
@require_POST
def withdraw_pay_run_approval(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes the approval back, with the reason."""
    found_or_404(request, pk)
    form = WithdrawForm(request.POST)
    run = by_form(form, lambda: services.withdraw_approval(actor=request.actor, run_id=pk, **form.cleaned_data))
    if run is None:
        return show(request, pk, 422, withdraw_form=form)
    messages.success(request, "The approval is withdrawn. The run can be computed again.")
    return redirect(url(request, "pay_run", pk))


@page("payroll:edit")
@require_POST
def lock_pay_run(request: PracticeRequest, pk: int) -> HttpResponse:
    """Closes it for good: the provider took the files."""

    def change() -> str:
        services.lock(actor=request.actor, run_id=pk)
        return "The run is locked."

    return act(request, change, url(request, "pay_run", pk))


@page("payroll:edit")
@require_POST
def discard_pay_run(request: PracticeRequest, pk: int) -> HttpResponse:
    """Throws an open run away."""
    try:
        services.discard_run(actor=request.actor, run_id=pk)
    except REFUSALS as error:
        messages.error(request, str(error))
        return redirect(url(request, "pay_run", pk))
    messages.success(request, "The run is discarded. What it would have paid waits for the next one.")
    return redirect(url(request, "payroll"))


def _amount(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
