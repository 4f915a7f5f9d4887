"""What the pages about access show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Final

from practice import access, clock, second_factor
from practice.accounts import invitations
from practice.accounts.invitations import LIFETIME
from practice.actors import Actor
from practice.members import policies
from practice.models import Invitation, Membership, Person, Practice
from practice.permissions import BUNDLES, REGISTRY, Role

AREAS: Final = {
    "practice": "Practice",
    "rates": "Payers’ rates",
    "members": "Access",
    "api": "API",
    "audit": "Audit trail",
    "calendar": "Calendar",
}


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A person with access, or who had it; dates are the practice's."""

    id: int
    name: str
    email: str
    roles: str
    is_adjusted: bool
    has_second_factor: bool
    since: dt.date
    ended_on: dt.date | None
    is_me: bool


@dataclass(frozen=True, slots=True)
class MemberList:
    """The rows that were asked for, and how many there are on each side before the search."""

    rows: list[MemberRow]
    living: int
    ended: int


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """An invitation that nobody accepted yet."""

    id: int
    name: str
    email: str
    roles: str
    inviter: str
    sent_on: dt.date
    expires_on: dt.date
    is_expired: bool


@dataclass(frozen=True, slots=True)
class PermissionLine:
    """One permission of one person: whether they hold it, and where it comes from, in words."""

    name: str
    words: str
    is_held: bool
    source: str
    by_hand: bool


@dataclass(frozen=True, slots=True)
class Area:
    """The permissions of one area."""

    label: str
    lines: list[PermissionLine]


SORTS: Final[dict[str, Callable[[MemberRow], Any]]] = {
    "name": lambda row: row.name.casefold(),
    "roles": lambda row: (row.roles, row.name.casefold()),
    "factor": lambda row: (row.has_second_factor, row.name.casefold()),
    "since": lambda row: (row.since, row.name.casefold()),
    "ended": lambda row: (row.ended_on or dt.date.max, row.name.casefold()),
}


def members(actor: Actor, practice: Practice, *, words: str = "", sort: str = "", ended: bool = False) -> MemberList:
    """The people of one side, those whose name, address or role holds every word; two queries."""
    found = list(access.members(actor))
    holders = second_factor.holders(row.user_id for row in found)
    rows = [_member_row(row, actor, practice, row.user_id in holders) for row in found]
    wanted = [row for row in rows if _has_ended(row) == ended and _has(words, row.name, row.email, row.roles)]
    gone = sum(_has_ended(row) for row in rows)
    return MemberList(_sorted(wanted, sort), len(rows) - gone, gone)


def open_invitations(actor: Actor, practice: Practice, *, words: str = "") -> list[InvitationRow]:
    """The invitations nobody accepted, newest first; two queries."""
    found = list(access.invitations(actor))
    inviters = {person.user.pk: str(person) for person in _inviters(found)}
    rows = [_invitation_row(row, practice, inviters.get(row.invited_by_id or 0, "")) for row in found]
    return [row for row in rows if _has(words, row.name, row.email, row.roles)]


def areas(membership: Membership, chosen: Collection[str] | None = None) -> list[Area]:
    """Every permission by area. `chosen` is what a form that was not saved had ticked."""
    held = access.permissions_of(membership) if chosen is None else frozenset(chosen)
    found: dict[str, list[PermissionLine]] = {}
    for name in REGISTRY:
        area = name.partition(":")[0]
        found.setdefault(AREAS.get(area, area.capitalize()), []).append(_line(membership, name, name in held))
    return [Area(label, lines) for label, lines in found.items()]


def _line(membership: Membership, name: str, is_held: bool) -> PermissionLine:
    bringing = _listed([role.label for role in Role if role in membership.roles and name in BUNDLES[role]])
    if name in membership.added:
        source = "Added by hand"
    elif name in membership.removed and bringing:
        source = f"{bringing} would bring it; taken away by hand"
    else:
        source = f"From {bringing}" if bringing else ""
    by_hand = name in membership.added or name in membership.removed
    return PermissionLine(name, REGISTRY[name].words, is_held, source, by_hand)


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _member_row(row: Membership, actor: Actor, practice: Practice, has_second_factor: bool) -> MemberRow:
    ended = None if policies.is_live(row) or row.ended_at is None else clock.local(practice, row.ended_at).date()
    return MemberRow(
        id=row.pk,
        name=row.user.name,
        email=row.user.email,
        roles=invitations.role_names(row.roles),
        is_adjusted=bool(row.added or row.removed),
        has_second_factor=has_second_factor,
        since=clock.local(practice, row.since).date(),
        ended_on=ended,
        is_me=row.user_id == actor.user_id,
    )


def _invitation_row(row: Invitation, practice: Practice, inviter: str) -> InvitationRow:
    return InvitationRow(
        id=row.pk,
        name=f"{row.first_name} {row.last_name}",
        email=row.email,
        roles=invitations.role_names(row.roles),
        inviter=inviter,
        sent_on=clock.local(practice, row.expires_at - LIFETIME).date(),
        expires_on=clock.local(practice, row.expires_at).date(),
        is_expired=row.expires_at <= clock.now(),
    )


def _inviters(found: list[Invitation]) -> list[Person]:
    ids = {row.invited_by_id for row in found if row.invited_by_id is not None}
    return list(Person.objects.filter(user__in=ids).select_related("user"))


def _has_ended(row: MemberRow) -> bool:
    return row.ended_on is not None


def _has(words: str, *texts: str) -> bool:
    whole = " ".join(texts).casefold()
    return all(word in whole for word in words.casefold().split())


def _sorted(rows: list[MemberRow], sort: str) -> list[MemberRow]:
    key = SORTS.get(sort.removeprefix("-"), SORTS["name"])
    return sorted(rows, key=key, reverse=sort.startswith("-"))
