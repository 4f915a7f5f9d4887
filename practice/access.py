"""The only reader of memberships, affiliations and invitations: what a user may enter, and as what."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from practice import clock
from practice.actors import Actor
from practice.models import Affiliation, Invitation, Membership, Practice, User
from practice.permissions import BUNDLES, GRANTABLE_TO_ORGANIZATIONS, REGISTRY, Role


@dataclass(frozen=True, slots=True)
class Access:
    """A user's way into a practice, decided before any of its rows are read; `own` are all their memberships."""

    practice: Practice
    actor: Actor
    own: tuple[Membership, ...] | None = None


@dataclass(frozen=True, slots=True)
class Door:
    """A practice a user may enter, as the switcher shows it."""

    practice: Practice
    role: str


def enter(user: User, slug: str, *, request_id: str = "", ip: str | None = None) -> Access | None:
    """The user's access to the practice with this slug, or None where an outsider must see 404."""
    own = _own(user)
    membership = next((row for row in own if row.practice.slug == slug), None)
    if membership is not None:
        practice, organization_id = membership.practice, None
        permissions, roles = permissions_of(membership), tuple(membership.roles)
    else:
        affiliation = _affiliation(user, slug)
        if affiliation is None:
            return None
        practice, organization_id = affiliation.practice, affiliation.organization_id
        permissions = frozenset(affiliation.permissions) & GRANTABLE_TO_ORGANIZATIONS
        roles = (Role.ORGANIZATION_STAFF.value,)
    actor = Actor(practice.pk, user.pk, user.name, permissions, organization_id, request_id, ip, roles)
    return Access(practice, actor, tuple(own))


def permissions_of(membership: Membership) -> frozenset[str]:
    """The bundles of the roles, with what the owner added and without what the owner took away."""
    bundled = frozenset().union(*(BUNDLES[role] for role in membership.roles))
    return ((bundled | set(membership.added)) - set(membership.removed)) & REGISTRY.keys()


def doors(user: User, known_own: tuple[Membership, ...] | None = None) -> list[Door]:
    """Every practice the user may enter, by name; `known_own` spares asking for memberships that are known."""
    memberships = _own(user) if known_own is None else known_own
    own = [Door(membership.practice, membership.role_names) for membership in memberships]
    known = {door.practice.pk for door in own}
    serves = any(Role.ORGANIZATION_STAFF in membership.roles for membership in memberships)
    served = [
        Door(affiliation.practice, f"Through {affiliation.organization}")
        for affiliation in (_affiliations_of(user) if serves else ())
        if affiliation.practice_id not in known
    ]
    return sorted(own + served, key=lambda door: door.practice.name.casefold())


def served(actor: Actor) -> list[Affiliation]:
    """The practices that opened themselves to the actor's MSO or IPA and did not end it yet, by name; one query."""
    rows = Affiliation.objects.filter(organization=actor.practice_id, practice__is_active=True)
    found = [row for row in rows.select_related("practice") if _goes_on(row)]
    return sorted(found, key=lambda row: row.practice.name.casefold())


def are_joined(one: Practice, other: Practice, *, afterwards: bool = False) -> bool:
    """Whether an affiliation joins an organization and a practice today; `afterwards` also when it has ended since."""
    pair = Q(organization=one, practice=other) | Q(organization=other, practice=one)
    for row in Affiliation.objects.filter(pair).select_related("practice"):
        today = clock.today(row.practice)
        if _runs(row, today) or (afterwards and row.starts_on <= today):
            return True
    return False


def lets(practice: Practice, organization: Practice, permission: str) -> bool:
    """Whether the practice's agreement with an organization lets the organization's staff do this today; one query."""
    rows = Affiliation.objects.filter(organization=organization, practice=practice).select_related("practice")
    allowed = permission in GRANTABLE_TO_ORGANIZATIONS
    return allowed and any(permission in row.permissions and _goes_on(row) for row in rows)


def practice_by_slug(slug: str) -> Practice | None:
    """An active practice, whoever asks: for recording that somebody was turned away."""
    return Practice.objects.filter(slug=slug, is_active=True).first()


def members(actor: Actor) -> QuerySet[Membership]:
    """The memberships of the actor's practice, with the people."""
    actor.require("members:view")
    return Membership.objects.filter(practice_id=actor.practice_id).select_related("user__person")


def colleagues(actor: Actor, *permissions: str) -> dict[int, str]:
    """The people of the actor's practice who hold one of the permissions, by account; names in their order."""
    rows = _live(Membership.objects.filter(practice_id=actor.practice_id)).select_related("user__person")
    found = [row for row in rows if permissions_of(row) & set(permissions)]
    return {row.user_id: row.user.name for row in sorted(found, key=lambda row: row.user.name.casefold())}


def invitations(actor: Actor, *, revoked: bool = False) -> QuerySet[Invitation]:
    """The invitations to the actor's practice that nobody accepted yet, newest first: open, or taken back."""
    actor.require("members:view")
    rows = Invitation.objects.filter(practice_id=actor.practice_id, accepted_at=None, revoked_at__isnull=not revoked)
    return rows.order_by("-created_at")


def invitation(token_hash: str, *, lock: bool = False) -> Invitation | None:
    """The invitation somebody has the token of; the token stands in for a user."""
    rows = Invitation.objects.select_for_update() if lock else Invitation.objects.all()
    return rows.filter(token_hash=token_hash).first()


def membership(user: User, practice_id: int, *, lock: bool = False) -> Membership | None:
    """The user's own membership, ended or not."""
    rows = Membership.objects.select_for_update(no_key=True) if lock else Membership.objects.all()
    return rows.filter(user=user, practice_id=practice_id).first()


def may_found(user: User) -> bool:
    """Whether the user may found a practice: they own one, or accepted an invitation to found their first."""
    if _live(Membership.objects.filter(user=user, roles__contains=[Role.OWNER], practice__is_active=True)).exists():
        return True
    invited = Invitation.objects.filter(practice_id=None, email=user.email).exclude(accepted_at=None)
    return invited.exists()


def _live(rows: QuerySet[Membership]) -> QuerySet[Membership]:
    return rows.filter(Q(ended_at=None) | Q(ended_at__gt=clock.now()))


def _own(user: User) -> list[Membership]:
    rows = _live(Membership.objects.filter(user=user, practice__is_active=True))
    return list(rows.select_related("practice"))


def _affiliation(user: User, slug: str) -> Affiliation | None:
    return next((found for found in _affiliations_of(user) if found.practice.slug == slug), None)


def _affiliations_of(user: User) -> list[Affiliation]:
    serving = _live(Membership.objects.filter(user=user, roles__contains=[Role.ORGANIZATION_STAFF]))
    rows = Affiliation.objects.filter(organization__in=serving.values("practice"), practice__is_active=True)
    return [row for row in rows.select_related("practice", "organization") if _runs(row, clock.today(row.practice))]


def _goes_on(affiliation: Affiliation) -> bool:
    return affiliation.ends_on is None or clock.today(affiliation.practice) <= affiliation.ends_on


def _runs(affiliation: Affiliation, today: dt.date) -> bool:
    return affiliation.starts_on <= today and (affiliation.ends_on is None or today <= affiliation.ends_on)
