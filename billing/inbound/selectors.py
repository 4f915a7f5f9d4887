"""What the pages about answers show: files as they came, what stood in them, and what matches nothing of ours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.postgres.aggregates import ArrayAgg
from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from billing.claims.words import Chip
from billing.inbound.policies import visible_files, visible_transactions
from billing.inbound.reading import parts
from billing.inbound.standing import HELD, PartRow, counted, with_remittances
from billing.models import Claim, ClaimEvent, InboundFile, InboundTransaction, Remittance
from edi.errors import UnreadableError
from edi.reading import read
from edi.segments import Segment
from practice import files
from practice.actors import Actor

ON_A_PAGE: Final = 50
SEGMENTS_ON_A_PAGE: Final = 300
ALL: Final = "all"
F = InboundFile.Status
T = InboundTransaction.Status
_ODD: Final = (T.UNMATCHED, T.UNREADABLE)
FILE_CHIPS: Final[dict[str, Chip]] = {
    F.STORED: Chip("move", "half", "Being read"),
    F.READ: Chip("done", "", "Read"),
    F.UNREADABLE: Chip("stop", "", "Unreadable"),
    F.DUPLICATE: Chip("calm", "over", "Arrived before"),
    F.SET_ASIDE: Chip("calm", "over", "Set aside"),
}
_PAYMENTS: Final = Q(transactions__status=T.APPLIED, transactions__remittances__isnull=False)
_GROUPS: Final = {"look": "To look at", "arrived": "Arrived before", "aside": "Set aside", ALL: "All"}


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file in the list: where it came from, the kinds in it, how many need a look, and how its payments stand."""

    file: InboundFile
    chip: Chip
    source: str
    kinds: list[str]
    odd: int
    payments: list[str]

    @property
    def is_held(self) -> bool:
        """Whether a payment in it waits for somebody to put something right."""
        return bool(self.payments) and self.payments[0].endswith(HELD)

    @property
    def is_sandbox(self) -> bool:
        """Whether the sandbox payer sent it."""
        return self.file.connection is not None and self.file.connection.is_sandbox


@dataclass(frozen=True, slots=True)
class FileList:
    """A page of files with the pills' counts."""

    page: Page[InboundFile]
    rows: list[FileRow]
    groups: list[tuple[str, str, int]]
    shown: str
    unmatched: int


@dataclass(frozen=True, slots=True)
class PartPage:
    """A transaction with its segments as they stood in the file, and the claims it spoke of."""

    row: PartRow
    segments: Page[Segment]
    lines: list[tuple[str, str]]
    claims: list[Claim]


def file_list(actor: Actor, group: str, number: str) -> FileList:
    """The files, newest first, fifty on a page; three queries."""
    found = visible_files(actor)
    needs = Q(status__in=_ODD) | Q(remittances__status=Remittance.Status.HELD)
    odd = InboundTransaction.objects.filter(needs, inbound=OuterRef("pk"))
    look = Q(status=F.UNREADABLE) | Q(has_odd=True)
    marked = found.annotate(has_odd=Exists(odd))
    counts = marked.aggregate(
        look=Count("pk", filter=look),
        arrived=Count("pk", filter=Q(status=F.DUPLICATE)),
        aside=Count("pk", filter=Q(status=F.SET_ASIDE)),
        all=Count("pk"),
    )
    shown = group if group in _GROUPS else ALL
    chosen = {"look": look, "arrived": Q(status=F.DUPLICATE), "aside": Q(status=F.SET_ASIDE)}
    rows = marked.filter(chosen.get(shown, Q()))
    pages = Paginator(_told(rows).order_by("-received_at", "-pk"), ON_A_PAGE)
    pages.count = counts[shown]
    page: Page[Any] = pages.get_page(number)
    groups = [(key, label, counts[key]) for key, label in _GROUPS.items()]
    return FileList(page, [_row(one) for one in page.object_list], groups, shown, unmatched_count(actor))


def file_rows(actor: Actor, ids: Iterable[int]) -> list[FileRow]:
    """These files, in the order in which they arrived; one query."""
    return [_row(one) for one in _told(visible_files(actor).filter(pk__in=list(ids))).order_by("pk")]


def file_page(actor: Actor, pk: int) -> tuple[FileRow, list[PartRow]] | None:
    """One file with its transactions; None when it is not there. Three queries."""
    found = _told(visible_files(actor).filter(pk=pk)).first()
    if found is None:
        return None
    rows = visible_transactions(actor).filter(inbound=pk).select_related("request").order_by("position")
    return _row(found), with_remittances(rows)


def unmatched_count(actor: Actor) -> int:
    """How many transactions match nothing of ours or cannot be read."""
    return visible_transactions(actor).filter(status__in=_ODD).count()


def unmatched(actor: Actor, group: str, number: str) -> tuple[Page[InboundTransaction], list[PartRow], dict[str, int]]:
    """The transactions that match nothing, or those set aside, newest first; three queries."""
    rows = visible_transactions(actor).select_related("inbound__connection", "request")
    counts = rows.aggregate(odd=Count("pk", filter=Q(status__in=_ODD)), aside=Count("pk", filter=Q(status=T.SET_ASIDE)))
    wanted = rows.filter(status=T.SET_ASIDE) if group == "aside" else rows.filter(status__in=_ODD)
    pages = Paginator(wanted.order_by("-inbound__received_at", "position"), ON_A_PAGE)
    pages.count = counts["aside" if group == "aside" else "odd"]
    page = pages.get_page(number)
    return page, with_remittances(page.object_list), counts


def part_page(actor: Actor, pk: int, number: str) -> PartPage | None:
    """One transaction as it stood in its file; None when it is not there. Four queries and one stored file."""
    rows = visible_transactions(actor).select_related("inbound__file", "inbound__connection", "request")
    row = rows.filter(pk=pk).first()
    if row is None:
        return None
    page = Paginator(_segments(row), SEGMENTS_ON_A_PAGE).get_page(number)
    told = ClaimEvent.objects.filter(transaction=row).values("claim_id")
    claims = Claim.objects.filter(pk__in=told).order_by("number")[:ON_A_PAGE]
    lines = [(segment.tag, str(segment)[len(segment.tag) :] + "~") for segment in page.object_list]
    return PartPage(with_remittances([row])[0], page, lines, list(claims))


def _told(rows: QuerySet[InboundFile]) -> QuerySet[InboundFile]:
    return rows.select_related("connection").annotate(
        kinds=ArrayAgg("transactions__kind", distinct=True, filter=Q(transactions__isnull=False), default=[]),
        odd=Count("transactions", filter=Q(transactions__status__in=_ODD), distinct=True),
        payments=ArrayAgg("transactions__remittances__status", filter=_PAYMENTS, default=[]),
    )


def _row(file: InboundFile) -> FileRow:
    source = file.connection.name if file.connection else file.get_source_display()
    kinds: list[str] = getattr(file, "kinds", None) or []
    payments = counted(getattr(file, "payments", None) or [])
    return FileRow(file, FILE_CHIPS[file.status], source, kinds, getattr(file, "odd", 0), payments)


def _segments(row: InboundTransaction) -> list[Segment]:
    try:
        interchanges = read(files.read(row.inbound.file))
    except UnreadableError:
        return []
    part = next((one for place, one in enumerate(parts(interchanges), 1) if place == row.position), None)
    if part is None:
        return []
    if part.ta1 is not None:
        return [part.ta1]
    return list(part.transaction.segments) if part.transaction else []
