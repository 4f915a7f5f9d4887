"""Sets Fernhollow up as its owner would, page by page: claim facts, places, services, payers, people, a first week."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Final

from clients import services as intake
from clinicians import services as team
from desk.demo.small_names import CLIENTS, CLINICIANS, PAYERS, SERVICES
from practice import clock
from practice.access import Access
from practice.actors import Actor
from practice.setup import services as setup
from scheduling.booking import book
from scheduling.facts import Booking, Repeat

ADDRESS: Final = {
    "address1": "214 Walnut Street",
    "address2": "Suite 3",
    "city": "Philadelphia",
    "state": "PA",
    "zip": "19106-1234",
}
FIRST_HOUR: Final = 9


def make(owner: Access) -> None:
    """Everything, inside the practice's context."""
    actor, today = owner.actor, clock.today(owner.practice)
    begun = today - dt.timedelta(days=200)
    _identify(actor)
    office = setup.add_location(actor=actor, name="Walnut Street", place_of_service="11", **ADDRESS)
    setup.add_location(actor=actor, name="Telehealth", place_of_service="10", is_telehealth=True)
    services = [setup.add_service(actor=actor, fee_from=begun, **facts) for facts in SERVICES]
    payers = [_payer(actor, facts, begun) for facts in PAYERS]
    clinicians = [_clinician(actor, facts, payers, begun, office) for facts in CLINICIANS]
    for number, facts in enumerate(CLIENTS):
        clinician = clinicians[number % len(clinicians)]
        payer = payers[number % len(payers)] if number % 4 else None
        client = _client(actor, facts, clinician, payer, begun)
        slot = number // len(clinicians)
        book(
            actor=actor,
            booking=Booking(
                kind="individual",
                date=today - dt.timedelta(days=today.weekday()) - dt.timedelta(days=7 - slot % 5),
                time=dt.time(FIRST_HOUR + slot // 5),
                minutes=services[1].minutes,
                clinician_ids=(clinician.pk,),
                client_ids=(client.pk,),
                service_id=services[1].pk,
                location_id=office.pk,
                repeat=Repeat(1),
            ),
        )


def _identify(actor: Actor) -> None:
    setup.save_identity(
        actor=actor,
        legal_name="Fernhollow Therapy PC",
        ein="23-4567890",
        npi="1245319599",
        taxonomy="261QM0801X",
        phone="215-555-0142",
        email="billing@fernhollow.example",
        contact_name="Bob Keller",
    )
    setup.save_addresses(actor=actor, billing=ADDRESS, pay_to=None)
    setup.save_organization(actor=actor, business_model="integrated")


def _payer(actor: Actor, facts: dict[str, Any], since: dt.date) -> Any:
    payer = setup.add_own_payer(actor=actor, **facts)
    enrolled = dict.fromkeys(("837", "835"), since)
    setup.change_payer(actor=actor, payer_id=payer.pk, facts=facts, enrolled_since=enrolled, numbers={})
    return payer


def _clinician(actor: Actor, facts: dict[str, Any], payers: list[Any], begun: dt.date, office: Any) -> Any:
    person = team.add_clinician(actor=actor, starts_on=begun, location=office, **facts)
    team.add_license(
        actor=actor,
        clinician_id=person.pk,
        state="PA",
        kind=facts["credentials"],
        number=f"PA{person.pk:06}",
        expires_on=begun + dt.timedelta(days=700),
    )
    for payer in payers:
        team.set_enrollment(
            actor=actor, clinician_id=person.pk, payer_id=payer.pk, status="effective", effective_on=begun
        )
    return person


def _client(actor: Actor, facts: dict[str, Any], clinician: Any, payer: Any, begun: dt.date) -> Any:
    values: dict[str, Any] = {"since": begun, **ADDRESS, **facts}
    client = intake.add_client(actor=actor, clinician=clinician, **values)
    if payer is not None:
        intake.add_coverage(
            actor=actor,
            client_id=client.pk,
            payer=payer,
            member_id=f"KM{4471900 + client.number}",
            starts_on=begun,
            copay=Decimal("25.00"),
        )
    return client
