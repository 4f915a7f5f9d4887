"""Opening runs: the next one of a schedule, and off-cycle ones."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_POST

from payroll import services
from payroll.models import PaySchedule
from payroll.runs.forms import OffCycleForm
from payroll.runs.selectors import coming
from payroll.runs.views._pages import REFUSALS, by_form
from practice import clock
from practice.acting import url
from practice.http import PracticeRequest, page

_BIGGEST = 18


@page("payroll:edit")
@require_POST
def open_pay_run(request: PracticeRequest) -> HttpResponse:
    """Opens the run of a schedule's next period."""
    sent = request.POST.get("schedule", "")
    number = int(sent) if sent.isascii() and sent.isdigit() and len(sent) <= _BIGGEST else 0
    try:
        run = services.open_run(actor=request.actor, schedule_id=number)
    except REFUSALS as error:
        messages.error(request, str(error))
        return redirect(url(request, "payroll"))
    return redirect(url(request, "pay_run", run.pk))


@page("payroll:edit")
@require_http_methods(["GET", "POST"])
def open_off_cycle_pay_run(request: PracticeRequest) -> HttpResponse:
    """A run between the regular ones: what is unpaid up to a day, of some people or of everybody."""
    schedules, today = list(PaySchedule.objects.order_by("name", "starts_on")), clock.today(request.practice)
    initial = {"through": today, "pay_on": coming.first_pay_day(today)}
    form = OffCycleForm(request.POST or None, schedules=schedules, people=coming.payable(), initial=initial)
    if form.is_bound:
        run = by_form(form, lambda: services.open_off_cycle_run(actor=request.actor, **form.cleaned_data))
        if run is not None:
            return redirect(url(request, "pay_run", run.pk))
    facts = {"form": form, "schedules": schedules, "today": today}
    return TemplateResponse(request, "payroll/runs/off_cycle.html", facts, status=422 if form.is_bound else 200)
