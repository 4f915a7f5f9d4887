"""Founding a practice: whoever was invited to, or owns one already, becomes the owner of the new one."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from practice import access, audit, clock
from practice.accounts import invitations
from practice.accounts.invitations import Link
from practice.actors import Actor
from practice.errors.database import constraint_of
from practice.models import Invitation, Membership, Practice, User
from practice.permissions import Role
from practice.tenancy.context import practice_context

_LONGEST_SLUG = 40
_ATTEMPTS = 50


@transaction.atomic
def invite_owner(*, email: str, first_name: str, last_name: str, link: Link) -> Invitation:
    """Invites somebody to found the first practice of theirs; for the person who runs the installation."""
    return invitations.make(
        practice=None,
        email=email,
        first_name=first_name,
        last_name=last_name,
        roles=[Role.OWNER.value],
        agreement_on=None,
        actor=None,
        link=link,
    )


@transaction.atomic
def found_practice(*, user: User, name: str, kind: str, time_zone: str, ip: str | None = None) -> Practice:
    """Makes the practice with the user as its owner; PermissionDenied unless they may found one."""
    if not access.may_found(user):
        raise PermissionDenied("Only somebody who owns a practice, or was invited to found one, can do this.")
    practice = _with_free_slug(Practice(name=name, kind=kind, time_zone=time_zone))
    membership = Membership.objects.create(user=user, practice=practice, roles=[Role.OWNER.value], since=clock.now())
    owner = Actor(practice.pk, user.pk, user.name, access.permissions_of(membership), ip=ip, roles=(Role.OWNER,))
    with practice_context(practice.pk):
        audit.record("practice.founded", actor=owner, row=practice, after=audit.snapshot(practice))
    return practice


def _with_free_slug(practice: Practice) -> Practice:
    base = slugify(practice.name)[:_LONGEST_SLUG].strip("-") or practice.kind
    for number in range(1, _ATTEMPTS):
        ending = f"-{number}" if number > 1 else ""
        practice.slug = base[: _LONGEST_SLUG - len(ending)].rstrip("-") + ending
        if _was_saved(practice):
            return practice
    raise RuntimeError(f"There is no free address for a practice called «{practice.name}».")


def _was_saved(practice: Practice) -> bool:
    try:
        with transaction.atomic():
            practice.save(force_insert=True)
    except IntegrityError as error:
        if "slug" not in constraint_of(error):
            raise
        practice.pk = None
        return False
    return True
