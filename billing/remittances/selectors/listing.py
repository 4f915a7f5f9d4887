"""The list of remittances: who matches, how many of each group with how much money, and what stands in a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Q, Subquery, Sum
from django.db.models.expressions import Combinable

from billing import pills
from billing.claims.words import Chip
from billing.models import Account, LedgerLine, Remittance
from billing.pills import ALL, Group
from billing.remittances.chips import CHIPS
from billing.remittances.policies import visible_remittances
from practice import navigation
from practice.actors import Actor

ON_A_PAGE: Final = 50
S = Remittance.Status
_ASIDE: Final = "aside"
GROUPS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "ready": ("Ready to post", (S.READY,)),
    "held": ("Held", (S.HELD,)),
    "posted": ("Posted", (S.POSTED,)),
    _ASIDE: ("Set aside", (S.SET_ASIDE, S.DUPLICATE)),
}
APART: Final = GROUPS[_ASIDE][1]
"""What is no payment to us: it stands under its own pill, behind all others, and counts nowhere else."""
_COUNTED: Final = [status for status in S.values if status not in APART]
SORTS: Final = {
    "payer": ("payer_name", "pk"),
    "paid_on": ("paid_on", "pk"),
    "received": ("received_at", "pk"),
    "claims": ("claim_count", "pk"),
    "amount": ("amount", "pk"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asked the list for."""

    words: str = ""
    group: str = ALL
    sort: str = "-received"
    page: str = "1"


@dataclass(frozen=True, slots=True)
class Row:
    """One remittance in the list; `note` says what it waits for."""

    remittance: Remittance
    name: str
    chip: Chip
    note: str

    @property
    def may_post(self) -> bool:
        """Whether it can be chosen to be posted."""
        return bool(self.remittance.status == S.READY)

    @property
    def cents(self) -> int:
        """The payment in whole cents, for the page to sum up what is selected."""
        return int(self.remittance.amount * 100)


@dataclass(frozen=True, slots=True)
class RemittanceList:
    """A page of rows with every group's figures, under the same search."""

    page: Page[Remittance]
    rows: list[Row]
    groups: list[Group] = field(default_factory=list)
    shown: Group | None = None

    @property
    def aside(self) -> int:
        """How many that match are set aside, or arrived before."""
        return next(group.count for group in self.groups if group.key == _ASIDE)

    @property
    def can_post(self) -> bool:
        """Whether any row on the page can be posted."""
        return any(row.may_post for row in self.rows)


def remittance_list(actor: Actor, wanted: Wanted) -> RemittanceList:
    """The remittances that match; two queries however many there are."""
    found = visible_remittances(actor)
    if wanted.words:
        found = found.filter(_matching(wanted.words))
    groups = pills.by_state(found, GROUPS, "amount", apart=APART)
    shown = pills.chosen(groups, wanted.group)
    states = _COUNTED if shown.key == ALL else GROUPS[shown.key][1]
    rows = found.filter(status__in=states)
    named = rows.select_related("payer").annotate(to_deposit=_to_deposit())
    pages = Paginator(pills.in_order(named, SORTS, wanted.sort, "received"), ON_A_PAGE)
    pages.count = shown.count
    page: Page[Any] = pages.get_page(wanted.page)
    ordered = sorted(groups, key=lambda group: group.key == _ASIDE)
    return RemittanceList(page, [_row(one) for one in page.object_list], ordered, shown)


def in_navigation(actor: Actor) -> Combinable:
    """How many remittances need somebody, as the navigation counts."""
    return navigation.how_many(visible_remittances(actor).filter(status__in=(S.READY, S.HELD)))


def waiting(actor: Actor) -> int:
    """How many remittances need somebody: held, or ready to post."""
    return visible_remittances(actor).filter(status__in=(S.READY, S.HELD)).count()


def payer_of(row: Remittance) -> str:
    """The payer's name as the practice has it, else as it wrote it."""
    return row.payer.name if row.payer else row.payer_name or "A payer without a name"


def _row(row: Remittance) -> Row:
    return Row(row, payer_of(row), CHIPS[row.status], _note(row))


def _note(row: Remittance) -> str:
    if row.status == S.HELD and row.held_for:
        words: str = row.held_for[0]["words"]
        return words
    if row.status == S.POSTED and getattr(row, "to_deposit", None):
        return "Deposit not recorded yet"
    return ""


def _to_deposit() -> Subquery:
    lines = LedgerLine.objects.filter(remittance=OuterRef("pk"), account=Account.PAYER_CLEARING)
    return Subquery(lines.values("remittance").annotate(sum=Sum("amount")).values("sum"))


def _matching(words: str) -> Q:
    """Every word is in the payer's name or in the number of the check or EFT."""
    found = Q()
    for word in words.split():
        found &= Q(payer_name__icontains=word) | Q(payer__name__icontains=word) | Q(trace__icontains=word)
    return found
