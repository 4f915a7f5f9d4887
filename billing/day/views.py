"""Pages of the billing day."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_http_methods

from billing.day import pages, selectors
from billing.day.forms import AddSessionForm
from billing.day.selectors import ALL_OPEN
from billing.models import BillingRun
from practice import clock
from practice.http import PracticeRequest, page
from scheduling import booking
from scheduling.errors import SchedulingRefusedError


@page("billing:view")
@require_GET
def billing_day(request: PracticeRequest) -> HttpResponse:
    """The day to begin with."""
    return pages.page(request, selectors.first_day(request.actor, request.practice).isoformat())


@page("billing:view")
@require_GET
def billing_day_on(request: PracticeRequest, day: str) -> HttpResponse:
    """One day: what can be billed, what stands in the way, and what was billed."""
    return pages.page(request, pages.date_of(day).isoformat())


@page("billing:view")
@require_GET
def billing_open(request: PracticeRequest) -> HttpResponse:
    """Everything of the last thirty days that is not confirmed."""
    return pages.page(request, ALL_OPEN)


@page("billing:view")
@require_GET
def billing_progress(request: PracticeRequest, pk: int) -> HttpResponse:
    """How far a billing is; when it is done, the page with its result."""
    run = get_object_or_404(BillingRun, pk=pk)
    at = run.day.isoformat() if run.day else ALL_OPEN
    if run.status == BillingRun.Status.DONE:
        answer = HttpResponse(status=200)
        answer["HX-Redirect"] = pages.url_at(request, at, {"run": str(run.pk)})
        return answer
    facts = {"working": run, "may_edit": request.actor.may("billing:edit")}
    return TemplateResponse(request, "billing/_progress.html", facts)


@page("billing:edit")
@require_http_methods(["GET", "POST"])
def add_billed_session(request: PracticeRequest, day: str) -> HttpResponse:
    """Adds a session that was not on the calendar."""
    date = pages.date_of(day)
    form = AddSessionForm(request.POST if request.method == "POST" else None, actor=request.actor, date=date)
    if form.is_bound and form.is_valid():
        try:
            booked = booking.book(actor=request.actor, booking=form.booking())
        except SchedulingRefusedError as error:
            form.refuse(error)
        else:
            messages.success(request, f"The session with {form.cleaned_data['client']} is on this day.")
            return redirect(pages.url_at(request, day) + f"#session-{booked.session_id}")
    facts = {"form": form, "date": date, "back": pages.url_at(request, day), "today": clock.today(request.practice)}
    return TemplateResponse(request, "billing/day_add.html", facts, status=422 if form.is_bound else 200)
