"""Somebody of a claim as the answers name them. Pure."""

from __future__ import annotations

from edi.claims.model import Organization, Person
from edi.parties import Name


def named(role: str, who: Person | Organization, qualifier: str, identifier: str) -> Name:
    """NM1; the qualifier is left out with the identifier."""
    qualifier = qualifier if identifier else ""
    if isinstance(who, Organization):
        return Name(role, who.name, id_qualifier=qualifier, id=identifier, is_person=False)
    return Name(role, who.last, who.first, who.middle, who.suffix, qualifier, identifier)
