"""Spells the parts that a 270 and a 271 have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from edi.characters import clean
from edi.dates import format_date, format_range
from edi.delimiters import Delimiters
from edi.eligibility.people import Dated, Identity, Provider, Receiver, Trace
from edi.eligibility.rejection import Rejection
from edi.eligibility.walking import CHANGED
from edi.errors import X12Error
from edi.parties import Address, Name, Reference
from edi.writing import Block, Elements, Part

Lines = Iterator[Elements | Block]

ORIGINATOR = 10
SELF = "18"
DATA_CHANGED = "25"
BEFORE_BIRTH_ORDER = ("",) * 12
"""INS05 to INS16."""


def identifier(text: str, what: str) -> str:
    """An identifier that must come back as it is; raises X12Error when cleaning would change it."""
    if text.upper() != clean(text):
        raise X12Error(f"{what} “{text}” has characters that X12 cannot carry.")
    return text


def named(name: Name | None, what: str) -> Lines:
    """NM1; raises X12Error when there is nobody to name."""
    if name is None:
        raise X12Error(f"{what} has to be named.")
    kind = "1" if name.is_person else "2"
    number = identifier(name.id, f"The number of {what.lower()}")
    yield "NM1", name.role, kind, name.last, name.first, name.middle, "", name.suffix, name.id_qualifier, number


def located(address: Address | None) -> Lines:
    """N3 and N4."""
    if address is None:
        return
    if address.line1 or address.line2:
        yield "N3", address.line1, address.line2
    place = (address.city, address.state, address.postal_code, address.country)
    if any(place):
        yield "N4", *place


def traced(traces: Iterable[Trace]) -> Lines:
    """TRN; raises X12Error when the originator does not have ten signs."""
    for one in traces:
        if len(one.originator) != ORIGINATOR:
            raise X12Error(f"The originator “{one.originator}” of a trace (TRN03) must have ten characters.")
        number, originator = identifier(one.number, "The trace number"), identifier(one.originator, "The originator")
        yield "TRN", one.kind, number, originator, one.further


def referred(references: Iterable[Reference]) -> Lines:
    """REF."""
    for one in references:
        yield "REF", one.qualifier, one.value


def played(provider: Provider | None) -> Lines:
    """PRV."""
    if provider is not None:
        yield "PRV", provider.role, provider.id_qualifier, provider.id


def receiver_opening(receiver: Receiver) -> Lines:
    """Loop 2100B up to its address."""
    yield from named(receiver.name, "The provider")
    yield from referred(receiver.references)
    yield from located(receiver.address)


def identity_opening(identity: Identity) -> Lines:
    """Loop 2100C or 2100D up to the address."""
    yield from named(identity.name, "The member")
    yield from referred(identity.references)
    yield from located(identity.address)


def identity_closing(identity: Identity) -> Lines:
    """Loop 2100C or 2100D from PRV on."""
    yield from played(identity.provider)
    yield from _born(identity.birth_date, identity.sex)
    yield from _related(identity)
    yield from dated(identity.dates)


def _born(day: date | None, sex: str) -> Lines:
    if day or sex:
        yield "DMG", "D8" if day else "", format_date(day) if day else "", sex


def _related(identity: Identity) -> Lines:
    if identity.relationship or identity.birth_order or identity.is_changed:
        own = "Y" if identity.relationship == SELF else "N"
        changed = (CHANGED, DATA_CHANGED) if identity.is_changed else ("", "")
        yield "INS", own, identity.relationship, *changed, *BEFORE_BIRTH_ORDER, identity.birth_order


def dated(dates: Iterable[Dated]) -> Lines:
    """DTP: a day (D8) or a period (RD8)."""
    for one in dates:
        if one.last is None:
            yield "DTP", one.qualifier, "D8", format_date(one.first)
        else:
            yield "DTP", one.qualifier, "RD8", format_range(one.first, one.last)


def rejected(rejections: Iterable[Rejection]) -> Lines:
    """AAA."""
    for one in rejections:
        yield "AAA", "Y" if one.is_valid else "N", "", one.reason, one.follow_up


def repeating(marks: Delimiters, *parts: Part | list[str]) -> Block:
    """A segment in which a list is a repeated element; text and components are cleaned as elsewhere."""
    spelled = marks.element.join(_part(part, marks) for part in parts).rstrip(marks.element)
    return Block(f"{spelled}{marks.segment}", 1)


def _part(part: Part | list[str], marks: Delimiters) -> str:
    if isinstance(part, str):
        return clean(part, marks)
    mark = marks.repetition if isinstance(part, list) else marks.component
    return mark.join(clean(one, marks) for one in part).rstrip(mark)
