"""Who pays for a client: insurance and what was authorized."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients import services
from clients.forms import CoverageForm, EndForm
from clients.models import Coverage
from clients.selectors import record
from clients.selectors.parts import part
from clients.views._pages import address, form_page, record_page, sent
from practice import acting, clock
from practice.http import PracticeRequest, page
from practice.templatetags.caseload import day


@page("clients:view", "clients:own")
@require_GET
def client_coverage(request: PracticeRequest, pk: int) -> HttpResponse:
    """Every insurance of a client with what was authorized."""
    client, facts = record_page(request, pk, "client_coverage")
    lines = record.coverages(client, facts["today"])
    facts["coverages"] = record.with_panels(lines, client, request.actor)
    return TemplateResponse(request, "clients/coverage.html", facts)


@page("clients:edit")
@require_http_methods(["GET", "POST"])
def add_coverage(request: PracticeRequest, pk: int) -> HttpResponse:
    """Adds insurance."""
    form = CoverageForm(sent(request), initial={"starts_on": clock.today(request.practice)})

    def act(values: dict[str, Any]) -> str:
        return f"{services.add_coverage(actor=request.actor, client_id=pk, **values).payer} is saved."

    return _form(request, pk, form, act, "Add coverage")


@page("clients:edit")
@require_http_methods(["GET", "POST"])
def edit_coverage(request: PracticeRequest, pk: int) -> HttpResponse:
    """Corrects insurance."""
    row = part(request.actor, Coverage, pk)

    def act(values: dict[str, Any]) -> str:
        return f"{services.change_coverage(actor=request.actor, coverage_id=pk, **values).payer} is saved."

    return _form(request, row.client_id, CoverageForm(sent(request), instance=row), act, str(row.payer))


@page("clients:edit")
@require_http_methods(["GET", "POST"])
def end_coverage(request: PracticeRequest, pk: int) -> HttpResponse:
    """Asks for the last day insured."""
    row, today = part(request.actor, Coverage, pk), clock.today(request.practice)
    form = EndForm(sent(request), initial={"ends_on": row.ends_on or today})

    def act(values: dict[str, Any]) -> str:
        ended = services.end_coverage(actor=request.actor, coverage_id=pk, **values)
        return f"{ended.payer} ends on {day(ended.ends_on, today)}."

    return form_page(
        request, row.client_id, form, act, back=address(request, "client_coverage", row.client_id),
        template="clients/form.html", form_title=f"End {row.payer}", tab="Coverage",
        undo=address(request, "reopen_coverage", pk),
    )  # fmt: skip


@page("clients:edit")
@require_POST
def reopen_coverage(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes back that a coverage ended."""
    row = part(request.actor, Coverage, pk)

    def act() -> str:
        return f"{services.reopen_coverage(actor=request.actor, coverage_id=pk).payer} runs on."

    return acting.act(request, act, back=address(request, "client_coverage", row.client_id))


def _form(request: PracticeRequest, client_id: int, form: CoverageForm, act: Any, title: str) -> HttpResponse:
    back = address(request, "client_coverage", client_id)
    return form_page(request, client_id, form, act, back=back, template="clients/coverage_form.html", form_title=title)
