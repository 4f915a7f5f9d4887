"""Who is named in a transaction: people, organizations, their addresses and how to reach them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """An NM1: a person (`is_person`) with name parts, or an organization whose name is in `last`."""

    role: str
    last: str = ""
    first: str = ""
    middle: str = ""
    suffix: str = ""
    id_qualifier: str = ""
    id: str = ""
    is_person: bool = True

    @property
    def full(self) -> str:
        """The name as it is said: first, middle, last, suffix."""
        return " ".join(part for part in (self.first, self.middle, self.last, self.suffix) if part)


@dataclass(frozen=True, slots=True)
class Reference:
    """A REF: an identifier and the qualifier that says whose it is."""

    qualifier: str
    value: str


@dataclass(frozen=True, slots=True)
class Address:
    """N3 and N4: where a payer or payee is."""

    line1: str = ""
    line2: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """A PER: whom to ask; `ways` are pairs of kind (TE, EM, FX, UR, EX) and number or address."""

    role: str
    name: str = ""
    ways: tuple[tuple[str, str], ...] = ()


def reference(references: tuple[Reference, ...], qualifier: str) -> str:
    """The first identifier under a qualifier, or nothing."""
    return next((found.value for found in references if found.qualifier == qualifier), "")
