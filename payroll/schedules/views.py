"""The pages of pay schedules."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from payroll import services
from payroll.calculation.calendars import Period
from payroll.calculation.words import count, dated
from payroll.models import PaySchedule
from payroll.pages import by_form, sent
from payroll.schedules import selectors
from payroll.schedules.forms import EndScheduleForm, ScheduleForm, defaults
from payroll.tabs import tabs
from payroll.words import since
from practice import clock
from practice.acting import act, url
from practice.http import PracticeRequest, page

_AHEAD: Final = dt.timedelta(days=400)


@page("payroll:view")
@require_GET
def pay_schedules(request: PracticeRequest) -> HttpResponse:
    """Every schedule with its periods and pay dates of the next months."""
    return _list(request)


@page("payroll:edit")
@require_http_methods(["GET", "POST"])
def add_pay_schedule(request: PracticeRequest) -> HttpResponse:
    """A schedule with its periods."""
    form = ScheduleForm(sent(request), initial=defaults())

    def change() -> str:
        row = services.add_schedule(actor=request.actor, **form.cleaned_data)
        return f"“{row.name}” pays {row.get_payees_display().lower()} {since(row.starts_on, None)}."

    if request.method == "POST":
        done = by_form(request, form, change, url(request, "pay_schedules"))
        return done or _form(request, form, status=422)
    return _form(request, form)


@page("payroll:edit")
@require_POST
def choose_pay_schedule(request: PracticeRequest) -> HttpResponse:
    """The form as it is being filled, with the periods it would make."""
    given = {name: request.POST.get(name, "") for name in ScheduleForm.base_fields if name in request.POST}
    return _form(request, ScheduleForm(initial=defaults() | given), ScheduleForm(request.POST, initial=defaults()))


@page("payroll:edit")
@require_POST
def end_pay_schedule(request: PracticeRequest, pk: int) -> HttpResponse:
    """Says the last day of a schedule."""
    row = _schedule(pk)
    form = EndScheduleForm(request.POST)

    def change() -> str:
        services.end_schedule(actor=request.actor, schedule_id=pk, ends_on=form.cleaned_data["ends_on"])
        return f"“{row.name}” ends {dated(form.cleaned_data['ends_on'])}."

    undo = "" if row.ends_on else url(request, "keep_pay_schedule", pk)
    done = by_form(request, form, change, url(request, "pay_schedules"), undo)
    return done or _list(request, 422, ending=pk, end_form=form)


@page("payroll:edit")
@require_POST
def keep_pay_schedule(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes the last day of a schedule away again; its later periods come back."""
    row = _schedule(pk)

    def change() -> str:
        services.keep_schedule(actor=request.actor, schedule_id=pk)
        return f"“{row.name}” has no end."

    return act(request, change, url(request, "pay_schedules"))


@page("payroll:edit")
@require_POST
def make_pay_periods(request: PracticeRequest, pk: int) -> HttpResponse:
    """The periods of the next year that are not there yet."""
    row = _schedule(pk)

    def change() -> str:
        through = clock.today(request.practice) + _AHEAD
        made = services.make_periods(actor=request.actor, schedule_id=pk, through=through)
        return f"“{row.name}” has {count(len(made), 'more period')}."

    return act(request, change, url(request, "pay_schedules"))


def _list(request: PracticeRequest, status: int = 200, **more: Any) -> HttpResponse:
    today = clock.today(request.practice)
    facts = {
        "tabs": tabs(request, "pay_schedules"),
        "found": selectors.schedules(request.actor, today),
        "today": today,
        "may_edit": request.actor.may("payroll:edit"),
    }
    return TemplateResponse(request, "payroll/schedules/list.html", facts | more, status=status)


def _form(
    request: PracticeRequest, form: ScheduleForm, filled: ScheduleForm | None = None, status: int = 200
) -> HttpResponse:
    """The form; `filled` is what was sent so far, which the preview is made of."""
    filled = filled or form
    periods: list[Period] = []
    trouble = ""
    if filled.is_bound and filled.is_valid():
        row = PaySchedule(**filled.cleaned_data)
        periods, trouble = selectors.previewed(row), selectors.trouble(row)
    facts = {"form": form, "periods": periods, "trouble": trouble, "tabs": tabs(request, "pay_schedules")}
    facts |= {"today": clock.today(request.practice)}
    return TemplateResponse(request, "payroll/schedules/add.html", facts, status=status)


def _schedule(pk: int) -> PaySchedule:
    row = PaySchedule.objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row
