"""What changes who is invited."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.http import Http404

from practice import access, audit, clock
from practice.accounts import invitations, people
from practice.accounts.invitations import FACTS, Link
from practice.actors import Actor
from practice.members import policies
from practice.members.policies import AccessRefusedError
from practice.models import Invitation, Practice
from practice.permissions import Role


@transaction.atomic
def invite(
    *,
    actor: Actor,
    email: str,
    first_name: str,
    last_name: str,
    roles: list[str],
    agreement_on: dt.date | None,
    link: Link,
) -> Invitation:
    """Invites a person by email. AccessRefusedError names what stands against it."""
    actor.require("members:edit")
    practice = _practice(actor)
    policies.refuse_roles(actor, practice, roles)
    policies.refuse_grant(actor, policies.bundled(roles), "roles")
    policies.refuse_agreement(practice, roles, agreement_on)
    _refuse_known(actor, email.strip().lower())
    _clear_expired(actor, email.strip().lower())
    invitation = invitations.make(
        practice=practice,
        email=email,
        first_name=first_name,
        last_name=last_name,
        roles=roles,
        agreement_on=agreement_on if Role.ACCOUNTANT in roles else None,
        actor=actor,
        link=link,
    )
    audit.record("invitation.sent", actor=actor, row=invitation, after=audit.snapshot(invitation, FACTS))
    return invitation


@transaction.atomic
def resend_invitation(*, actor: Actor, invitation_id: int, link: Link) -> Invitation:
    """Sends a new link, good for another week; the old link dies."""
    actor.require("members:edit")
    invitation = _invitation(actor, invitation_id)
    practice = _practice(actor)
    before = audit.snapshot(invitation, FACTS)
    policies.refuse_roles(actor, practice, invitation.roles)
    policies.refuse_grant(actor, policies.bundled(invitation.roles), "roles")
    invitations.send(invitation, practice=practice, inviter=actor.name, link=link)
    _record("invitation.resent", actor, invitation, before)
    return invitation


@transaction.atomic
def revoke_invitation(*, actor: Actor, invitation_id: int) -> Invitation:
    """Takes an invitation back: its link opens nothing any more."""
    actor.require("members:edit")
    invitation = _invitation(actor, invitation_id)
    before = audit.snapshot(invitation, FACTS)
    invitation.revoked_at = clock.now()
    invitation.save(update_fields=["revoked_at"])
    _record("invitation.revoked", actor, invitation, before)
    return invitation


@transaction.atomic
def restore_invitation(*, actor: Actor, invitation_id: int) -> Invitation:
    """Undoes taking it back: the link works again until it expires."""
    actor.require("members:edit")
    invitation = _invitation(actor, invitation_id, revoked=True)
    before = audit.snapshot(invitation, FACTS)
    policies.refuse_roles(actor, _practice(actor), invitation.roles)
    policies.refuse_grant(actor, policies.bundled(invitation.roles), "roles")
    _refuse_known(actor, invitation.email)
    invitation.revoked_at = None
    invitation.save(update_fields=["revoked_at"])
    _record("invitation.restored", actor, invitation, before)
    return invitation


def _invitation(actor: Actor, invitation_id: int, *, revoked: bool = False) -> Invitation:
    found = access.invitations(actor, revoked=revoked).select_for_update().filter(pk=invitation_id).first()
    if found is None:
        raise Http404
    return found


def _refuse_known(actor: Actor, email: str) -> None:
    """AccessRefusedError when the address belongs to somebody here, or an invitation waits for it."""
    account = people.account_of(email)
    known = access.membership(account, actor.practice_id) if account else None
    if known is not None and policies.is_live(known):
        raise AccessRefusedError(f"{known.user.name} has access already. Change their roles instead.", "email")
    waiting = [row for row in access.invitations(actor).filter(email=email) if row.expires_at > clock.now()]
    if waiting:
        raise AccessRefusedError("An invitation to this address is open. Send it again, or take it back.", "email")


def _clear_expired(actor: Actor, email: str) -> None:
    """Takes back what expired unused, so that the list shows one invitation for an address."""
    access.invitations(actor).filter(email=email, expires_at__lte=clock.now()).update(revoked_at=clock.now())


def _practice(actor: Actor) -> Practice:
    return Practice.objects.get(pk=actor.practice_id)


def _record(action: str, actor: Actor, row: Invitation, before: dict[str, object]) -> None:
    was, became = audit.changes(before, audit.snapshot(row, FACTS))
    audit.record(action, actor=actor, row=row, before=was, after=became)
