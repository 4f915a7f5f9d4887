"""Clients whom payers know otherwise: the list, taking it over, leaving it, and undoing either."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_POST

from billing.models import ClientCorrection
from billing.remittances import corrections as services
from billing.remittances.errors import RemittanceRefusedError
from billing.remittances.selectors.corrections import correction_list
from billing.remittances.views._pages import base
from clients.errors import ClientRefusedError
from practice import audit
from practice.acting import act, url
from practice.http import PracticeRequest, page


@page("remittances:view")
@require_GET
def client_corrections(request: PracticeRequest) -> HttpResponse:
    """The undecided ones, fifty on a page; the decided ones on the other side."""
    decided = request.GET.get("group") == "decided"
    found = correction_list(request.actor, decided=decided, number=request.GET.get("page", "1"))
    clients = dict.fromkeys(one.correction.client_id for one in found.rows)
    first = found.rows[0].correction if found.rows else None
    if first is not None:
        audit.record_many(
            audit.event("client_correction.viewed", actor=request.actor, row=first, client_id=one) for one in clients
        )
    facts = base(request, "remittances") | {
        "found": found,
        "page": found.page,
        "segment": [
            {
                "label": "To decide",
                "url": url(request, "client_corrections"),
                "current": not decided,
                "count": found.waiting,
            },
            {
                "label": "Decided",
                "url": url(request, "client_corrections", group="decided"),
                "current": decided,
                "count": found.decided,
            },
        ],
        "may_edit": request.actor.may("remittances:edit") and request.actor.may("clients:edit"),
    }
    return TemplateResponse(request, "billing/corrections/list.html", facts)


@page("remittances:edit")
@require_POST
def take_correction(request: PracticeRequest, pk: int) -> HttpResponse:
    """Writes what the payer knows into the client's record."""
    row = get_object_or_404(ClientCorrection.objects.select_related("client"), pk=pk)

    def change() -> str:
        try:
            services.change(pk, actor=request.actor)
        except ClientRefusedError as error:
            raise RemittanceRefusedError(str(error)) from error
        return f"{row.client.name} is changed to what the payer knows."

    return act(request, change, _back(request), url(request, "undo_correction", pk))


@page("remittances:edit")
@require_POST
def keep_correction(request: PracticeRequest, pk: int) -> HttpResponse:
    """Leaves the record as it is."""
    row = get_object_or_404(ClientCorrection.objects.select_related("client"), pk=pk)

    def change() -> str:
        services.keep(pk, actor=request.actor)
        return f"{row.client.name} is left as on file."

    return act(request, change, _back(request), url(request, "undo_correction", pk))


@page("remittances:edit")
@require_POST
def undo_correction(request: PracticeRequest, pk: int) -> HttpResponse:
    """Puts back what stood there."""
    get_object_or_404(ClientCorrection.objects.all(), pk=pk)

    def change() -> str:
        services.undo(pk, actor=request.actor)
        return "It is undone, and waits again."

    return act(request, change, _back(request))


def _back(request: PracticeRequest) -> str:
    return url(request, "client_corrections")
