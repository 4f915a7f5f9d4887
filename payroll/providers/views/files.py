"""A run's files: made and downloaded, downloaded again, and the rows as the provider will read them."""

from __future__ import annotations

import logging
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_POST

from payroll.calculation.words import money
from payroll.errors import PayrollRefusedError
from payroll.exports import ExportBalanceError, ExportIncompleteError, download, export_run
from payroll.exports.formats import FORMATS
from payroll.models import ExportFile, PayRun
from payroll.policies import visible_runs
from payroll.providers.known import of_target
from payroll.providers.selectors import whole_file
from payroll.providers.views._pages import provider_or_404
from payroll.runs.words import short_title
from practice import clock
from practice.acting import url
from practice.http import PracticeRequest, page

_log = logging.getLogger(__name__)
OFF: Final = (
    "The file would not say to the cent what the run pays, which is a fault of Caseload, not of anything you entered. "
    "Nothing was made and the run is unchanged. Tell us, and pay nobody from a file made by hand until we answer."
)


@page("payroll:edit", "payroll:totals")
@require_POST
def make_pay_file(request: PracticeRequest, pk: int, target: str) -> HttpResponse:
    """Makes a file of an approved run, which is exported by it; the page then downloads it."""
    run = _run_or_404(request, pk)
    files = provider.key if (provider := of_target(target)) else ""
    try:
        made = export_run(run=run, target=target, actor=request.actor, practice=request.practice).row
    except ExportIncompleteError as error:
        messages.error(request, f"No file was made. {error}")
    except PayrollRefusedError as error:
        messages.error(request, str(error))
    except ExportBalanceError as error:
        _log.error("A pay file is off: %s", error)
        messages.error(request, OFF)
    else:
        messages.success(request, _said(made))
        return redirect(url(request, "pay_run", pk, fragment="export", files=files, made=made.pk))
    return redirect(url(request, "pay_run", pk, fragment="export", files=files))


@page("payroll:view", "payroll:totals")
@require_GET
def pay_file(request: PracticeRequest, pk: int) -> HttpResponse:
    """A file byte for byte as it was made."""
    kept = download(actor=request.actor, export_file_id=pk)
    response = HttpResponse(kept.content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{kept.row.filename}"'
    return response


@page("payroll:view", "payroll:totals")
@require_GET
def pay_file_rows(request: PracticeRequest, pk: int, target: str) -> HttpResponse:
    """Every column of a file as the provider will read it; nothing is kept."""
    run = _run_or_404(request, pk)
    provider = provider_or_404(target)
    if run.status == PayRun.Status.DRAFT or target not in FORMATS:
        raise Http404
    facts = {
        "run": run,
        "provider": provider,
        "title": short_title(run),
        "rows": whole_file(request.actor, run, target),
        "today": clock.today(request.practice),
    }
    return TemplateResponse(request, "payroll/providers/rows.html", facts)


def _run_or_404(request: PracticeRequest, pk: int) -> PayRun:
    runs = visible_runs(request.actor).select_related("schedule")
    return get_object_or_404(runs, pk=pk)


def _said(made: ExportFile) -> str:
    people = "1 person" if made.people == 1 else f"{made.people:,} people"
    return f"{made.filename} is made: {people}, {money(made.amount)}. The run is exported."
