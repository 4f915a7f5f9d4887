"""What the pages about batches show."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from billing.claims.policies import visible_batches
from billing.claims.selectors.answers import Returned, returned
from billing.claims.words import CHIPS, REQUEST_CHIPS, Chip
from billing.models import Batch, BatchClaim, Claim, Request
from billing.pills import ALL
from practice.actors import Actor
from practice.money import ZERO

ON_A_PAGE: Final = 50
_LONG: Final = 18
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


GROUPS: Final = {
    ALL: ("All", Q()),
    "waiting": ("Waiting to leave", Q(status=Batch.Status.WAITING) | Q(has_waiting=True)),
    "unknown": ("Not known", Q(has_unknown=True)),
    "stopped": ("Not taken or refused", Q(has_stopped=True)),
    "sent": ("Sent, no answer yet", Q(has_sent=True)),
    "answered": ("Answered", Q(has_answered=True)),
}
_BY_STATE: Final = {
    "has_waiting": (Request.Status.READY, Request.Status.SENDING),
    "has_unknown": (Request.Status.UNKNOWN,),
    "has_stopped": (Request.Status.FAILED, Request.Status.REJECTED),
    "has_sent": (Request.Status.SENT,),
    "has_answered": (Request.Status.ACKNOWLEDGED,),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asked the list for."""

    words: str = ""
    group: str = ALL
    through: int | None = None
    page: str = "1"


@dataclass(frozen=True, slots=True)
class BatchList:
    """A page of batches, and how many each group has under the same search."""

    page: Page[Batch]
    rows: list[BatchRow]
    counts: dict[str, int]


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

    def with_answers(self, actor: Actor) -> list[tuple[Request, Chip, Returned]]:
        """Its files, each with its state and what came back; seven queries."""
        found = returned(actor, [request.pk for request in self.requests])
        return [(request, chip, found[request.pk]) for request, chip in self.files]


def batch_list(actor: Actor, wanted: Wanted) -> BatchList:
    """The batches that match, newest first, fifty on a page; three queries."""
    found = _marked(_narrowed(visible_batches(actor), wanted))
    counts = found.aggregate(**{key: Count("pk", filter=which) for key, (_, which) in GROUPS.items()})
    rows = found.filter(GROUPS[wanted.group][1]).select_related("connection").order_by("-made_at", "-pk")
    pages = Paginator(_counted(rows), ON_A_PAGE)
    pages.count = counts[wanted.group]
    page: Page[Any] = pages.get_page(wanted.page)
    return BatchList(page, _with_requests(list(page.object_list)), counts)


def _marked(rows: QuerySet[Batch]) -> QuerySet[Batch]:
    """Each with whether a file of it stands in one of the states."""
    own = Request.objects.filter(batch=OuterRef("pk"))
    return rows.annotate(**{name: Exists(own.filter(status__in=states)) for name, states in _BY_STATE.items()})


def _narrowed(rows: QuerySet[Batch], wanted: Wanted) -> QuerySet[Batch]:
    """By connection, and by the number of a batch, file or claim, or by the name of a file or client."""
    if wanted.through:
        rows = rows.filter(connection=wanted.through)
    for word in wanted.words.split():
        files = Request.objects.filter(batch=OuterRef("pk"))
        own = files.filter(Q(filename__icontains=word) | Q(control_number__endswith=word))
        claims = BatchClaim.objects.filter(batch=OuterRef("pk"))
        named = Q(claim__client__last_name__icontains=word) | Q(claim__client__first_name__icontains=word)
        named |= Q(claim__number__startswith=word.upper())
        which = Exists(own) | Exists(claims.filter(named))
        rows = rows.filter(which | Q(pk=int(word)) if word.isdecimal() and len(word) < _LONG else which)
    return rows


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
