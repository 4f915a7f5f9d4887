"""What changes what a person may do here, and whether."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.http import Http404

from practice import access, audit, clock
from practice.actors import Actor
from practice.members import policies
from practice.members.policies import AccessRefusedError
from practice.models import Membership, Practice
from practice.permissions import REGISTRY, Role

_ADJUSTABLE = ("roles", "added", "removed", "agreement_on", "ended_at")


@transaction.atomic
def change_roles(*, actor: Actor, membership_id: int, roles: list[str], agreement_on: dt.date | None) -> Membership:
    """Gives a person these roles; what was adjusted by hand stays, where it still differs from the roles."""
    actor.require("members:edit")
    everyone, membership = _locked(actor, membership_id)
    practice = _practice(actor)
    policies.refuse_to_manage(actor, membership)
    _refuse_ended(membership)
    if Role.OWNER not in roles:
        policies.refuse_without_owner(everyone, membership)
    policies.refuse_roles(actor, practice, roles)
    policies.refuse_agreement(practice, roles, agreement_on)
    before, held = audit.snapshot(membership, _ADJUSTABLE), access.permissions_of(membership)
    bundled = policies.bundled(roles)
    membership.roles = [role for role in Role.values if role in roles]
    membership.agreement_on = agreement_on if Role.ACCOUNTANT in roles else None
    _adjust(membership, set(membership.added) - bundled, set(membership.removed) & bundled)
    policies.refuse_grant(actor, access.permissions_of(membership) - held, "roles")
    return _save(actor, membership, before)


@transaction.atomic
def change_permissions(
    *, actor: Actor, membership_id: int, permissions: Collection[str], seen_roles: Collection[str]
) -> Membership:
    """Leaves a person with exactly these permissions, kept as what differs from their roles.

    `seen_roles` are the roles the form was made for; when they changed meanwhile, nothing is saved.
    """
    actor.require("members:edit")
    _, membership = _locked(actor, membership_id)
    policies.refuse_to_manage(actor, membership)
    _refuse_ended(membership)
    if set(seen_roles) != set(membership.roles):
        raise AccessRefusedError("The roles changed while you were looking. Check the list and save again.")
    before, held = audit.snapshot(membership, _ADJUSTABLE), access.permissions_of(membership)
    chosen, bundled = set(permissions) & REGISTRY.keys(), policies.bundled(membership.roles)
    if Role.OWNER in membership.roles and not policies.OF_OWNERS.issubset(chosen):
        raise AccessRefusedError("An owner can always see and change who has access.", "permissions")
    policies.refuse_grant(actor, chosen - held, "permissions")
    _adjust(membership, chosen - bundled, bundled - chosen)
    return _save(actor, membership, before)


@transaction.atomic
def end_access(*, actor: Actor, membership_id: int) -> Membership:
    """Ends a person's access from this moment on; what they did stays."""
    actor.require("members:edit")
    everyone, membership = _locked(actor, membership_id)
    policies.refuse_to_manage(actor, membership)
    _refuse_ended(membership)
    policies.refuse_without_owner(everyone, membership)
    before = audit.snapshot(membership, _ADJUSTABLE)
    membership.ended_at = clock.now()
    return _save(actor, membership, before, "member.ended")


@transaction.atomic
def restore_access(*, actor: Actor, membership_id: int) -> Membership:
    """Gives the person back the access they had when it ended."""
    actor.require("members:edit")
    _, membership = _locked(actor, membership_id)
    policies.refuse_to_manage(actor, membership)
    if policies.is_live(membership):
        raise AccessRefusedError(f"{membership.user.name} has access already.")
    before = audit.snapshot(membership, _ADJUSTABLE)
    membership.ended_at = None
    return _save(actor, membership, before, "member.restored")


def _practice(actor: Actor) -> Practice:
    return Practice.objects.get(pk=actor.practice_id)


def _locked(actor: Actor, membership_id: int) -> tuple[list[Membership], Membership]:
    """Everyone of the practice, locked in the order of their keys, and the one meant; Http404 when not there.

    All are locked, because whether somebody is the last owner depends on the others.
    """
    everyone = list(access.members(actor).select_for_update(of=("self",), no_key=True).order_by("pk"))
    for membership in everyone:
        if membership.pk == membership_id:
            return everyone, membership
    raise Http404


def _refuse_ended(membership: Membership) -> None:
    if not policies.is_live(membership):
        raise AccessRefusedError(f"The access of {membership.user.name} has ended. Restore it first.")


def _adjust(membership: Membership, added: Collection[str], removed: Collection[str]) -> None:
    membership.added = [name for name in REGISTRY if name in added]
    membership.removed = [name for name in REGISTRY if name in removed]


def _save(
    actor: Actor, membership: Membership, before: dict[str, object], action: str = "member.changed"
) -> Membership:
    membership.save(update_fields=_ADJUSTABLE)
    _record(action, actor, membership, before)
    return membership


def _record(action: str, actor: Actor, row: Membership, before: dict[str, object]) -> None:
    was, became = audit.changes(before, audit.snapshot(row, _ADJUSTABLE))
    audit.record(action, actor=actor, row=row, before=was, after=became)
