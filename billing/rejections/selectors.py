"""The worklist: its groups, the reasons claims share, and the page of rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.core.paginator import Page, Paginator

from billing.claims.policies import visible_claims
from billing.claims.words import CHIPS, Chip
from billing.fixes.places import Link
from billing.fixes.reasons import Reason
from billing.models import ClaimLine
from billing.pills import Group
from billing.rejections.loading import CAME_BACK, Item, load
from clients.models import Client
from clinicians.models import Clinician
from practice import clock
from practice.actors import Actor
from practice.models import Practice
from practice.money import total

ON_A_PAGE: Final = 50
SOON: Final = dt.timedelta(days=14)
WORK, WAITING, HELD = "work", "waiting", "held"
LABELS: Final = {WORK: "To work", WAITING: "Waiting", HELD: "On hold"}
MINE, NOBODY = "mine", "nobody"
_NEVER: Final = dt.date.max
_ON_HOLD: Final = Chip("calm", "held", "On hold")
_Key = Callable[[Item], Any]
SORTS: Final[Mapping[str, _Key]] = {
    "client": lambda one: one.name,
    "payer": lambda one: one.facts["payer__name"],
    "deadline": lambda one: one.file_by or _NEVER,
    "age": lambda one: one.since,
    "stake": lambda one: one.stake,
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


@dataclass(frozen=True, slots=True)
class Shared:
    """One reason with how many share it and what is at stake."""

    reason: Reason
    count: int
    stake: Decimal


@dataclass(frozen=True, slots=True)
class Row:
    """One claim in the list; `deadline` tells by its kind how near it is."""

    item: Item
    client: str
    clinician: str
    codes: str
    chip: Chip
    link: Link | None
    deadline: str
    since: dt.date

    @property
    def cents(self) -> int:
        """What is at stake in whole cents, for the page to sum up what is selected."""
        return int(self.item.stake * 100)


@dataclass(frozen=True, slots=True)
class Rejections:
    """A page of rows, the reasons of the group, the figures of each group, and all that match."""

    page: Page[Item]
    rows: list[Row]
    shared: list[Shared]
    chosen: Shared | None
    groups: list[Group]
    shown: Group
    count: int
    stake: Decimal


def rejections(actor: Actor, practice: Practice, wanted: Wanted) -> Rejections:
    """What came back and matches; ten queries however many there are."""
    today = clock.today(practice)
    found = _matching(actor, wanted, today)
    groups = [_group(key, [one for one in found if group_of(one, today) == key]) for key in LABELS]
    shown = next((group for group in groups if group.key == wanted.group), groups[0])
    inside = [one for one in found if group_of(one, today) == shown.key]
    rows = [one for one in inside if not wanted.reason or one.reason.key == wanted.reason]
    page: Page[Any] = Paginator(_sorted(rows, wanted.sort, today), ON_A_PAGE).get_page(wanted.page)
    shared = shared_reasons(inside)
    chosen = next((one for one in shared if one.reason.key == wanted.reason), None)
    listed = _rows(list(page.object_list), actor, practice, today)
    return Rejections(page, listed, shared, chosen, groups, shown, len(rows), total(one.stake for one in rows))


def ids_of(actor: Actor, practice: Practice, wanted: Wanted) -> list[int]:
    """Every claim that matches, on whatever page: what «all of this reason» means."""
    today = clock.today(practice)
    found = _matching(actor, wanted, today)
    group = wanted.group if wanted.group in LABELS else WORK
    return [
        one.id
        for one in found
        if group_of(one, today) == group and (not wanted.reason or one.reason.key == wanted.reason)
    ]


def waiting(actor: Actor) -> int:
    """How many claims came back and wait for somebody, for the tab; one query."""
    return visible_claims(actor).filter(status__in=CAME_BACK).count()


def group_of(one: Item, today: dt.date) -> str:
    """Where an item stands: held, resting until its day, or to work."""
    if one.hold is not None:
        return HELD
    return WAITING if one.follow_up_on and one.follow_up_on > today else WORK


def shared_reasons(found: Iterable[Item]) -> list[Shared]:
    """The reasons with their counts and sums, the most money first."""
    by_key: dict[str, list[Item]] = {}
    for one in found:
        by_key.setdefault(one.reason.key, []).append(one)
    made = [Shared(rows[0].reason, len(rows), total(one.stake for one in rows)) for rows in by_key.values()]
    return sorted(made, key=lambda one: (-one.stake, one.reason.key))


def _matching(actor: Actor, wanted: Wanted, today: dt.date) -> list[Item]:
    found = load(actor, words=wanted.words, payer=wanted.payer, clinician=wanted.clinician)
    if wanted.near:
        found = [one for one in found if one.file_by and one.file_by <= today + SOON]
    if wanted.who == MINE:
        return [one for one in found if one.assigned_to == actor.user_id]
    if wanted.who == NOBODY:
        return [one for one in found if one.assigned_to is None]
    if wanted.who.isascii() and wanted.who.isdigit():
        return [one for one in found if one.assigned_to == int(wanted.who)]
    return found


def _group(key: str, rows: Sequence[Item]) -> Group:
    return Group(key, LABELS[key], len(rows), total(one.stake for one in rows))


def _sorted(rows: list[Item], sort: str, today: dt.date) -> list[Item]:
    """By a column; else what runs out within two weeks first, then the most money."""
    key = SORTS.get(sort.removeprefix("-"))
    if key is None:
        return sorted(rows, key=lambda one: (not (one.file_by and one.file_by <= today + SOON), -one.stake, one.id))
    return sorted(sorted(rows, key=lambda one: one.id), key=key, reverse=sort.startswith("-"))


def _rows(found: list[Item], actor: Actor, practice: Practice, today: dt.date) -> list[Row]:
    clients = Client.objects.in_bulk({one.facts["client_id"] for one in found})
    people = Clinician.objects.in_bulk({one.facts["rendering_id"] for one in found})
    codes: dict[int, list[str]] = {}
    for claim, code in (
        ClaimLine.objects.filter(claim__in=[one.id for one in found])
        .order_by("position")
        .values_list("claim_id", "code")
    ):
        codes.setdefault(claim, []).append(code)
    return [
        Row(
            item=one,
            client=clients[one.facts["client_id"]].name,
            clinician=people[one.facts["rendering_id"]].name,
            codes=", ".join(codes.get(one.id, [])),
            chip=_ON_HOLD if one.hold else CHIPS[one.facts["status"]],
            link=one.reason.link(practice.slug, one.subject, actor),
            deadline=nearness(one.file_by, today),
            since=clock.local(practice, one.since).date(),
        )
        for one in found
    ]


def nearness(by: dt.date | None, today: dt.date) -> str:
    """How near a deadline is: nothing, wait or stop."""
    if by is None or by - today > SOON:
        return ""
    return "stop" if by < today else "wait"
