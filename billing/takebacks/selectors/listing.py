"""The list of takebacks: who matches, how many of each state with how much money, and what stands in a row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, Sum

from billing import pills
from billing.claims.words import Chip
from billing.models import Account, LedgerLine, Takeback, TakebackClaim
from billing.pills import ALL, Group
from billing.takebacks.policies import visible_takebacks
from billing.takebacks.words import NOTICES, chip
from practice.actors import Actor
from practice.money import ZERO

ON_A_PAGE: Final = 50
S: Final = Takeback.Status
NOT_SETTLED: Final = "standing"
GROUPS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    NOT_SETTLED: ("Not settled", (S.OPEN, S.PARTLY, S.DISPUTED)),
    "open": ("Open", (S.OPEN,)),
    "partly": ("Partly settled", (S.PARTLY,)),
    "disputed": ("Disputed", (S.DISPUTED,)),
    "settled": ("Settled", (S.SETTLED,)),
}
SORTS: Final = {
    "payer": ("payer_name", "pk"),
    "noticed": ("noticed_on", "pk"),
    "follow_up": ("follow_up_on", "pk"),
    "demanded": ("demanded", "pk"),
    "open": ("open_amount", "unplaced", "pk"),
}
DEFAULT: Final = "noticed"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asked the list for."""

    words: str = ""
    group: str = NOT_SETTLED
    sort: str = DEFAULT
    page: str = "1"


@dataclass(frozen=True, slots=True)
class Row:
    """One takeback in the list; `age` counts days since the first notice."""

    takeback: Takeback
    chip: Chip
    age: int
    notice: str
    is_due: bool

    @property
    def taken(self) -> Decimal:
        """What the payer has of it."""
        amount: Decimal = self.takeback.demanded - self.takeback.open_amount
        return amount


@dataclass(frozen=True, slots=True)
class Sums:
    """Dollars: what payers still want, what of it stands in letters alone, and what they took unexplained."""

    open: Decimal
    announced_left: Decimal
    unplaced: Decimal
    other: Decimal
    ledger: Decimal

    @property
    def balance(self) -> Decimal:
        """What the ledger holds as payers' money: takebacks and other balances together."""
        return self.open - self.announced_left - self.unplaced + self.other


@dataclass(frozen=True, slots=True)
class TakebackList:
    """A page of rows with every group's figures, under the same search."""

    page: Page[Takeback]
    rows: list[Row]
    sums: Sums
    groups: list[Group] = field(default_factory=list)
    shown: Group | None = None


def takeback_list(actor: Actor, wanted: Wanted, today: dt.date) -> TakebackList:
    """The takebacks that match; four queries however many there are."""
    found = visible_takebacks(actor)
    if wanted.words:
        found = found.filter(_matching(wanted.words))
    groups = pills.by_state(found, GROUPS, "open_amount")
    shown = pills.chosen(groups, wanted.group)
    states = S.values if shown.key == ALL else GROUPS[shown.key][1]
    rows = pills.in_order(found.filter(status__in=states), SORTS, wanted.sort, DEFAULT)
    pages = Paginator(rows, ON_A_PAGE)
    pages.count = shown.count
    page: Page[Any] = pages.get_page(wanted.page)
    made = [_row(one, today) for one in page.object_list]
    return TakebackList(page, made, sums(actor), groups, shown)


def sums(actor: Actor) -> Sums:
    """What all takebacks come to, and the other balances with payers beside them; two queries."""
    found = visible_takebacks(actor).aggregate(
        open=Sum("open_amount", default=ZERO),
        announced=Sum("announced_left", default=ZERO),
        unplaced=Sum("unplaced", default=ZERO),
    )
    lines = LedgerLine.objects.filter(account=Account.PAYER_BALANCE)
    same = Takeback.objects.filter(reference=OuterRef("reference"))
    known = Q(Exists(same.filter(payer=OuterRef("payer"))))
    known |= Q(payer__isnull=True) & Q(Exists(same.filter(payer__isnull=True)))
    other = ~known
    held = lines.aggregate(sum=Sum("amount", default=ZERO), other=Sum("amount", filter=other, default=ZERO))
    return Sums(found["open"], found["announced"], found["unplaced"], -held["other"] or ZERO, -held["sum"] or ZERO)


def to_look_at(actor: Actor, today: dt.date) -> int:
    """How many ask for somebody now: taken without an explanation, or to be looked at again by today."""
    return visible_takebacks(actor).filter(asks(today)).count()


def asks(today: dt.date) -> Q:
    """What needs a person."""
    unexplained = Q(unplaced__gt=ZERO) & ~Q(status=S.DISPUTED)
    return unexplained | Q(follow_up_on__lte=today, status__in=(S.OPEN, S.PARTLY, S.DISPUTED))


def _row(row: Takeback, today: dt.date) -> Row:
    age = max((today - row.noticed_on).days, 0)
    is_due = row.follow_up_on is not None and row.follow_up_on <= today and row.status != S.SETTLED
    return Row(row, chip(row), age, NOTICES[row.notice], is_due)


def _matching(words: str) -> Q:
    """Every word is in the payer's name, the reference, or the name or claim number of a client it touches."""
    found = Q()
    for word in words.split():
        of = Q(claim__client__last_name__icontains=word) | Q(claim__client__first_name__icontains=word)
        of |= Q(claim__number__istartswith=word)
        touched = TakebackClaim.objects.filter(of, takeback=OuterRef("pk"))
        found &= Q(payer_name__icontains=word) | Q(reference__icontains=word) | Q(Exists(touched))
    return found
