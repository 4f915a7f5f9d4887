"""Acts on one row: its add-ons, and the warnings somebody goes past."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from billing.day import answers, beside, deciding
from practice.http import PracticeRequest, page
from scheduling import add_ons
from scheduling.errors import SchedulingRefusedError
from scheduling.readiness.services import OverrideRefusedError, override, withdraw


@page("billing:edit")
@require_POST
def save_add_on(request: PracticeRequest, pk: int) -> HttpResponse:
    """Adds a service to a session, or changes the units of one that is there."""
    row = answers.row(request, pk)
    values = {name: answers.sent(request, name) for name in ("value", "service", "units")}
    try:
        service_id, count = beside.read(values)
        before = beside.units_of(pk, service_id)
        saved = add_ons.save_add_on(actor=request.actor, attendance_id=pk, service_id=service_id, count=count)
    except SchedulingRefusedError as error:
        return answers.refused(request, pk, answers.sent(request, "field") or beside.ADD, error)
    words = f"{row.client}: {'with' if before is None else 'now with'} {beside.said(saved.service.code, count)}."
    if before is None:
        tag = answers.undo(request, "remove_add_on", pk, value=str(service_id))
    else:
        tag = answers.undo(request, "save_add_on", pk, value=f"{service_id}:{before}")
    messages.success(request, words, extra_tags=tag)
    return answers.again(request, pk)


@page("billing:edit")
@require_POST
def remove_add_on(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes an add-on off a session."""
    row = answers.row(request, pk)
    try:
        service_id, _ = beside.read({"value": answers.sent(request, "value")})
        gone = add_ons.remove_add_on(actor=request.actor, attendance_id=pk, service_id=service_id)
    except SchedulingRefusedError as error:
        return answers.refused(request, pk, beside.REMOVE, error)
    tag = answers.undo(request, "save_add_on", pk, value=f"{service_id}:{gone.units}")
    messages.success(request, f"{row.client}: {gone.service.code} is removed.", extra_tags=tag)
    return answers.again(request, pk)


@page("billing:edit")
@require_POST
def override_finding(request: PracticeRequest, pk: int) -> HttpResponse:
    """Goes past a warning and says why."""
    row, code = answers.row(request, pk), answers.sent(request, "code")
    try:
        override(actor=request.actor, attendance_id=pk, code=code, reason=answers.sent(request, "reason"))
    except OverrideRefusedError as error:
        return answers.refused(request, pk, f"{deciding.OVERRIDE}.{code}", error)
    tag = answers.undo(request, "reopen_finding", pk, code=code)
    messages.success(request, f"{row.client}: decided, with your reason.", extra_tags=tag)
    return answers.again(request, pk)


@page("billing:edit")
@require_POST
def reopen_finding(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes back that a warning was gone past."""
    row, code = answers.row(request, pk), answers.sent(request, "code")
    try:
        reason = withdraw(actor=request.actor, attendance_id=pk, code=code)
    except OverrideRefusedError as error:
        return answers.refused(request, pk, "", error)
    tag = answers.undo(request, "override_finding", pk, code=code, reason=reason)
    messages.success(request, f"{row.client}: the warning is open again.", extra_tags=tag)
    return answers.again(request, pk)
