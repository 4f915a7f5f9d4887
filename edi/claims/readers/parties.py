"""Loops 1000A to 2010CA, 2310 and 2420: who is named."""

from __future__ import annotations

from edi.claims.parties import (
    Address,
    BillingProvider,
    Facility,
    Organization,
    Patient,
    Payer,
    Person,
    Provider,
    Subscriber,
    TaxIdKind,
)
from edi.claims.readers.loops import Loop
from edi.claims.readers.values import Values, address
from edi.delimiters import Delimiters
from edi.envelope import Envelope, Receiver, Submitter
from edi.interchanges import Group, Interchange
from edi.segments import Segment

NOTHING = Segment([""], Delimiters())
"""Stands for a segment that is not there: every element of it is empty."""


def name_segment(loop: Loop | None) -> Segment:
    """NM1 of a loop, or an empty segment."""
    return (loop.find("NM1") if loop else None) or NOTHING


def who(segment: Segment) -> Person | Organization:
    """NM1 as a person or an organization."""
    if segment[2] == "1":
        return Person(segment[3], segment[4], segment[5], segment[7])
    return Organization(segment[3])


def person(segment: Segment) -> Person:
    """NM1 as a person."""
    return Person(segment[3], segment[4], segment[5], segment[7])


def taxonomy(loop: Loop) -> str:
    """PRV03."""
    found = loop.find("PRV")
    return found[3] if found else ""


def payer(loop: Loop | None) -> Payer:
    """Loop 2010BB or 2330B."""
    named = name_segment(loop)
    return Payer(named[3], named[9], named[8] or "PI", address(loop) if loop else None)


def billing_provider(level: Loop) -> BillingProvider:
    """Loops 2000A, 2010AA and 2010AB."""
    loop, pay_to = level.child("2010AA"), level.child("2010AB")
    named = name_segment(loop)
    tax = (loop.find("REF", "EI", "SY") if loop else None) or NOTHING
    kind: TaxIdKind = "SY" if tax[1] == "SY" else "EI"
    place = (address(loop) if loop else None) or Address()
    sent_to = address(pay_to) if pay_to else None
    return BillingProvider(who(named), named[9], tax[2], place, kind, taxonomy(level), sent_to)


def subscriber(values: Values, level: Loop) -> Subscriber:
    """Loops 2000B and 2010BA."""
    sbr, loop = level.find("SBR") or NOTHING, level.child("2010BA")
    named = name_segment(loop)
    born = loop.find("DMG") if loop else None
    return Subscriber(
        name=who(named),
        member_id=named[9],
        filing_indicator=sbr[9],
        responsibility=sbr[1],
        group_number=sbr[3],
        plan_name=sbr[4],
        medicare_type=sbr[5],
        address=address(loop) if loop else None,
        birth_date=values.day(born, 2),
        sex=born[3] if born else "",
        member_id_qualifier=named[8] or "MI",
    )


def patient(values: Values, level: Loop) -> Patient:
    """Loops 2000C and 2010CA."""
    relation, loop = level.find("PAT") or NOTHING, level.child("2010CA")
    born = loop.find("DMG") if loop else None
    place = (address(loop) if loop else None) or Address()
    sex = born[3] if born else ""
    return Patient(person(name_segment(loop)), relation[1], place, values.day(born, 2), sex)


def provider(loop: Loop | None) -> Provider | None:
    """A clinician."""
    if loop is None:
        return None
    named = name_segment(loop)
    return Provider(who(named), named[9], taxonomy(loop))


def facility(loop: Loop | None) -> Facility | None:
    """Loop 2310C."""
    if loop is None:
        return None
    named = name_segment(loop)
    return Facility(named[3], address(loop) or Address(), named[9])


def envelope(interchange: Interchange, group: Group, header: Loop) -> Envelope:
    """ISA, GS and the loops 1000A and 1000B."""
    return Envelope(
        sender_qualifier=interchange.sender_qualifier,
        sender=interchange.sender,
        receiver_qualifier=interchange.receiver_qualifier,
        receiver=interchange.receiver,
        group_sender=_unless(group.sender, interchange.sender),
        group_receiver=_unless(group.receiver, interchange.receiver),
        usage="T" if interchange.usage == "T" else "P",
        acknowledgment_wanted=interchange.acknowledgment_wanted,
        delimiters=interchange.delimiters,
        submitter=_submitter(header.child("1000A")),
        claims_receiver=_receiver(header.child("1000B")),
    )


def _unless(text: str, usual: str) -> str:
    """The text, or nothing when it only repeats the usual one."""
    return "" if text == usual else text


def _submitter(loop: Loop | None) -> Submitter:
    """Loop 1000A."""
    named, contact = name_segment(loop), (loop.find("PER") if loop else None) or NOTHING
    ways = {contact[place]: contact[place + 1] for place in (7, 5, 3) if contact[place]}
    return Submitter(named[3], named[9], contact[2], ways.get("TE", ""), ways.get("EM", ""))


def _receiver(loop: Loop | None) -> Receiver:
    """Loop 1000B."""
    named = name_segment(loop)
    return Receiver(named[3], named[9])
