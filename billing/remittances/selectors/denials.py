"""The denials to work, the worst clock first, and what the page of one shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet, Sum

from billing.claims.selectors.money import lines_of, sums
from billing.claims.words import CHIPS as CLAIM_CHIPS
from billing.claims.words import Chip
from billing.models import Claim, ClaimLine, Denial, LedgerLine
from billing.pills import Group
from billing.receivables import Owed, owed
from billing.remittances.chips import DENIAL_CHIPS, DUE
from billing.remittances.difference import Difference, difference
from billing.remittances.policies import visible_denials
from practice.actors import Actor
from practice.models import StateChange
from practice.money import ZERO, total
from practice.templatetags.caseload import clock_time, day

ON_A_PAGE: Final = 50
WORK, WAITING, RESOLVED = "work", "waiting", "resolved"
_LABELS: Final = {WORK: "To work", WAITING: "Waiting", RESOLVED: "Resolved"}
_SOON: Final = dt.timedelta(days=21)
_REPLACEABLE: Final = frozenset(
    {Claim.Status.ACCEPTED, Claim.Status.PAID, Claim.Status.PARTIALLY_PAID, Claim.Status.DENIED}
)
_TONES: Final = {
    Denial.Status.OPEN: ("stop", "stopped", "To work"),
    Denial.Status.WAITING: ("move", "half", "Waits for the payer"),
    Denial.Status.RESOLVED: ("done", "done", "Resolved"),
}
SORTS: Final[Mapping[str, tuple[Any, ...]]] = {
    "deadline": (F("claim__file_by").asc(nulls_last=True), "-amount", "pk"),
    "-deadline": (F("claim__file_by").desc(nulls_last=True), "-amount", "pk"),
    "client": ("claim__client__last_name", "claim__client__first_name", "pk"),
    "-client": ("-claim__client__last_name", "-claim__client__first_name", "pk"),
    "follow_up": (F("follow_up_on").asc(nulls_last=True), "pk"),
    "-follow_up": (F("follow_up_on").desc(nulls_last=True), "pk"),
    "amount": ("amount", "pk"),
    "-amount": ("-amount", "pk"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asked the worklist for."""

    words: str = ""
    group: str = WORK
    sort: str = ""
    page: str = "1"


@dataclass(frozen=True, slots=True)
class Row:
    """One denial in the list; `deadline` tells by its kind how near it is."""

    denial: Denial
    chip: Chip
    reason: str
    code: str
    action: str
    more: int
    deadline: str


@dataclass(frozen=True, slots=True)
class DenialList:
    """A page of rows with every group's figures, under the same search."""

    page: Page[Denial]
    rows: list[Row]
    groups: list[Group] = field(default_factory=list)
    shown: Group | None = None


@dataclass(frozen=True, slots=True)
class DenialPage:
    """One denial with its claim, what is still open with the payer, and who did what."""

    denial: Denial
    claim: Claim
    chip: Chip
    claim_chip: Chip
    open_with_payer: Decimal
    history: list[dict[str, Any]]
    successor: Claim | None
    deadline: str
    difference: Difference | None

    @property
    def may_replace(self) -> bool:
        """Whether a corrected claim can be made in place of this one."""
        return self.claim.status in _REPLACEABLE

    @property
    def under_contract(self) -> bool:
        """Whether the payer refused it under the contract, so that the client may not be asked."""
        return any(one.get("group") == "CO" for one in self.denial.reasons)


def denial_list(actor: Actor, wanted: Wanted, today: dt.date) -> DenialList:
    """The denials that match; two queries however many there are."""
    found = visible_denials(actor)
    if wanted.words:
        found = found.filter(_matching(wanted.words))
    groups = _groups(found, today)
    shown = next((group for group in groups if group.key == wanted.group), groups[0])
    rows = found.filter(_conditions(today)[shown.key]).select_related("claim__client", "claim__payer")
    usual = ("-made_at", "-pk") if shown.key == RESOLVED else SORTS["deadline"]
    pages = Paginator(rows.order_by(*SORTS.get(wanted.sort, usual)), ON_A_PAGE)
    pages.count = shown.count
    page = pages.get_page(wanted.page)
    return DenialList(page, [_row(one, today) for one in page.object_list], groups, shown)


def to_work(actor: Actor, today: dt.date) -> int:
    """How many denials need somebody: open, or waiting until a day that has come."""
    return visible_denials(actor).filter(_conditions(today)[WORK]).count()


def denial_page(actor: Actor, pk: int, today: dt.date) -> DenialPage | None:
    """One denial; None when it is not there. A fixed number of queries."""
    rows = visible_denials(actor).select_related(
        "claim__client", "claim__payer", "claim__rendering", "remittance_claim__remittance"
    )
    row = rows.filter(pk=pk).first()
    if row is None:
        return None
    charges = list(ClaimLine.objects.filter(claim=row.claim_id).values_list("charge_id", flat=True))
    found = owed(charges)
    still_open = total(found.get(pk, Owed()).by_insurer for pk in charges)
    steps = StateChange.objects.filter(kind=Denial._meta.label_lower, object_id=row.pk).order_by("-at")
    return DenialPage(
        row,
        row.claim,
        chip_of(row, today),
        CLAIM_CHIPS[row.claim.status],
        still_open,
        [_told(step, today) for step in steps],
        Claim.objects.filter(replaces=row.claim_id).order_by("-pk").first(),
        _deadline(row, today),
        difference_of(row, lines_of(charges)),
    )


def difference_of(row: Denial, lines: Iterable[LedgerLine]) -> Difference | None:
    """How the payer's reasons come to the refused amount, by the lines of the claim's charges posted until then."""
    then = sums(line for line in lines if line.entry.made_at <= row.made_at)
    return difference(row.amount, row.reasons, then)


def chip_of(row: Denial, today: dt.date) -> Chip:
    """The denial's state; one that waits is due when its day has come."""
    is_due = row.status == Denial.Status.WAITING and row.follow_up_on is not None and row.follow_up_on <= today
    return DUE if is_due else DENIAL_CHIPS[row.status]


def _conditions(today: dt.date) -> dict[str, Q]:
    due = Q(status=Denial.Status.WAITING, follow_up_on__lte=today)
    later = Q(status=Denial.Status.WAITING) & (Q(follow_up_on__gt=today) | Q(follow_up_on__isnull=True))
    return {WORK: Q(status=Denial.Status.OPEN) | due, WAITING: later, RESOLVED: Q(status=Denial.Status.RESOLVED)}


def _groups(rows: QuerySet[Denial], today: dt.date) -> list[Group]:
    conditions = _conditions(today)
    counts = {f"{key}_count": Count("pk", filter=wanted) for key, wanted in conditions.items()}
    sums = {f"{key}_sum": Sum("amount", filter=wanted, default=ZERO) for key, wanted in conditions.items()}
    found = rows.order_by().aggregate(**counts, **sums)
    return [Group(key, label, found[f"{key}_count"], found[f"{key}_sum"]) for key, label in _LABELS.items()]


def _row(row: Denial, today: dt.date) -> Row:
    first = row.reasons[0] if row.reasons else {}
    code = f"{first['group']}-{first['reason']}" if first else ""
    return Row(
        row,
        chip_of(row, today),
        first.get("words", "No reason given"),
        code,
        first.get("action", ""),
        max(len(row.reasons) - 1, 0),
        _deadline(row, today),
    )


def _deadline(row: Denial, today: dt.date) -> str:
    """How near the payer's filing deadline is: nothing, wait or stop."""
    by = row.claim.file_by
    if row.status == Denial.Status.RESOLVED or by is None or by - today > _SOON:
        return ""
    return "stop" if by < today else "wait"


def _matching(words: str) -> Q:
    """Every word is in the client's or the payer's name."""
    found = Q()
    for word in words.split():
        one = Q(claim__client__first_name__icontains=word) | Q(claim__client__last_name__icontains=word)
        found &= one | Q(claim__client__preferred_name__icontains=word) | Q(claim__payer__name__icontains=word)
    return found


def _told(step: StateChange, today: dt.date) -> dict[str, Any]:
    kind, glyph, title = _TONES[Denial.Status(step.after)]
    note = f"{day(step.at, today)}, {clock_time(step.at)} · {step.actor_name}"
    return {"title": title, "note": note, "kind": kind, "glyph": glyph, "detail": step.reason}
