"""Who may give and take access.

- Nobody gives a permission they do not hold. An owner holds all of them, whatever was switched off for them.
- Only owners make owners, change owners or end their access; a practice always keeps one.
- Whoever manages people manages only those who hold nothing that they themselves lack.
- Nobody but an owner changes their own access, and no owner loses the right to manage people.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Final

from practice import access, clock
from practice.actors import Actor
from practice.models import Membership, Practice
from practice.permissions import BUNDLES, EVERYTHING, REGISTRY, Role, bundle
from practice.refusals import RefusedError

OF_OWNERS: Final = bundle("members:view", "members:edit")
_OF_ORGANIZATIONS: Final = (Role.OWNER, Role.ADMIN, Role.BILLER, Role.ACCOUNTANT, Role.ORGANIZATION_STAFF)


class AccessRefusedError(RefusedError):
    """Access cannot be given, changed or taken like this; the message says why, `field` names the entry."""


def roles_of(practice: Practice) -> tuple[Role, ...]:
    """The roles that make sense there: an MSO or IPA treats nobody, and a practice has no organization staff."""
    if not practice.treats_clients:
        return _OF_ORGANIZATIONS
    return tuple(role for role in Role if role is not Role.ORGANIZATION_STAFF)


def bundled(roles: Iterable[str]) -> frozenset[str]:
    """Everything the roles bring along."""
    return frozenset().union(*(BUNDLES[role] for role in roles))


def grantable(actor: Actor) -> frozenset[str]:
    """What the actor may give to others."""
    return EVERYTHING if _is_owner(actor) else actor.permissions


def may_manage(actor: Actor, membership: Membership) -> bool:
    """Whether the actor may change this person's access."""
    try:
        refuse_to_manage(actor, membership)
    except AccessRefusedError:
        return False
    return actor.may("members:edit")


def refuse_to_manage(actor: Actor, membership: Membership) -> None:
    """AccessRefusedError when this person is not for the actor to manage."""
    if _is_owner(actor):
        return
    if membership.user_id == actor.user_id:
        raise AccessRefusedError("Your own access is changed by another owner or admin.")
    if Role.OWNER in membership.roles:
        raise AccessRefusedError(f"{membership.user.name} is an owner; only owners change an owner’s access.")
    above = access.permissions_of(membership) - actor.permissions
    if above:
        raise AccessRefusedError(f"{membership.user.name} may do more than you: {_words(above)}.")


def refuse_roles(actor: Actor, practice: Practice, roles: Collection[str]) -> None:
    """AccessRefusedError when the practice knows no such role, or the actor may not give it."""
    if not roles:
        raise AccessRefusedError("Choose at least one role.", "roles")
    strange = set(roles) - set(roles_of(practice))
    if strange:
        raise AccessRefusedError(f"{practice} has no {_names(strange)}.", "roles")
    if Role.OWNER in roles and not _is_owner(actor):
        raise AccessRefusedError("Only an owner can make somebody an owner.", "roles")


def refuse_grant(actor: Actor, given: Iterable[str], field: str) -> None:
    """AccessRefusedError when the actor would give what they do not hold."""
    above = set(given) - grantable(actor)
    if above:
        raise AccessRefusedError(f"You cannot give what you may not do yourself: {_words(above)}.", field)


def refuse_agreement(practice: Practice, roles: Collection[str], agreed_on: dt.date | None) -> None:
    """AccessRefusedError when an outside accountant has no business-associate agreement yet."""
    if Role.ACCOUNTANT not in roles:
        return
    if agreed_on is None:
        raise AccessRefusedError(
            "An outside accountant needs a signed business-associate agreement. Give its date.", "agreement_on"
        )
    if agreed_on > clock.today(practice):
        raise AccessRefusedError("The agreement cannot be signed in the future.", "agreement_on")


def refuse_without_owner(memberships: Iterable[Membership], leaving: Membership) -> None:
    """AccessRefusedError when nobody but the one who leaves owns the practice."""
    if Role.OWNER not in leaving.roles:
        return
    if not any(Role.OWNER in row.roles and is_live(row) and row.pk != leaving.pk for row in memberships):
        raise AccessRefusedError(f"{leaving.user.name} is the only owner. Make somebody else an owner first.", "roles")


def is_live(membership: Membership) -> bool:
    """Whether the access holds now."""
    return membership.ended_at is None or membership.ended_at > clock.now()


def _is_owner(actor: Actor) -> bool:
    return Role.OWNER in actor.roles


def _words(permissions: Iterable[str]) -> str:
    return "; ".join(REGISTRY[name].words.lower() for name in REGISTRY if name in set(permissions))


def _names(roles: Iterable[str]) -> str:
    return " or ".join(role.label.lower() for role in Role if role in set(roles))
