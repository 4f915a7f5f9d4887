"""Who is in the demo: three businesses and the people to sign in as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from practice.permissions import Role

PASSWORD: Final = "caseload-demo-2026"  # noqa: S105 - the demo's, printed at its start


@dataclass(frozen=True, slots=True)
class Business:
    """A tenant of the demo, by its owner's first name."""

    name: str
    kind: str
    time_zone: str = "America/New_York"


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody to sign in as. An owner founds the business; everybody else is invited to it."""

    first_name: str
    last_name: str
    business: Business
    roles: tuple[Role, ...]
    words: str

    @property
    def name(self) -> str:
        """As the account has it."""
        return f"{self.first_name} {self.last_name}"

    @property
    def email(self) -> str:
        """The address to sign in with."""
        return f"{self.first_name.lower()}@{self.business.name.split()[0].lower()}.example"

    @property
    def is_owner(self) -> bool:
        """Whether the person founds the business."""
        return Role.OWNER in self.roles


FERNHOLLOW: Final = Business("Fernhollow Therapy", "practice")
RIVERMARK: Final = Business("Rivermark Partners", "practice")
NORTHLIGHT: Final = Business("Northlight Services", "mso")

PERSONAS: Final = (
    Persona(
        "Alice", "Moreau", FERNHOLLOW, (Role.OWNER, Role.CLINICIAN, Role.SUPERVISOR), "owner, clinician, supervisor"
    ),
    Persona("Bob", "Keller", FERNHOLLOW, (Role.BILLER,), "biller"),
    Persona("Charlie", "Nguyen", FERNHOLLOW, (Role.CLINICIAN,), "W-2 clinician"),
    Persona("Dana", "Whitfield", FERNHOLLOW, (Role.CLINICIAN,), "1099 clinician"),
    Persona("Erin", "Castillo", FERNHOLLOW, (Role.ACCOUNTANT,), "accountant"),
    Persona("Frank", "Osei", FERNHOLLOW, (Role.SCHEDULER,), "scheduler"),
    Persona("Grace", "Lindqvist", FERNHOLLOW, (Role.SUPERVISOR, Role.CLINICIAN), "supervisor, clinician"),
    Persona("Heidi", "Sommer", RIVERMARK, (Role.OWNER, Role.CLINICIAN), "owner of another practice"),
    Persona("Olga", "Northlight", NORTHLIGHT, (Role.OWNER,), "owner of the MSO"),
    Persona("Ivan", "Petrov", NORTHLIGHT, (Role.ORGANIZATION_STAFF,), "staff of an MSO that serves both practices"),
)
