"""Receipts and superbills, as PDF; where this machine makes none, as a page to print."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from billing.models import ClientPayment
from billing.money import selectors
from billing.money.forms import SuperbillDaysForm
from billing.money.policies import visible_clients
from billing.money.views._pages import ACCOUNT, address, money_page, numbers
from billing.pdf import documents
from billing.pdf.errors import DocumentRefusedError
from billing.pdf.render import NoPdfError, pdf
from practice.http import PracticeRequest, page


@page("money:view")
@require_GET
def payment_receipt(request: PracticeRequest, pk: int) -> HttpResponse:
    """The receipt of one payment."""
    try:
        facts = documents.receipt(actor=request.actor, payment_id=pk)
    except DocumentRefusedError as error:
        messages.error(request, str(error))
        client_id = ClientPayment.objects.values_list("client_id", flat=True).get(pk=pk)
        return redirect(address(request, ACCOUNT, client_id))
    return _answer(request, "billing/pdf/receipt.html", facts, f"receipt-{pk}.pdf")


@page("money:view")
@require_GET
def superbill(request: PracticeRequest, pk: int) -> HttpResponse:
    """Asks which sessions stand on the superbill: those of a span of days, then each."""
    client, facts = money_page(request, pk)
    return TemplateResponse(request, "billing/money/superbill.html", facts | _choices(request, client.pk, facts))


@page("money:view")
@require_GET
def superbill_file(request: PracticeRequest, pk: int) -> HttpResponse:
    """The superbill of the chosen sessions; what is missing is said on the page that asked."""
    client, chosen = get_object_or_404(visible_clients(request.actor), pk=pk), numbers(request, "charge")
    if not chosen:
        messages.error(request, "Choose at least one session for the superbill.")
        return redirect(address(request, "superbill", pk))
    try:
        facts = documents.superbill(actor=request.actor, client_id=client.pk, charge_ids=chosen)
    except DocumentRefusedError as error:
        _, facts = money_page(request, pk)
        facts |= _choices(request, pk, facts) | {"refused": str(error), "missing": error.missing}
        return TemplateResponse(request, "billing/money/superbill.html", facts, status=422)
    return _answer(request, "billing/pdf/superbill.html", facts, f"superbill-{facts['client'].number}.pdf")


def _choices(request: PracticeRequest, client_id: int, facts: dict[str, Any]) -> dict[str, Any]:
    days = SuperbillDaysForm(request.GET if "first" in request.GET or "last" in request.GET else None)
    span = days.cleaned_data if days.is_bound and days.is_valid() else {}
    rows = selectors.coded_charges(client_id, facts["today"], **span)
    chosen = numbers(request, "charge") or [row.id for row in rows if not row.payer]
    return {"charges": rows, "chosen": chosen, "days": days, "has_days": days.is_bound}


def _answer(request: PracticeRequest, template: str, facts: dict[str, Any], name: str) -> HttpResponse:
    try:
        content = pdf(template, facts)
    except NoPdfError as error:
        return TemplateResponse(request, template, facts | {"on_screen": True, "why": str(error)})
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
