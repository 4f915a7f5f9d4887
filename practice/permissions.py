"""What may be allowed: the one registry of permissions, and the roles that bundle them.

A permission is `area:action`. An unknown name fails when it is used, at import.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices


class UnknownPermissionError(LookupError):
    """A permission that nobody registered was named."""


@dataclass(frozen=True, slots=True)
class Permission:
    """What it lets a person do, in words, and which walls of the database it needs open."""

    name: str
    words: str
    phi: bool = False
    rates: bool = False


def _registry(*permissions: Permission) -> dict[str, Permission]:
    return {permission.name: permission for permission in permissions}


REGISTRY: Final = _registry(
    Permission("practice:view", "See how the practice is set up"),
    Permission("practice:edit", "Change how the practice is set up"),
    Permission("rates:view", "See what payers agreed to pay", rates=True),
    Permission("rates:edit", "Change what payers agreed to pay", rates=True),
    Permission("members:view", "See who has access and with which role"),
    Permission("members:edit", "Invite people, change roles and end access"),
    Permission("api:use", "Make tokens with which programs read through the API"),
    Permission("audit:view", "See who did and saw what", phi=True),
    Permission("team:view", "See clinicians and their files"),
    Permission("team:edit", "Change clinicians, their files and terms"),
    Permission("team:own", "See one's own file"),
    Permission("clients:view", "See every client", phi=True),
    Permission("clients:edit", "Add and change clients", phi=True),
    Permission("clients:own", "See one's own clients", phi=True),
    Permission("calendar:view", "See everyone's calendar", phi=True),
    Permission("calendar:edit", "Book and change everyone's sessions", phi=True),
    Permission("calendar:own", "See and change one's own sessions", phi=True),
    Permission("documentation:view", "See whether sessions are documented", phi=True),
    Permission("documentation:read", "Read every session's documentation", phi=True),
    Permission("documentation:own", "Document one's own sessions", phi=True),
    Permission("documentation:cosign", "Co-sign for the people one supervises", phi=True),
    Permission("eligibility:view", "See what payers say about clients’ coverage", phi=True),
    Permission("eligibility:edit", "Ask payers about clients’ coverage", phi=True),
    Permission("billing:view", "See the billing day and charges", phi=True),
    Permission("billing:edit", "Confirm and bill sessions", phi=True),
    Permission("claims:view", "See claims and what payers answered", phi=True),
    Permission("claims:edit", "Send, correct and withdraw claims", phi=True),
    Permission("remittances:view", "See remittances", phi=True),
    Permission("remittances:edit", "Match, post and set aside remittances, work denials", phi=True),
    Permission("connections:view", "See the connections to clearinghouses"),
    Permission("connections:edit", "Change the connections to clearinghouses"),
    Permission("money:view", "See what clients owe and paid", phi=True),
    Permission("reports:view", "See what was billed, collected and is owed, with its rows", phi=True),
    Permission("reports:export", "Take reports out as files", phi=True),
    Permission("money:edit", "Take payments, refund and write off", phi=True),
    Permission("imports:edit", "Bring data over from files, and take it back", phi=True),
    Permission("payroll:view", "See everyone's pay, line by line", phi=True),
    Permission("payroll:edit", "Change pay rules, run and approve payroll", phi=True),
    Permission("payroll:totals", "See pay by clinician, rule and code, with counts only, and make the payroll files"),
    Permission("payroll:own", "See how one's own pay came about", phi=True),
)


def known(name: str) -> str:
    """The name itself; UnknownPermissionError when no such permission exists."""
    if name not in REGISTRY:
        raise UnknownPermissionError(f"There is no permission «{name}».")
    return name


def bundle(*names: str) -> frozenset[str]:
    """A set of registered permissions."""
    return frozenset(known(name) for name in names)


class Role(TextChoices):
    """The named bundles a membership can hold, several at once."""

    OWNER = "owner", "Owner"
    ADMIN = "admin", "Admin"
    BILLER = "biller", "Biller"
    SCHEDULER = "scheduler", "Scheduler"
    SUPERVISOR = "supervisor", "Supervisor"
    CLINICIAN = "clinician", "Clinician"
    ACCOUNTANT = "accountant", "Accountant"
    ORGANIZATION_STAFF = "organization_staff", "Organization staff"


EVERYTHING: Final = frozenset(REGISTRY)

BUNDLES: Final[dict[str, frozenset[str]]] = {
    Role.OWNER: EVERYTHING,
    Role.ADMIN: EVERYTHING,
    Role.BILLER: bundle(
        "practice:view", "rates:view", "rates:edit", "team:view", "clients:view", "clients:edit",
        "calendar:view", "documentation:view", "eligibility:view", "eligibility:edit", "billing:view",
        "billing:edit", "money:view", "money:edit",
        "claims:view", "claims:edit", "remittances:view", "remittances:edit", "connections:view", "reports:view",
        "reports:export", "api:use",
    ),
    Role.SCHEDULER: bundle(
        "clients:view", "clients:edit", "calendar:view", "calendar:edit", "eligibility:view", "eligibility:edit"
    ),
    Role.SUPERVISOR: bundle(
        "team:own", "clients:own", "calendar:own", "documentation:own", "documentation:cosign", "payroll:own"
    ),
    Role.CLINICIAN: bundle("team:own", "clients:own", "calendar:own", "documentation:own", "payroll:own"),
    Role.ACCOUNTANT: bundle("payroll:totals", "api:use"),
    Role.ORGANIZATION_STAFF: frozenset(),
}  # fmt: skip

# What an affiliation may grant to the staff of an MSO or IPA; rates and what clinicians wrote stay with the practice.
GRANTABLE_TO_ORGANIZATIONS: Final = EVERYTHING - bundle(
    "rates:view", "rates:edit", "members:edit", "documentation:read", "api:use"
)
