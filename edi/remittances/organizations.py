"""Reads who pays and who is paid (loops 1000A and 1000B)."""

from __future__ import annotations

from edi.delimiters import Delimiters
from edi.remittances.details import DetailReader
from edi.remittances.drafts import OrganizationDraft
from edi.remittances.model import Organization
from edi.remittances.tolerant import element


class OrganizationReader(DetailReader):
    """Keeps the organization that is open and those that are complete, by role."""

    def __init__(self, delimiters: Delimiters) -> None:
        super().__init__(delimiters)
        self.organizations: dict[str, Organization] = {}
        self.organization: tuple[str, OrganizationDraft] | None = None

    def read_organization(self, elements: list[str]) -> None:
        """N1: the payer or the payee."""
        role = element(elements, 1)
        identity = (element(elements, 2).strip(), element(elements, 3), element(elements, 4).strip())
        self.organization = (role, OrganizationDraft(*identity))
        self.opened = self.organization[1]
        if role not in {"PR", "PE"}:
            self.note(f"N1 names “{role}”, neither payer (PR) nor payee (PE).")

    def read_street(self, elements: list[str]) -> None:
        """N3: the street of the organization named before."""
        if self.organization:
            self.organization[1].street = (element(elements, 1), element(elements, 2))

    def read_city(self, elements: list[str]) -> None:
        """N4: the city, state, ZIP code and country of the organization named before."""
        if self.organization:
            city, state, postal_code = element(elements, 1), element(elements, 2), element(elements, 3)
            self.organization[1].city = (city, state, postal_code, element(elements, 4))

    def close_organization(self) -> None:
        """Completes the open organization; the first of a role counts."""
        if self.organization is not None:
            role, draft = self.organization
            self.organizations.setdefault(role, draft.finished())
            self.organization = None
