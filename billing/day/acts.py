"""What is done on the billing day: bill, stop, undo, and put a row right in place."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from billing.day import answers, entry, fixing, pages, services, undoing, words
from billing.day.errors import BillingRefusedError
from billing.day.selectors import ALL_OPEN
from billing.models import BillingRun
from practice.http import PracticeRequest, page
from scheduling import attending
from scheduling.confirming import save_facts
from scheduling.errors import SchedulingRefusedError


@page("billing:edit")
@require_POST
def bill(request: PracticeRequest) -> HttpResponse:
    """Starts billing what was chosen; who presses the button attests."""
    at, ids = answers.at(request), answers.chosen(request)
    attested = request.POST.get("attested") == "yes"
    day = None if at == ALL_OPEN else pages.date_of(at)
    try:
        run = services.bill(
            actor=request.actor, practice=request.practice, attendance_ids=ids, attested=attested, day=day
        )
    except BillingRefusedError as error:
        messages.error(request, str(error))
        return redirect(pages.url_at(request, at))
    return redirect(pages.url_at(request, at, {"run": str(run.pk)}))


@page("billing:edit")
@require_POST
def stop_billing(request: PracticeRequest, pk: int) -> HttpResponse:
    """Ends a billing after what it has in hand."""
    run = services.stop_run(actor=request.actor, run_id=pk)
    return redirect(pages.url_at(request, _at_run(run), {"run": str(run.pk)}))


@page("billing:edit")
@require_POST
def undo_billing(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes a billing back."""
    run = get_object_or_404(BillingRun, pk=pk)
    try:
        services.undo_run(actor=request.actor, practice=request.practice, run_id=pk)
    except BillingRefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"The billing of {words.count(len(run.billed_ids), 'session')} is undone.")
    return redirect(pages.url_at(request, _at_run(run)))


@page("billing:edit")
@require_POST
def undo_billed_session(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes the billing of one session back."""
    try:
        row = undoing.undo_session(actor=request.actor, practice=request.practice, attendance_id=pk)
    except BillingRefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{row.client}: the billing is undone.")
    return redirect(pages.url_at(request, answers.at(request), row=pk))


@page("billing:edit")
@require_POST
def save_billing_facts(request: PracticeRequest, pk: int) -> HttpResponse:
    """Saves one fact of a session; what cannot be saved comes back with the sentence, nothing lost."""
    row, name = answers.row(request, pk), request.POST.get("field", "")
    values = {key: str(value) for key, value in request.POST.items()}
    try:
        save_facts(row, entry.facts(name, values, row, request.practice), request.actor)
    except SchedulingRefusedError as error:
        return answers.refused(request, pk, name, error)
    return answers.again(request, pk)


@page("billing:edit")
@require_POST
def set_billing_status(request: PracticeRequest, pk: int) -> HttpResponse:
    """Says what happened: held, canceled late, not come to, canceled."""
    row = answers.row(request, pk)
    before = row.status
    try:
        status = request.POST.get("value") or request.GET.get("value", "")
        changed = attending.set_status(actor=request.actor, attendance_id=pk, status=status)
    except SchedulingRefusedError as error:
        messages.error(request, str(error))
    else:
        undo = reverse("set_billing_status", args=[request.practice.slug, pk])
        words_ = f"{changed.client}: {changed.get_status_display().lower()}."
        messages.success(request, words_, extra_tags=f"undo:{undo}?value={before}&at={answers.at(request)}")
    return redirect(pages.url_at(request, answers.at(request), row=pk))


@page("billing:edit")
@require_POST
def use_scheduled_times(request: PracticeRequest) -> HttpResponse:
    """Takes the scheduled times as the actual ones, for the sessions that were named."""
    count = fixing.use_scheduled_times(actor=request.actor, attendance_ids=answers.chosen(request))
    said = words.count(count, "session")
    messages.success(request, f"The scheduled times are on record for {said}.")
    return redirect(pages.url_at(request, answers.at(request)))


def _at_run(run: BillingRun) -> str:
    return run.day.isoformat() if run.day else ALL_OPEN
