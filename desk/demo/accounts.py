"""Founds businesses and brings people in by invitation, as a real installation would."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from desk.demo.cast import PASSWORD, PERSONAS, RIVERMARK, Business, Persona
from practice import access, affiliations, clock
from practice.access import Access
from practice.accounts import founding, invitations, people
from practice.members import inviting, services
from practice.permissions import GRANTABLE_TO_ORGANIZATIONS, Role
from practice.tenancy.context import practice_context

Link = Callable[[str], str]


class _Postman:
    """Keeps the token that an invitation's letter carries."""

    token = ""

    def link(self, token: str) -> str:
        self.token = token
        return f"/account/invitation/{token}/"


def accept(invite: Callable[..., Any], first_name: str, last_name: str) -> Any:
    """Has somebody invited, by a function that takes the `link` of the letter, and accepts as they would."""
    postman = _Postman()
    invite(link=postman.link)
    return invitations.accept_as_new(
        token=postman.token, first_name=first_name, last_name=last_name, password=PASSWORD, ip=None
    )


def is_there() -> bool:
    """Whether the demo's people have accounts already."""
    return people.account_of(PERSONAS[0].email) is not None


def found(business: Business) -> Access:
    """Founds the business: its owner is invited, accepts, and makes it."""
    persona = owner_of(business)
    user = accept(
        partial(founding.invite_owner, email=persona.email, first_name=persona.first_name, last_name=persona.last_name),
        persona.first_name,
        persona.last_name,
    )
    founding.found_practice(user=user, name=business.name, kind=business.kind, time_zone=business.time_zone)
    return enter(business)


def invite_everybody(owner: Access, business: Business) -> None:
    """Invites the business's other people, and gives its owner the other roles they have."""
    for persona in PERSONAS:
        if persona.business == business and not persona.is_owner:
            _invite(persona, owner)
    roles = [role.value for role in owner_of(business).roles]
    if len(roles) > 1:
        with practice_context(owner.practice.pk):
            own = next(member.pk for member in access.members(owner.actor) if member.user.pk == owner.actor.user_id)
            services.change_roles(actor=owner.actor, membership_id=own, roles=roles, agreement_on=None)


def affiliate(owner: Access, organization: Access, since: dt.date) -> None:
    """Lets an MSO or IPA look at everything it may be let look at; Rivermark lets it send its claims too."""
    viewing = {name for name in GRANTABLE_TO_ORGANIZATIONS if name.endswith(":view")}
    sending = {"claims:edit"} if owner.practice.name == RIVERMARK.name else set()
    with practice_context(owner.practice.pk):
        affiliations.affiliate(
            actor=owner.actor,
            organization=organization.practice,
            permissions=viewing | sending,
            starts_on=since,
            ends_on=None,
        )


def owner_of(business: Business) -> Persona:
    """Who founds the business."""
    return next(persona for persona in PERSONAS if persona.business == business and persona.is_owner)


def enter(business: Business, persona: Persona | None = None) -> Access:
    """Somebody's way into a business, as it is now; its owner's unless told otherwise. LookupError without one."""
    user = people.account_of((persona or owner_of(business)).email)
    doors = access.doors(user) if user else []
    slug = next((door.practice.slug for door in doors if door.practice.name == business.name), "")
    entry = access.enter(user, slug) if user else None
    if entry is None:
        raise LookupError(f"Nobody of {business.name} can enter it.")
    return entry


def _invite(persona: Persona, owner: Access) -> None:
    def invite(link: Link) -> Any:
        with practice_context(owner.practice.pk):
            return inviting.invite(
                actor=owner.actor,
                email=persona.email,
                first_name=persona.first_name,
                last_name=persona.last_name,
                roles=[role.value for role in persona.roles],
                agreement_on=clock.today(owner.practice) if Role.ACCOUNTANT in persona.roles else None,
                link=link,
            )

    accept(invite, persona.first_name, persona.last_name)
