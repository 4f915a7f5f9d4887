"""The practices that an MSO or IPA serves, as its own people see them: what each grants, and who may go in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from practice import access, clock
from practice.access import Access
from practice.models import Affiliation, User
from practice.permissions import REGISTRY, Role

_LOOKS: Final = (":view", ":own", ":totals")


@dataclass(frozen=True, slots=True)
class Served:
    """One practice. `slug` is empty where the person who asks may not go in."""

    name: str
    slug: str
    starts_on: dt.date
    ends_on: dt.date | None
    state: str
    summary: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Serving:
    """All of them, and whether the person holds the role with which the organization's staff go in."""

    rows: list[Served]
    is_staff: bool
    own_membership: int | None


def serving(user: User, entry: Access) -> Serving:
    """The practices of the person's organization; three queries."""
    doors = {door.practice.pk: door.practice.slug for door in access.doors(user, entry.own)}
    rows = [_row(one, doors.get(one.practice_id, "")) for one in access.served(entry.actor)]
    is_staff = Role.ORGANIZATION_STAFF in entry.actor.roles
    own = next((one.pk for one in entry.own or () if one.practice_id == entry.practice.pk), None)
    return Serving(rows, is_staff, own if entry.actor.may("members:edit") else None)


def _row(one: Affiliation, slug: str) -> Served:
    today = clock.today(one.practice)
    granted = [REGISTRY[name] for name in one.permissions if name in REGISTRY]
    state = "planned" if one.starts_on > today else "ending" if one.ends_on else "runs"
    changes = sum(not known.name.endswith(_LOOKS) for known in granted)
    words = tuple(known.words for known in granted)
    return Served(one.practice.name, slug, one.starts_on, one.ends_on, state, _summary(len(granted), changes), words)


def _summary(granted: int, changes: int) -> str:
    if not granted:
        return "Nothing is granted"
    return "To look, not to change" if not changes else f"To look, and to change in {changes} of {granted}"
