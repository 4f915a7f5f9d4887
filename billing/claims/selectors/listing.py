"""The list of claims: who matches, how many of each group with how much money, and what stands in a row."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib.postgres.aggregates import StringAgg
from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable

from billing import pills
from billing.claims.policies import visible_claims
from billing.claims.words import CHIPS, Chip
from billing.models import Claim, ClaimLine
from billing.pills import ALL, Group
from billing.secondary.listing import TURNS, narrowed
from clinicians.models import Clinician
from practice import navigation
from practice.actors import Actor
from practice.models import PracticePayer

ON_A_PAGE: Final = 50
S = Claim.Status
GROUPS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "correct": ("To correct", (S.DRAFT, S.REJECTED)),
    "ready": ("Ready", (S.READY,)),
    "leaving": ("Leave soon", (S.BATCHED,)),
    "sent": ("Sent", (S.SENT, S.RECEIVED)),
    "accepted": ("Accepted", (S.ACCEPTED,)),
    "denied": ("Denied or short", (S.DENIED, S.PARTIALLY_PAID)),
    "paid": ("Paid", (S.PAID,)),
    "over": ("Withdrawn", (S.WITHDRAWN, S.REPLACED, S.VOIDED)),
}
SORTS: Final = {
    "client": ("client__last_name", "client__first_name", "pk"),
    "day": ("service_on", "pk"),
    "payer": ("payer__name", "pk"),
    "clinician": ("rendering__last_name", "pk"),
    "total": ("total", "pk"),
    "file_by": ("file_by", "pk"),
}
HERE: Final = (S.DRAFT, S.READY, S.REJECTED)
SOON: Final = dt.timedelta(days=21)
_NUMBER: Final = 4


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asked the list for."""

    words: str = ""
    group: str = ALL
    payer: int | None = None
    clinician: int | None = None
    is_near: bool = False
    turn: str = ""
    sort: str = "-day"
    page: str = "1"


@dataclass(frozen=True, slots=True)
class Row:
    """One claim in the list; `deadline` is set while it is still here and its filing deadline is near or over."""

    claim: Claim
    codes: str
    chip: Chip
    deadline: dt.date | None = None

    @property
    def cents(self) -> int:
        """The total in whole cents, for the page to sum up what is selected."""
        return int(self.claim.total * 100)


@dataclass(frozen=True, slots=True)
class ClaimList:
    """A page of rows with every group's figures, under the same search and filters."""

    page: Page[Claim]
    rows: list[Row]
    groups: list[Group] = field(default_factory=list)
    shown: Group | None = None


def claim_list(actor: Actor, wanted: Wanted, today: dt.date) -> ClaimList:
    """The claims that match; two queries however many there are."""
    found = _narrowed(visible_claims(actor), wanted, today)
    groups = pills.by_state(found, GROUPS, "total")
    shown = pills.chosen(groups, wanted.group)
    rows = found if shown.key == ALL else found.filter(status__in=GROUPS[shown.key][1])
    codes = ClaimLine.objects.filter(claim=OuterRef("pk")).values("claim")
    named = rows.select_related("client", "payer", "rendering").annotate(
        codes=Subquery(codes.annotate(all=StringAgg("code", ", ", order_by="position")).values("all"))
    )
    pages = Paginator(pills.in_order(named, SORTS, wanted.sort, "day"), ON_A_PAGE)
    pages.count = shown.count
    page: Page[Any] = pages.get_page(wanted.page)
    return ClaimList(page, [_row(claim, today) for claim in page.object_list], groups, shown)


def filters() -> dict[str, list[tuple[Any, str]]]:
    """What the list can be narrowed to; two queries."""
    return {
        "payers": [(row.pk, row.name) for row in PracticePayer.objects.all()],
        "clinicians": [(row.pk, row.name) for row in Clinician.objects.all()],
        "turns": list(TURNS.items()),
    }


def in_navigation(actor: Actor) -> Combinable:
    """How many claims need somebody: to correct, or ready without a batch. Denials have a list of their own."""
    mine = (*GROUPS["correct"][1], S.READY)
    return navigation.how_many(visible_claims(actor).filter(status__in=mine))


def _row(claim: Claim, today: dt.date) -> Row:
    here = claim.status in HERE
    near = claim.file_by if here and claim.file_by and claim.file_by - today <= SOON else None
    codes: str = getattr(claim, "codes", None) or ""
    return Row(claim, _counted(codes), CHIPS[claim.status], near)


def _counted(codes: str) -> str:
    """Each code once, in the order of the lines: `90834 × 3, 90785`."""
    found = Counter(codes.split(", "))
    return ", ".join(code if count == 1 else f"{code} × {count}" for code, count in found.items())


def near_deadline(today: dt.date) -> Q:
    """Claims that are still here while their filing deadline is near or over."""
    return Q(status__in=HERE, file_by__lte=today + SOON)


def _narrowed(rows: QuerySet[Claim], wanted: Wanted, today: dt.date) -> QuerySet[Claim]:
    if wanted.words:
        rows = rows.filter(matching(wanted.words))
    if wanted.payer:
        rows = rows.filter(payer=wanted.payer)
    if wanted.clinician:
        rows = rows.filter(rendering=wanted.clinician)
    rows = narrowed(rows, wanted.turn, today)
    return rows.filter(near_deadline(today)) if wanted.is_near else rows


def matching(words: str) -> Q:
    """Every word is in the client's name, or begins one of the claim's numbers."""
    found = Q()
    for word in words.split():
        one = Q(client__first_name__icontains=word) | Q(client__last_name__icontains=word)
        one |= Q(client__preferred_name__icontains=word)
        if len(word) >= _NUMBER:
            one |= Q(number__startswith=word.upper()) | Q(payer_control_number__istartswith=word)
        found &= one
    return found
