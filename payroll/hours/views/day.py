"""One person's day: its entries, what paid them, and their corrections."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_POST

from payroll import services
from payroll.calculation.words import plain
from payroll.hours.entering import correct
from payroll.hours.forms import CorrectionForm, EntryForm
from payroll.hours.selectors import entries as selectors
from payroll.models import HoursEntry
from payroll.pages import by_form
from payroll.tabs import tabs
from practice import clock
from practice.acting import act, url
from practice.http import PracticeRequest, page
from practice.record_forms import Refusable


@page("payroll:view")
@require_GET
def pay_hours_of(request: PracticeRequest, pk: int, day: str) -> HttpResponse:
    """The entries of a day."""
    return _show(request, pk, _date(day))


@page("payroll:edit")
@require_POST
def add_pay_hours(request: PracticeRequest, pk: int, day: str) -> HttpResponse:
    """One more entry of the day."""
    selectors.day(request.actor, pk, _date(day))
    form = EntryForm(request.POST)

    def change() -> str:
        row = services.add_hours(actor=request.actor, clinician_id=pk, worked_on=_date(day), **form.cleaned_data)
        return f"{plain(row.hours)} hours are entered."

    done = by_form(request, form, change, url(request, "pay_hours_of", pk, day))
    return done or _show(request, pk, _date(day), 422, add_form=form)


@page("payroll:edit")
@require_POST
def change_pay_hours(request: PracticeRequest, pk: int) -> HttpResponse:
    """Puts an entry right that nobody paid yet."""
    row = selectors.entry(request.actor, pk)
    form = EntryForm(request.POST)

    def change() -> str:
        saved = services.change_hours(actor=request.actor, hours_id=pk, worked_on=row.worked_on, **form.cleaned_data)
        return f"{plain(saved.hours)} hours are saved."

    return _of_entry(request, row, form, change)


@page("payroll:edit")
@require_POST
def correct_pay_hours(request: PracticeRequest, pk: int) -> HttpResponse:
    """What paid hours should have been: the difference is a new entry, for the next run."""
    row = selectors.entry(request.actor, pk)
    form = CorrectionForm(request.POST)

    def change() -> str:
        made = correct(row, form.cleaned_data["to"], note=form.cleaned_data["note"], actor=request.actor)
        sign = "less" if made.hours < 0 else "more"
        return f"{plain(abs(made.hours))} hours {sign} are entered for the next run."

    return _of_entry(request, row, form, change)


@page("payroll:edit")
@require_POST
def remove_pay_hours(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes an entry away that nobody paid yet."""
    row = selectors.entry(request.actor, pk)

    def change() -> str:
        services.remove_hours(actor=request.actor, hours_id=pk)
        return f"{plain(row.hours)} hours of {row.clinician.name} are removed."

    return act(request, change, _back(request, row), url(request, "restore_pay_hours", pk))


@page("payroll:edit")
@require_POST
def restore_pay_hours(request: PracticeRequest, pk: int) -> HttpResponse:
    """Puts an entry back that was removed."""
    back = url(request, "pay_hours")

    def change() -> str:
        row = services.restore_hours(actor=request.actor, hours_id=pk)
        return f"{plain(row.hours)} hours are back."

    return act(request, change, back)


def _of_entry(request: PracticeRequest, row: HoursEntry, form: Refusable, change: Any) -> HttpResponse:
    done = by_form(request, form, change, _back(request, row))
    return done or _show(request, row.clinician_id, row.worked_on, 422, wrong=row.pk, entry_form=form)


def _back(request: PracticeRequest, row: HoursEntry) -> str:
    return url(request, "pay_hours_of", row.clinician_id, row.worked_on.isoformat())


def _show(request: PracticeRequest, pk: int, day: dt.date, status: int = 200, **more: Any) -> HttpResponse:
    found, wrong = selectors.day(request.actor, pk, day), more.get("wrong")
    forms = [
        more["entry_form"]
        if one.row.pk == wrong
        else CorrectionForm(prefix=None, auto_id=f"e{one.row.pk}_%s", initial={"to": plain(one.standing)})
        if one.is_locked
        else EntryForm(
            auto_id=f"e{one.row.pk}_%s",
            initial={"kind": one.row.kind, "hours": plain(one.row.hours), "note": one.row.note},
        )
        for one in found.entries
    ]
    facts: dict[str, Any] = {
        "found": found,
        "rows": list(zip(found.entries, forms, strict=True)),
        "add_form": EntryForm(),
        "tabs": tabs(request, "pay_hours"),
        "today": clock.today(request.practice),
        "may_edit": request.actor.may("payroll:edit"),
    }
    return TemplateResponse(request, "payroll/hours/day.html", facts | more, status=status)


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error
