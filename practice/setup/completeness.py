"""What a claim still needs of the practice itself. Pure: facts in, what is missing out, in words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SetupFacts:
    """What is there. `zip` is the billing address's; counts are of active rows."""

    legal_name: str = ""
    has_ein: bool = False
    npi: str = ""
    taxonomy: str = ""
    phone: str = ""
    contact_name: str = ""
    street: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    locations: int = 0
    locations_without_address: tuple[str, ...] = ()
    services: int = 0
    services_without_fee: tuple[str, ...] = ()
    payers: int = 0
    payers_without_id: tuple[str, ...] = ()
    payers_without_claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """One missing fact: the step that asks for it, what it is called, and the URL name where it is entered."""

    step: str
    words: str
    url_name: str


def missing(facts: SetupFacts, *, treats_clients: bool = True) -> list[Missing]:
    """Everything missing, in the order of the steps; an MSO or IPA sends no claims of its own."""
    found = _identity(facts) + _address(facts)
    if treats_clients:
        found += _locations(facts) + _services(facts) + _payers(facts)
    return found


def _identity(facts: SetupFacts) -> list[Missing]:
    named = (
        ("legal name", facts.legal_name),
        ("EIN", facts.has_ein),
        ("group NPI", facts.npi),
        ("taxonomy", facts.taxonomy),
        ("billing phone", facts.phone),
        ("billing contact", facts.contact_name),
    )
    return [Missing("identity", words, "setup_identity") for words, value in named if not value]


def _address(facts: SetupFacts) -> list[Missing]:
    """The billing address is a street with nine digits of ZIP (005010X222A1 2010AA N3, N4)."""
    if not all((facts.street, facts.city, facts.state, facts.zip)):
        return [Missing("addresses", "street address", "setup_addresses")]
    digits = facts.zip.replace("-", "")
    full = 9
    return [] if len(digits) == full else [Missing("addresses", "four more digits of the ZIP code", "setup_addresses")]


def _locations(facts: SetupFacts) -> list[Missing]:
    if not facts.locations:
        return [Missing("locations", "location", "setup_locations")]
    return [Missing("locations", f"address of {name}", "setup_locations") for name in facts.locations_without_address]


def _services(facts: SetupFacts) -> list[Missing]:
    if not facts.services:
        return [Missing("services", "service", "setup_services")]
    return [Missing("services", f"fee for {name}", "setup_services") for name in facts.services_without_fee]


def _payers(facts: SetupFacts) -> list[Missing]:
    """A practice without payers bills its clients only: nothing is missing then."""
    ids = [Missing("payers", f"payer ID of {name}", "setup_payers") for name in facts.payers_without_id]
    claims = [
        Missing("payers", f"date since when {name} takes your claims (837)", "setup_payers")
        for name in facts.payers_without_claims
    ]
    return ids + claims
