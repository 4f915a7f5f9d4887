"""Invitations: an offer of access by email, good for a week and for one person.

Only a hash of the token is kept; whoever has the link has shown that the mailbox is theirs.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Callable, Iterable
from typing import Final

from django.db import models, transaction
from django.template.loader import render_to_string

from practice import access, audit, clock, mail
from practice.accounts import accepted, people
from practice.actors import Actor
from practice.models import Invitation, Membership, Practice, User
from practice.permissions import Role
from practice.tenancy.context import practice_context

LIFETIME: Final = dt.timedelta(days=7)
FACTS: Final = ("email", "first_name", "last_name", "roles", "agreement_on", "expires_at", "revoked_at")
Link = Callable[[str], str]  # makes the address of the page from a token


class InvitationRefusedError(ValueError):
    """An invitation cannot be accepted; the message says why."""


class State(models.TextChoices):
    """Where an invitation stands."""

    OPEN = "open", "Open"
    ACCEPTED = "accepted", "Accepted"
    REVOKED = "revoked", "Revoked"
    EXPIRED = "expired", "Expired"


SENTENCES: Final = {
    State.ACCEPTED: "This invitation was accepted already. Sign in to go on.",
    State.REVOKED: "This invitation was taken back. Ask the practice whether it still wants to invite you.",
    State.EXPIRED: "This invitation has expired: it was good for 7 days. Ask the practice to send it again.",
}


def state_of(invitation: Invitation) -> State:
    """Open, accepted, revoked or expired, as of now."""
    if invitation.accepted_at is not None:
        return State.ACCEPTED
    if invitation.revoked_at is not None:
        return State.REVOKED
    return State.EXPIRED if clock.now() >= invitation.expires_at else State.OPEN


def find(token: str) -> Invitation | None:
    """The invitation that this token opens, in whatever state; None for a token nobody made."""
    return access.invitation(_hash(token))


def practice_of(invitation: Invitation) -> Practice | None:
    """The practice it leads to; None for an invitation to found one."""
    if invitation.practice_id is None:
        return None
    return Practice.objects.filter(pk=invitation.practice_id).first()


def inviter_of(invitation: Invitation) -> User | None:
    """Who sent it; None when the installation did."""
    if invitation.invited_by_id is None:
        return None
    return User.objects.select_related("person").filter(pk=invitation.invited_by_id).first()


def role_names(roles: Iterable[str]) -> str:
    """Roles in words, in the order of the registry."""
    held = set(roles)
    return ", ".join(role.label for role in Role if role in held)


def make(
    *,
    practice: Practice | None,
    email: str,
    first_name: str,
    last_name: str,
    roles: list[str],
    agreement_on: dt.date | None,
    actor: Actor | None,
    link: Link,
) -> Invitation:
    """A new invitation in the caller's transaction, with its message in the outbox. Checks no permission."""
    invitation = Invitation(
        practice_id=practice.pk if practice else None,
        email=email.strip().lower(),
        first_name=first_name,
        last_name=last_name,
        roles=roles,
        agreement_on=agreement_on,
        invited_by_id=actor.user_id if actor else None,
        created_at=clock.now(),
    )
    send(invitation, practice=practice, inviter=actor.name if actor else "", link=link)
    return invitation


def send(invitation: Invitation, *, practice: Practice | None, inviter: str, link: Link) -> None:
    """Gives the invitation a fresh token and another week, and posts the message; an older link dies."""
    token = secrets.token_urlsafe(32)
    invitation.token_hash = _hash(token)
    invitation.expires_at = clock.now() + LIFETIME
    invitation.save()
    facts = {
        "invitation": invitation,
        "practice": practice,
        "inviter": inviter,
        "roles": role_names(invitation.roles),
        "link": link(token),
        "days": LIFETIME.days,
    }
    subject = f"{inviter} invites you to {practice}" if practice and inviter else "Your invitation to Caseload"
    mail.post(to=invitation.email, subject=subject, body=render_to_string("accounts/mail/invitation.txt", facts))


@transaction.atomic
def accept_as_new(*, token: str, first_name: str, last_name: str, password: str, ip: str | None) -> User:
    """Makes the person's account and gives it the access. InvitationRefusedError when that is not possible."""
    invitation = _locked(token)
    if people.account_of(invitation.email) is not None:
        raise InvitationRefusedError("There is an account with this address by now. Sign in to accept.")
    user = people.make_account(email=invitation.email, first_name=first_name, last_name=last_name, password=password)
    _accept(invitation, user, ip)
    return user


@transaction.atomic
def accept(*, token: str, user: User, ip: str | None) -> None:
    """Gives the signed-in account the access. InvitationRefusedError when it is not theirs, or not open."""
    invitation = _locked(token)
    if people.account_of(invitation.email) != user:
        raise InvitationRefusedError(f"This invitation is for {invitation.email}.")
    _accept(invitation, user, ip)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _locked(token: str) -> Invitation:
    invitation = access.invitation(_hash(token), lock=True)
    if invitation is None:
        raise InvitationRefusedError("This invitation is not known here.")
    state = state_of(invitation)
    if state is not State.OPEN:
        raise InvitationRefusedError(SENTENCES[state])
    return invitation


def _accept(invitation: Invitation, user: User, ip: str | None) -> None:
    invitation.accepted_at = clock.now()
    invitation.save(update_fields=["accepted_at"])
    if invitation.practice_id is not None:
        _join(invitation, user, invitation.practice_id, ip)


def _join(invitation: Invitation, user: User, practice_id: int, ip: str | None) -> None:
    """A first membership, or the old one with the new roles and none of the old adjustments."""
    found = access.membership(user, practice_id, lock=True) or Membership(user=user, practice_id=practice_id)
    if found.pk and (found.ended_at is None or found.ended_at > clock.now()):
        raise InvitationRefusedError("You have access to this practice already.")
    found.roles, found.added, found.removed = list(invitation.roles), [], []
    found.since, found.ended_at, found.agreement_on = clock.now(), None, invitation.agreement_on
    found.save()
    joiner = Actor(practice_id, user.pk, user.name, frozenset(), ip=ip)
    with practice_context(practice_id):
        audit.record("member.joined", actor=joiner, row=found, after=audit.snapshot(found))
        accepted.announce(invitation, user, joiner)
