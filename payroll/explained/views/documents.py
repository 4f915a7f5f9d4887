"""Pay statements as PDF; where this machine makes none, or the address says so, as a page to print."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from billing.pdf.render import NoPdfError, pdf
from payroll.errors import PayrollRefusedError
from payroll.explained import statements
from payroll.explained.views._pages import address
from payroll.explained.views.own import own_reach
from payroll.explained.views.person import reach_of
from payroll.models import PayRun
from practice.http import PracticeRequest, page

_TEMPLATE: Final = "payroll/explained/pdf/statements.html"


@page("payroll:own")
@require_GET
def my_pay_statement(request: PracticeRequest, pk: int) -> HttpResponse:
    """My statement of one run."""
    reach = own_reach(request)
    run = get_object_or_404(reach.runs(), pk=pk)
    back = address(request, "my_pay_run", pk)
    return _answer(request, lambda: statements.of_person(actor=request.actor, reach=reach, run=run), back)


@page("payroll:view")
@require_GET
def pay_statement(request: PracticeRequest, pk: int, clinician_id: int) -> HttpResponse:
    """The statement of one person of a run."""
    reach = reach_of(request, clinician_id)
    run = get_object_or_404(reach.runs(), pk=pk)
    back = address(request, "pay_of_person", pk, clinician_id)
    return _answer(request, lambda: statements.of_person(actor=request.actor, reach=reach, run=run), back)


@page("payroll:view")
@require_GET
def pay_statements(request: PracticeRequest, pk: int) -> HttpResponse:
    """Everybody's statements of a run in one document."""
    run = get_object_or_404(PayRun.objects.all(), pk=pk)
    return _answer(request, lambda: statements.of_run(actor=request.actor, run=run), address(request, "pay_run", pk))


def _answer(request: PracticeRequest, make: Callable[[], dict[str, Any]], back: str) -> HttpResponse:
    try:
        facts = make()
    except PayrollRefusedError as error:
        messages.error(request, str(error))
        return redirect(back)
    if request.GET.get("as") == "page":
        return TemplateResponse(request, _TEMPLATE, facts | {"on_screen": True})
    try:
        content = pdf(_TEMPLATE, facts)
    except NoPdfError as error:
        return TemplateResponse(request, _TEMPLATE, facts | {"on_screen": True, "why": str(error)})
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="pay-{facts["run"].pay_on:%Y-%m-%d}.pdf"'
    return response
