"""Founds the demo's businesses and brings its people in, by invitation, as a real installation would."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clinicians import services as team
from clinicians.policies import visible_clinicians
from desk.demo import fernhollow
from desk.demo.cast import FERNHOLLOW, NORTHLIGHT, PASSWORD, PERSONAS, RIVERMARK, Business, Persona
from practice import access, affiliations, clock
from practice.access import Access
from practice.accounts import founding, invitations, people
from practice.members import inviting, services
from practice.permissions import GRANTABLE_TO_ORGANIZATIONS, Role
from practice.tenancy.context import practice_context


class _Postman:
    """Keeps the token that an invitation's letter carries."""

    token = ""

    def link(self, token: str) -> str:
        self.token = token
        return f"/account/invitation/{token}/"


def is_there() -> bool:
    """Whether the demo's people have accounts already."""
    return people.account_of(PERSONAS[0].email) is not None


@transaction.atomic
def make() -> None:
    """Everything of this module, once."""
    slugs = {persona.business: _found(persona) for persona in PERSONAS if persona.is_owner}
    for persona in PERSONAS:
        if not persona.is_owner:
            _invite(persona, _owner(persona.business, slugs[persona.business]))
    alice = _owner(FERNHOLLOW, slugs[FERNHOLLOW])
    with practice_context(alice.practice.pk, phi=True, rates=True):
        fernhollow.make(alice)
        _link_clinicians(alice)
    for business in (FERNHOLLOW, RIVERMARK):
        _affiliate(_owner(business, slugs[business]), _owner(NORTHLIGHT, slugs[NORTHLIGHT]))


def _found(persona: Persona) -> str:
    postman = _Postman()
    founding.invite_owner(
        email=persona.email, first_name=persona.first_name, last_name=persona.last_name, link=postman.link
    )
    user = invitations.accept_as_new(
        token=postman.token,
        first_name=persona.first_name,
        last_name=persona.last_name,
        password=PASSWORD,
        ip=None,
    )
    business = persona.business
    return founding.found_practice(user=user, name=business.name, kind=business.kind, time_zone=business.time_zone).slug


def _owner(business: Business, slug: str) -> Access:
    owner = next(persona for persona in PERSONAS if persona.business == business and persona.is_owner)
    user = people.account_of(owner.email)
    entry = access.enter(user, slug) if user else None
    if entry is None:
        raise LookupError(f"The owner of {business.name} cannot enter it.")
    return entry


def _link_clinicians(owner: Access) -> None:
    """Opens each clinician's own file to the account that bears the name, and gives the owner her other roles."""
    accounts = {member.user.name: member.pk for member in access.members(owner.actor)}
    for clinician in visible_clinicians(owner.actor):
        if clinician.name in accounts:
            team.link_member(actor=owner.actor, clinician_id=clinician.pk, membership_id=accounts[clinician.name])
    roles = [
        role.value
        for persona in PERSONAS
        if persona.is_owner and persona.business == FERNHOLLOW
        for role in persona.roles
    ]
    services.change_roles(actor=owner.actor, membership_id=accounts[owner.actor.name], roles=roles, agreement_on=None)


def _invite(persona: Persona, owner: Access) -> None:
    postman = _Postman()
    with practice_context(owner.practice.pk):
        inviting.invite(
            actor=owner.actor,
            email=persona.email,
            first_name=persona.first_name,
            last_name=persona.last_name,
            roles=[role.value for role in persona.roles],
            agreement_on=clock.today(owner.practice) if Role.ACCOUNTANT in persona.roles else None,
            link=postman.link,
        )
    invitations.accept_as_new(
        token=postman.token,
        first_name=persona.first_name,
        last_name=persona.last_name,
        password=PASSWORD,
        ip=None,
    )


def _affiliate(owner: Access, organization: Access) -> None:
    viewing = {name for name in GRANTABLE_TO_ORGANIZATIONS if name.endswith(":view")}
    with practice_context(owner.practice.pk):
        affiliations.affiliate(
            actor=owner.actor,
            organization=organization.practice,
            permissions=viewing,
            starts_on=dt.date(2026, 1, 1),
            ends_on=None,
        )
