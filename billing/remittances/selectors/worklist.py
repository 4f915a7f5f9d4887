"""The denials to work: their groups, the reasons they share, and the page of rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet, Sum

from billing.claims.selectors.correction import subject_of
from billing.claims.words import Chip
from billing.fixes import reasons
from billing.fixes.places import Link
from billing.fixes.reasons import Reason
from billing.models import Denial
from billing.pills import Group
from billing.rejections.loading import at_stake
from billing.rejections.selectors import MINE, NOBODY, Shared
from billing.remittances.policies import visible_denials
from billing.remittances.selectors.denials import chip_of, deadline_of
from practice.actors import Actor
from practice.models import Practice
from practice.money import ZERO, total

ON_A_PAGE: Final = 50
SOON: Final = dt.timedelta(days=14)
WORK, WAITING, RESOLVED = "work", "waiting", "resolved"
_LABELS: Final = {WORK: "To work", WAITING: "Waiting", RESOLVED: "Resolved"}
_KEY: Final = ("reasons__0__group", "reasons__0__reason", "reasons__0__remarks__0")
SORTS: Final[Mapping[str, tuple[Any, ...]]] = {
    "deadline": (F("claim__file_by").asc(nulls_last=True), "-amount", "pk"),
    "-deadline": (F("claim__file_by").desc(nulls_last=True), "-amount", "pk"),
    "client": ("claim__client__last_name", "claim__client__first_name", "pk"),
    "-client": ("-claim__client__last_name", "-claim__client__first_name", "pk"),
    "payer": ("claim__payer__name", F("claim__file_by").asc(nulls_last=True), "pk"),
    "-payer": ("-claim__payer__name", F("claim__file_by").asc(nulls_last=True), "pk"),
    "age": ("made_at", "pk"),
    "-age": ("-made_at", "-pk"),
    "follow_up": (F("follow_up_on").asc(nulls_last=True), "pk"),
    "-follow_up": (F("follow_up_on").desc(nulls_last=True), "pk"),
    "amount": ("amount", "pk"),
    "-amount": ("-amount", "pk"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asked the worklist for. `who` is mine, nobody or an account; `near` is what runs out soon."""

    words: str = ""
    group: str = WORK
    reason: str = ""
    payer: int | None = None
    clinician: int | None = None
    who: str = ""
    near: bool = False
    sort: str = ""
    page: str = "1"


class _Light(NamedTuple):
    """A denial by its key, the dollars at stake, and why."""

    id: int
    stake: Decimal
    reason: Reason


@dataclass(frozen=True, slots=True)
class Row:
    """One denial in the list: dollars at stake, why, what helps; `deadline` tells by its kind how near it is."""

    denial: Denial
    chip: Chip
    reason: Reason
    link: Link | None
    more: int
    deadline: str
    stake: Decimal

    @property
    def cents(self) -> int:
        """What is at stake in whole cents, for the page to sum up what is selected."""
        return int(self.stake * 100)


@dataclass(frozen=True, slots=True)
class DenialList:
    """A page of rows, the reasons of the group, the figures of each group, and how many match."""

    page: Page[Any]
    rows: list[Row]
    shared: list[Shared]
    chosen: Shared | None
    groups: list[Group]
    shown: Group
    count: int
    stake: Decimal


def denial_list(actor: Actor, practice: Practice, wanted: Wanted, today: dt.date) -> DenialList:
    """The denials that match; ten queries however many there are."""
    found = _narrowed(visible_denials(actor), wanted, actor, today)
    groups = _groups(found, today)
    shown = next((group for group in groups if group.key == wanted.group), groups[0])
    light = _light(found.filter(_conditions(today)[shown.key]), wanted.sort, shown.key)
    rows = [one for one in light if not wanted.reason or one.reason.key == wanted.reason]
    page: Page[Any] = Paginator(rows, ON_A_PAGE).get_page(wanted.page)
    shared = _shared(light) if shown.key != RESOLVED else []
    return DenialList(
        page,
        _rows(list(page.object_list), actor, practice, today),
        shared,
        next((one for one in shared if one.reason.key == wanted.reason), None),
        groups,
        shown,
        len(rows),
        total(one.stake for one in rows),
    )


def ids_of(actor: Actor, wanted: Wanted, today: dt.date) -> list[int]:
    """Every denial that matches, on whatever page: what «all of this reason» means."""
    group = wanted.group if wanted.group in _LABELS else WORK
    light = _light(_narrowed(visible_denials(actor), wanted, actor, today).filter(_conditions(today)[group]), "", group)
    return [one.id for one in light if not wanted.reason or one.reason.key == wanted.reason]


def to_work(actor: Actor, today: dt.date) -> int:
    """How many denials need somebody: open, or waiting until a day that has come."""
    return visible_denials(actor).filter(_conditions(today)[WORK]).count()


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


def _light(rows: QuerySet[Denial], sort: str, group: str) -> list[_Light]:
    """Each denial with its reason and what is at stake, in order; four queries.

    What is resolved shows what was refused.
    """
    usual = ("-made_at", "-pk") if group == RESOLVED else SORTS["deadline"]
    facts = list(rows.order_by(*SORTS.get(sort, usual)).values_list("pk", "claim_id", "amount", *_KEY))
    stakes = at_stake({claim for _, claim, *_ in facts}) if group != RESOLVED else {}
    made = [_Light(pk, min(amount, stakes.get(claim, amount)), _reason(*key)) for pk, claim, amount, *key in facts]
    if sort.removeprefix("-") == "amount":
        made.sort(key=lambda one: one.stake, reverse=sort.startswith("-"))
    return made


def _shared(rows: Iterable[_Light]) -> list[Shared]:
    """The reasons with counts and sums, the most money first."""
    by_key: dict[str, list[_Light]] = {}
    for one in rows:
        by_key.setdefault(one.reason.key, []).append(one)
    made = [Shared(same[0].reason, len(same), total(one.stake for one in same)) for same in by_key.values()]
    return sorted(made, key=lambda one: (-one.stake, one.reason.key))


def _reason(group: str | None, reason: str | None, remark: str | None) -> Reason:
    if group is None or reason is None:
        return reasons.of_denial([])
    return reasons.of_adjustment(group, reason, (remark or "").partition(":")[0])


def _narrowed(rows: QuerySet[Denial], wanted: Wanted, actor: Actor, today: dt.date) -> QuerySet[Denial]:
    if wanted.words:
        rows = rows.filter(_matching(wanted.words))
    if wanted.payer:
        rows = rows.filter(claim__payer=wanted.payer)
    if wanted.clinician:
        rows = rows.filter(claim__rendering=wanted.clinician)
    if wanted.near:
        rows = rows.filter(claim__file_by__lte=today + SOON)
    if wanted.who == MINE:
        return rows.filter(assigned_to_id=actor.user_id)
    if wanted.who == NOBODY:
        return rows.filter(assigned_to_id=None)
    return rows.filter(assigned_to_id=int(wanted.who)) if _is_number(wanted.who) else rows


def _rows(found: list[_Light], actor: Actor, practice: Practice, today: dt.date) -> list[Row]:
    named = Denial.objects.select_related("claim__client", "claim__payer", "claim__coverage", "claim__attendance")
    rows = {row.pk: row for row in named.filter(pk__in=[one.id for one in found])}
    return [_row(rows[one.id], one.stake, actor, practice, today) for one in found if one.id in rows]


def _row(row: Denial, stake: Decimal, actor: Actor, practice: Practice, today: dt.date) -> Row:
    reason = reasons.of_denial(row.reasons)
    return Row(
        row,
        chip_of(row, today),
        reason,
        reason.link(practice.slug, subject_of(row.claim), actor),
        max(len(row.reasons) - 1, 0),
        deadline_of(row, today),
        stake,
    )


def _matching(words: str) -> Q:
    """Every word is in the client's or the payer's name."""
    found = Q()
    for word in words.split():
        one = Q(claim__client__first_name__icontains=word) | Q(claim__client__last_name__icontains=word)
        found &= one | Q(claim__client__preferred_name__icontains=word) | Q(claim__payer__name__icontains=word)
    return found


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()
