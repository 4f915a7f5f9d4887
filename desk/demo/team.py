"""Brings the clinicians in: their files, terms of work, licenses, enrollments, supervision and accounts."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from clinicians import services as team
from desk.demo import agreements, papers
from desk.demo.accounts import accept
from desk.demo.cast import PERSONAS
from desk.demo.names import PAYERS, TAKE_ASSOCIATES, Colleague
from desk.demo.script import Script
from desk.demo.setup import OFFICE
from practice import access
from practice.access import Access
from practice.actors import Actor
from practice.setup import lists


def make(owner: Access, script: Script, monday: dt.date, since: dt.date, joins_on: dt.date) -> None:
    """Everybody of the script, inside the practice's context: since a day, and who came last since another."""
    actor = owner.actor
    office = next(row.location for row in lists.locations() if row.location.name == OFFICE)
    payers = {row.payer.payer_id: row.payer for row in lists.payers(actor, since)}
    firsts = [joins_on if place == script.newcomer else since for place in range(len(script.team))]
    made = [_clinician(actor, one, script, on, office) for one, on in zip(script.team, firsts, strict=True)]
    for place, (one, row) in enumerate(zip(script.team, made, strict=True)):
        _enroll(actor, one, row, payers, firsts[place])
        until = papers.license_until(script, place, monday, since)
        number = f"PA{one.npi[-6:]}"
        team.add_license(
            actor=actor, clinician_id=row.pk, state="PA", kind=one.credentials, number=number, expires_on=until
        )
        if one.supervisor is not None and one.supervisor < len(made):
            supervisor = made[one.supervisor].pk
            team.add_supervision(actor=actor, clinician_id=row.pk, supervisor_id=supervisor, starts_on=since)
    papers.make(actor, script, made, monday)
    agreements.make(actor, script, made, monday)
    _open_portals(owner, script, made)


def _clinician(actor: Actor, one: Colleague, script: Script, since: dt.date, office: Any) -> Any:
    answers_for = {other.supervisor for other in script.team}
    row = team.add_clinician(
        actor=actor,
        engagement=one.engagement,
        starts_on=since,
        credentials=one.credentials,
        first_name=one.first_name,
        last_name=one.last_name,
        npi=one.npi,
        email=_address(one, script),
        location=office,
        can_supervise=script.team.index(one) in answers_for,
    )
    terms = row.engagements.get()
    team.change_engagement(
        actor=actor,
        engagement_id=terms.pk,
        kind=one.engagement,
        starts_on=since,
        business_name=one.business_name,
        tin_type=one.tin_type,
        tin=one.tin,
    )
    return row


def _enroll(actor: Actor, one: Colleague, row: Any, payers: dict[str, Any], since: dt.date) -> None:
    """With every payer that takes their claims; payers that refuse associates are left out."""
    keys = TAKE_ASSOCIATES if one.supervisor is not None else PAYERS.keys()
    for key in sorted(keys):
        team.set_enrollment(
            actor=actor,
            clinician_id=row.pk,
            payer_id=payers[PAYERS[key]["payer_id"]].pk,
            status="effective",
            effective_on=since,
        )


def _open_portals(owner: Access, script: Script, made: list[Any]) -> None:
    """Each file is opened to the account that bears the name; who has none is invited to theirs."""
    accounts = {member.user.name: member.pk for member in access.members(owner.actor)}
    for one, row in zip(script.team, made, strict=True):
        if one.name in accounts:
            team.link_member(actor=owner.actor, clinician_id=row.pk, membership_id=accounts[one.name])
            continue
        invite = partial(team.invite_clinician, actor=owner.actor, clinician_id=row.pk)
        accept(invite, one.first_name, one.last_name)


def _address(one: Colleague, script: Script) -> str:
    persona = next((who for who in PERSONAS if who.name == one.name and who.business == script.business), None)
    host = script.business.name.split()[0].lower()
    return persona.email if persona else f"{one.first_name.lower()}@{host}.example"
