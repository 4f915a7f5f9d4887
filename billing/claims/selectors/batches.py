"""What the pages about batches show."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet, Sum

from billing.claims.policies import visible_batches
from billing.claims.words import CHIPS, REQUEST_CHIPS, Chip
from billing.models import Batch, Claim, Request
from practice.actors import Actor
from practice.money import ZERO

ON_A_PAGE: Final = 50
_WAITS: Final = Chip("move", "quarter", "Waits to leave")
_OVER: Final = Chip("calm", "over", "Withdrawn")
_WORST_FIRST: Final = (
    Request.Status.REJECTED,
    Request.Status.UNKNOWN,
    Request.Status.FAILED,
    Request.Status.READY,
    Request.Status.SENDING,
    Request.Status.SENT,
    Request.Status.ACKNOWLEDGED,
)


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One batch: how many claims for how much, its files, and the worst of their states."""

    batch: Batch
    claims: int
    total: Decimal
    requests: list[Request]
    chip: Chip

    @property
    def files(self) -> list[tuple[Request, Chip]]:
        """Its files, each with its state."""
        return [(request, REQUEST_CHIPS[request.status]) for request in self.requests]


def batch_list(actor: Actor, number: str) -> tuple[Page[Batch], list[BatchRow]]:
    """The batches, newest first, fifty on a page; three queries."""
    rows = visible_batches(actor).select_related("connection").order_by("-made_at", "-pk")
    page: Page[Any] = Paginator(_counted(rows), ON_A_PAGE).get_page(number)
    return page, _with_requests(list(page.object_list))


def batch_page(actor: Actor, batch_id: int) -> tuple[BatchRow, list[tuple[Claim, Chip]]] | None:
    """One batch with its claims; None when it is not there. Three queries."""
    rows = visible_batches(actor).select_related("connection", "run").filter(pk=batch_id)
    found = _with_requests(list(_counted(rows)))
    if not found:
        return None
    claims = Claim.objects.filter(batch_rows__batch=batch_id).select_related("client", "payer", "rendering")
    return found[0], [(claim, CHIPS[claim.status]) for claim in claims.order_by("payer__name", "service_on", "pk")]


def waiting_batches(actor: Actor) -> list[BatchRow]:
    """The batches that have not left yet, the next first."""
    rows = visible_batches(actor).filter(status=Batch.Status.WAITING).select_related("connection")
    return [_row(batch, []) for batch in _counted(rows).order_by("leaves_at", "pk")]


def _counted(rows: QuerySet[Batch]) -> QuerySet[Batch]:
    """With the number and total of the claims in each; what was taken out of a batch that waits is not in it."""
    inside = ~Q(status=Batch.Status.WAITING) | Q(rows__claim__status=Claim.Status.BATCHED)
    return rows.annotate(
        claims=Count("rows", filter=inside), total=Sum("rows__claim__total", filter=inside, default=ZERO)
    )


def _with_requests(batches: list[Batch]) -> list[BatchRow]:
    found: dict[int, list[Request]] = {}
    for request in Request.objects.filter(batch__in=[batch.pk for batch in batches]).order_by("pk"):
        found.setdefault(request.batch_id, []).append(request)
    return [_row(batch, found.get(batch.pk, [])) for batch in batches]


def _row(batch: Batch, requests: list[Request]) -> BatchRow:
    claims: int = getattr(batch, "claims", 0)
    total: Decimal = getattr(batch, "total", ZERO)
    return BatchRow(batch, claims, total, requests, _chip(batch, requests))


def _chip(batch: Batch, requests: list[Request]) -> Chip:
    if batch.status == Batch.Status.WAITING:
        return _WAITS
    if batch.status == Batch.Status.WITHDRAWN:
        return _OVER
    states = {request.status for request in requests}
    return REQUEST_CHIPS[next((status for status in _WORST_FIRST if status in states), Request.Status.READY)]
