"""Founds the rehearsal's practice and brings its people in, each with an account of their own."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from clinicians import services as team
from desk.rehearsal import plan
from practice import access
from practice.access import Access
from practice.accounts import founding, invitations
from practice.actors import Actor
from practice.members import inviting
from practice.permissions import Role
from practice.tenancy.context import practice_context


class Postman:
    """Keeps the token that an invitation's letter carries."""

    token = ""

    def link(self, token: str) -> str:
        """The address in the letter."""
        self.token = token
        return f"/account/invitation/{token}/"


@dataclass(slots=True)
class Staff:
    """Who acts in the rehearsal. Clinicians are in the order of the plan, known by the ids of their files."""

    owner: Access
    biller: Actor
    scheduler: Actor
    clinicians: list[Actor] = field(default_factory=list)
    clinician_ids: list[int] = field(default_factory=list)


@transaction.atomic
def found() -> Staff:
    """The practice with its owner, biller and scheduler; its addresses are its own, so that it can be founded again."""
    mark = secrets.token_hex(4)
    postman = Postman()
    email = f"owner-{mark}@rehearsal.example"
    founding.invite_owner(email=email, first_name="Ada", last_name="Quill", link=postman.link)
    user = _accept(postman, "Ada", "Quill")
    practice = founding.found_practice(user=user, name=f"Rehearsal {mark}", kind="practice", time_zone=plan.TIME_ZONE)
    owner = access.enter(user, practice.slug)
    if owner is None:
        raise LookupError("The owner cannot enter the practice.")
    with practice_context(practice.pk):
        biller = _invite(owner, f"biller-{mark}@rehearsal.example", "Bao", "Osgood", Role.BILLER)
        scheduler = _invite(owner, f"scheduler-{mark}@rehearsal.example", "Sol", "Winter", Role.SCHEDULER)
    return Staff(owner, biller, scheduler)


def open_portal(owner: Access, clinician_id: int, helper: plan.Helper) -> Actor:
    """Invites a clinician to their own file, and accepts as they would."""
    postman = Postman()
    team.invite_clinician(actor=owner.actor, clinician_id=clinician_id, link=postman.link)
    return _enter(_accept(postman, helper.first_name, helper.last_name), owner)


def _invite(owner: Access, email: str, first_name: str, last_name: str, role: Role) -> Actor:
    postman = Postman()
    inviting.invite(
        actor=owner.actor,
        email=email,
        first_name=first_name,
        last_name=last_name,
        roles=[role.value],
        agreement_on=None,
        link=postman.link,
    )
    return _enter(_accept(postman, first_name, last_name), owner)


def _accept(postman: Postman, first_name: str, last_name: str) -> Any:
    return invitations.accept_as_new(
        token=postman.token,
        first_name=first_name,
        last_name=last_name,
        password=secrets.token_urlsafe(16),
        ip=None,
    )


def _enter(user: Any, owner: Access) -> Actor:
    entry = access.enter(user, owner.practice.slug)
    if entry is None:
        raise LookupError(f"{user} cannot enter {owner.practice}.")
    return entry.actor
