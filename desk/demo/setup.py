"""Sets a practice up as its owner would, page by page: claim facts, places, services, payers and contracts."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Final

from desk.demo.names import OF_THE_DIRECTORY, PAYERS, RATES, SERVICES
from desk.demo.script import Script
from practice.actors import Actor
from practice.payer_rules import ALWAYS
from practice.setup import directory
from practice.setup import services as setup

ADDRESS: Final = {
    "address1": "214 Walnut Street",
    "address2": "Suite 3",
    "city": "Philadelphia",
    "state": "PA",
    "zip": "19106-1234",
}
OFFICE: Final = "Walnut Street"
TELEHEALTH: Final = "Telehealth"
_LOOKED_AT: Final = ("look", "locations", "services", "payers")


def make(actor: Actor, script: Script, since: dt.date) -> None:
    """Everything that a claim needs of the practice itself; fees and enrollments hold since a day."""
    _identify(actor, script)
    setup.add_location(actor=actor, name=OFFICE, place_of_service="11", **ADDRESS)
    setup.add_location(actor=actor, name=TELEHEALTH, place_of_service="10", is_telehealth=True)
    services = {facts["code"]: setup.add_service(actor=actor, fee_from=since, **facts) for facts in SERVICES}
    payers = {key: _payer(actor, key, since) for key in PAYERS}
    for key, rates in RATES.items():
        contract = setup.add_contract(
            actor=actor, payer_id=payers[key].pk, name="Agreement", starts_on=since, ends_on=None
        )
        cells = {(services[code].pk, ""): rate for code, rate in rates.items()}
        setup.save_rates(actor=actor, contract_id=contract.pk, rates=cells)
    for step in _LOOKED_AT:
        setup.finish_step(actor=actor, step=step)


def _identify(actor: Actor, script: Script) -> None:
    host = script.business.name.split()[0].lower()
    setup.save_identity(
        actor=actor,
        legal_name=script.legal_name,
        ein=script.ein,
        npi=script.npi,
        taxonomy="261QM0801X",
        phone="215-555-0142",
        email=f"billing@{host}.example",
        contact_name=script.billing_name,
    )
    setup.save_addresses(actor=actor, billing=ADDRESS, pay_to=None)
    setup.save_organization(actor=actor, business_model=script.model)
    setup.save_policies(
        actor=actor,
        late_cancel_hours=24,
        late_cancel_fee=Decimal("75.00"),
        no_show_fee=Decimal("90.00"),
        attester="anyone",
        confirm_within_hours=48,
        send_delay_minutes=10,
    )


def _payer(actor: Actor, key: str, since: dt.date) -> Any:
    facts = PAYERS[key]
    payer = (
        setup.add_directory_payer(actor=actor, entry_id=_entry(facts["name"]))
        if key in OF_THE_DIRECTORY
        else setup.add_own_payer(actor=actor, **facts)
    )
    if key in OF_THE_DIRECTORY and "filing_days" in facts:
        rules = {"filing_days": facts["filing_days"]}
        setup.set_rules(actor=actor, payer_id=payer.pk, starts_on=ALWAYS, facts=rules)
    enrolled = dict.fromkeys(("837", "835", "270"), since)
    setup.change_payer(actor=actor, payer_id=payer.pk, facts=facts, enrolled_since=enrolled, numbers={})
    return payer


def _entry(name: str) -> int:
    """The directory's entry of this name."""
    return next(found.entry.pk for found in directory.payers(name) if found.entry.name == name)
