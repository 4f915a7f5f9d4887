"""Names, addresses and identifiers: the segments that loops 1000 to 2420 share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from edi.claims.parties import Address, BillingProvider, Organization, Patient, Payer, Person, Provider, Subscriber
from edi.dates import format_date
from edi.envelope import Envelope
from edi.writing import Elements


def name(role: str, who: Person | Organization, qualifier: str = "", identifier: str = "") -> Elements:
    """NM1; the qualifier is left out with the identifier."""
    qualifier = qualifier if identifier else ""
    if isinstance(who, Organization):
        return ("NM1", role, "2", who.name, "", "", "", "", qualifier, identifier)
    return ("NM1", role, "1", who.last, who.first, who.middle, "", who.suffix, qualifier, identifier)


def address(place: Address) -> Iterator[Elements]:
    """N3 and N4; ZIP codes go without their hyphen, the country only when it is not the United States."""
    country = "" if place.country in {"", "US"} else place.country
    yield ("N3", place.line1, place.line2)
    yield ("N4", place.city, place.state, place.postal_code.replace("-", ""), country)


def demographics(birth_date: date | None, sex: str) -> Iterator[Elements]:
    """DMG, when the date of birth is known."""
    if birth_date is not None:
        yield ("DMG", "D8", format_date(birth_date), sex)


def submitter_and_receiver(envelope: Envelope) -> Iterator[Elements]:
    """Loops 1000A and 1000B."""
    sender, receiver = envelope.submitter, envelope.claims_receiver
    ways = [part for kind, way in (("TE", sender.phone), ("EM", sender.email)) if way for part in (kind, way)]
    yield name("41", Organization(sender.name), "46", sender.etin)
    yield ("PER", "IC", sender.contact_name, *ways)
    yield name("40", Organization(receiver.name), "46", receiver.etin)


def billing_provider(billing: BillingProvider) -> Iterator[Elements]:
    """Loops 2000A, 2010AA and 2010AB."""
    yield ("HL", "1", "", "20", "1")
    if billing.taxonomy:
        yield ("PRV", "BI", "PXC", billing.taxonomy)
    yield name("85", billing.name, "XX", billing.npi)
    yield from address(billing.address)
    yield ("REF", billing.tax_id_kind, billing.tax_id.replace("-", ""))
    if billing.pay_to is not None:
        yield ("NM1", "87", "1" if isinstance(billing.name, Person) else "2")
        yield from address(billing.pay_to)


def subscriber(who: Subscriber, relationship: str) -> Iterator[Elements]:
    """SBR and loop 2010BA; `relationship` (SBR02) is 18 when the subscriber is the patient, else empty."""
    plan = "" if who.group_number else who.plan_name
    level = (who.responsibility, relationship, who.group_number, plan, who.medicare_type)
    yield ("SBR", *level, "", "", "", who.filing_indicator)
    yield name("IL", who.name, who.member_id_qualifier, who.member_id)
    if who.address is not None:
        yield from address(who.address)
    yield from demographics(who.birth_date, who.sex)


def payer(who: Payer) -> Iterator[Elements]:
    """NM1*PR of loop 2010BB or 2330B, with its address."""
    yield name("PR", Organization(who.name), who.id_qualifier, who.id)
    if who.address is not None:
        yield from address(who.address)


def patient(who: Patient) -> Iterator[Elements]:
    """PAT and loop 2010CA."""
    yield ("PAT", who.relationship)
    yield name("QC", who.name)
    yield from address(who.address)
    yield from demographics(who.birth_date, who.sex)


def provider(role: str, who: Provider) -> Iterator[Elements]:
    """NM1 of a clinician, with PRV*PE for a rendering provider whose taxonomy is known."""
    yield name(role, who.name, "XX", who.npi)
    if who.taxonomy and role == "82":
        yield ("PRV", "PE", "PXC", who.taxonomy)
