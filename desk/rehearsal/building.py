"""Sets the practice up page by page: claim facts, places, services, payers, team and clients."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from clients import services as intake
from clinicians import services as team
from desk.rehearsal import people, plan
from desk.rehearsal.people import Staff
from practice.actors import Actor
from practice.setup import services as setup

ADDRESS: Final = {"address1": "40 Orchard Row", "city": "Philadelphia", "state": "PA", "zip": "19106-1234"}
SINCE: Final = plan.BEGUN - dt.timedelta(days=100)
BORN: Final = dt.date(1990, 4, 2)
EFFECTIVE: Final = "effective"


@dataclass(slots=True)
class Made:
    """What the calendar needs of the set-up: rows by their place in the plan."""

    staff: Staff
    office: Any
    services: dict[str, Any]
    payers: list[Any]
    clients: list[Any]


def build(staff: Staff) -> Made:
    """Everything, inside the practice's context."""
    actor = staff.owner.actor
    _identify(actor)
    office = setup.add_location(actor=actor, name="Orchard Row", place_of_service="11", **ADDRESS)
    services = {
        code: setup.add_service(actor=actor, code=code, fee=plan.FEES[code], fee_from=SINCE, **facts)
        for code, facts in plan.SERVICES.items()
    }
    payers = [_payer(actor, facts) for facts in plan.PAYERS]
    clinicians = [_clinician(staff, helper, payers, office) for helper in plan.CLINICIANS]
    for helper, clinician in zip(plan.CLINICIANS, clinicians, strict=True):
        if helper.supervised:
            team.add_supervision(
                actor=actor, clinician_id=clinician.pk, supervisor_id=clinicians[0].pk, starts_on=SINCE
            )
    clients = [_client(actor, person, clinicians, payers) for person in plan.CLIENTS]
    return Made(staff, office, services, payers, clients)


def _identify(actor: Actor) -> None:
    setup.save_identity(
        actor=actor,
        legal_name="Rehearsal Therapy PC",
        ein="23-4567890",
        npi="1245319599",
        taxonomy="261QM0801X",
        phone="215-555-0142",
        email="billing@rehearsal.example",
        contact_name="Bao Osgood",
    )
    setup.save_addresses(actor=actor, billing=ADDRESS, pay_to=None)
    setup.save_policies(
        actor=actor,
        late_cancel_hours=24,
        late_cancel_fee=plan.LATE_CANCEL_FEE,
        no_show_fee=plan.NO_SHOW_FEE,
        attester="anyone",
        confirm_within_hours=48,
        send_delay_minutes=10,
    )


def _payer(actor: Actor, facts: dict[str, Any]) -> Any:
    payer = setup.add_own_payer(actor=actor, **facts)
    enrolled = dict.fromkeys(("837", "835"), SINCE)
    setup.change_payer(actor=actor, payer_id=payer.pk, facts=facts, enrolled_since=enrolled, numbers={})
    return payer


def _clinician(staff: Staff, helper: plan.Helper, payers: list[Any], office: Any) -> Any:
    actor = staff.owner.actor
    row = team.add_clinician(
        actor=actor,
        engagement=helper.engagement,
        starts_on=SINCE,
        credentials=helper.credentials,
        first_name=helper.first_name,
        last_name=helper.last_name,
        npi=helper.npi,
        email=f"{helper.first_name.lower()}-{staff.owner.practice.slug}@rehearsal.example",
        location=office,
        can_supervise=not helper.supervised,
    )
    until = plan.BILLED_ON + dt.timedelta(days=400)
    kind, number = helper.credentials, f"PA{row.pk:06}"
    team.add_license(actor=actor, clinician_id=row.pk, state="PA", kind=kind, number=number, expires_on=until)
    for payer in payers:
        team.set_enrollment(actor=actor, clinician_id=row.pk, payer_id=payer.pk, status=EFFECTIVE, effective_on=SINCE)
    staff.clinicians.append(people.open_portal(staff.owner, row.pk, helper))
    staff.clinician_ids.append(row.pk)
    return row


def _client(actor: Actor, person: plan.Person, clinicians: list[Any], payers: list[Any]) -> Any:
    facts: dict[str, Any] = {
        "since": SINCE,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "date_of_birth": BORN,
        "sex": "F",
        "own_rate": person.own_rate,
        **ADDRESS,
    }
    client = intake.add_client(actor=actor, clinician=clinicians[person.clinician], **facts)
    intake.add_diagnosis(actor=actor, client_id=client.pk, code="F41.1", starts_on=SINCE)
    if person.payer is not None:
        intake.add_coverage(
            actor=actor,
            client_id=client.pk,
            payer=payers[person.payer],
            member_id=f"KM{4471900 + client.number}",
            starts_on=SINCE,
            copay=plan.COPAY,
        )
    return client
