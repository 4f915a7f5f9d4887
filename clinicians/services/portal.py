"""What opens the portal to a clinician: an invitation to their file, or a link to an account."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404

from clinicians.errors import TeamRefusedError
from clinicians.models import Clinician
from clinicians.services._rows import locked
from practice import access, audit
from practice.accounts.invitations import InvitationRefusedError, Link
from practice.actors import Actor
from practice.members import inviting, policies
from practice.members.policies import AccessRefusedError
from practice.models import Invitation, User
from practice.permissions import Role
from practice.records import save_changed

_TAKEN = "This account belongs to another clinician’s file."
_MOVED = "This file belongs to another account by now. Ask the practice to invite you again."


@transaction.atomic
def invite_clinician(*, actor: Actor, clinician_id: int, link: Link) -> Invitation:
    """Sends the invitation that opens the portal; accepting it links the account to this file."""
    actor.require("team:edit")
    actor.require("members:edit")
    clinician = locked(clinician_id)
    _refuse_linked(clinician)
    if not clinician.email:
        raise TeamRefusedError(f"There is no email address for {clinician.name}. Add one first.", "email")
    try:
        invitation = _again(actor, clinician, link) or _first(actor, clinician, link)
    except AccessRefusedError as error:
        raise TeamRefusedError(str(error), error.field) from error
    audit.record("clinician.invited", actor=actor, row=clinician, after={"invitation_id": invitation.pk})
    return invitation


@transaction.atomic
def link_member(*, actor: Actor, clinician_id: int, membership_id: int) -> Clinician:
    """Says that a person who has access is this clinician."""
    actor.require("team:edit")
    actor.require("members:edit")
    clinician = locked(clinician_id)
    _refuse_linked(clinician)
    membership = access.members(actor).filter(pk=membership_id).first()
    if membership is None:
        raise Http404
    if not policies.is_live(membership):
        raise TeamRefusedError(f"The access of {membership.user.name} has ended.", "membership_id")
    _link(actor, clinician, membership.user)
    return clinician


@transaction.atomic
def unlink(*, actor: Actor, clinician_id: int) -> Clinician:
    """Parts the file from the account; the person's access to the practice stays as it is."""
    actor.require("team:edit")
    actor.require("members:edit")
    clinician = locked(clinician_id)
    save_changed("clinician.unlinked", actor, clinician, {"user": None, "person": None})
    return clinician


def link_accepted(invitation: Invitation, user: User, actor: Actor) -> None:
    """Follows when an invitation was accepted: the file it names belongs to the account from now on."""
    if invitation.clinician_id is None:
        return
    clinician = Clinician.objects.select_for_update(of=("self",)).filter(pk=invitation.clinician_id).first()
    if clinician is None or clinician.user_id not in {None, user.pk}:
        raise InvitationRefusedError(_MOVED)
    try:
        _link(actor, clinician, user)
    except TeamRefusedError as error:
        raise InvitationRefusedError(str(error)) from error


def _first(actor: Actor, clinician: Clinician, link: Link) -> Invitation:
    roles = [Role.CLINICIAN.value, *([Role.SUPERVISOR.value] if clinician.can_supervise else [])]
    invitation = inviting.invite(
        actor=actor,
        email=clinician.email,
        first_name=clinician.first_name,
        last_name=clinician.last_name,
        roles=roles,
        agreement_on=None,
        link=link,
    )
    invitation.clinician_id = clinician.pk
    invitation.save(update_fields=["clinician_id"])
    return invitation


def _again(actor: Actor, clinician: Clinician, link: Link) -> Invitation | None:
    """The open invitation of this clinician with a new link; one to an older address is taken back instead."""
    waiting = access.invitations(actor).filter(clinician_id=clinician.pk).first()
    if waiting is None:
        return None
    if waiting.email != clinician.email.strip().lower():
        inviting.revoke_invitation(actor=actor, invitation_id=waiting.pk)
        return None
    return inviting.resend_invitation(actor=actor, invitation_id=waiting.pk, link=link)


def _link(actor: Actor, clinician: Clinician, user: User) -> None:
    other = Clinician.objects.filter(user=user).exclude(pk=clinician.pk).first()
    if other is not None:
        raise TeamRefusedError(f"{user.name} is linked to the file of {other.name} already.", "membership_id")
    with TeamRefusedError.instead_of("clinician_user_once", _TAKEN, "membership_id"):
        save_changed("clinician.linked", actor, clinician, {"user": user, "person": user.person})


def _refuse_linked(clinician: Clinician) -> None:
    if clinician.user is not None:
        raise TeamRefusedError(f"{clinician.name} is linked to {clinician.user.email} already.", "membership_id")
