"""The tables of the practice app."""

from __future__ import annotations

from practice.tenancy import schema

schema.install()

from practice.models.audit import AuditEvent, StateChange  # noqa: E402
from practice.models.files import PracticeFile, StoredFile  # noqa: E402
from practice.models.local import AccountEvent, DemoMail, DueWork, Invitation  # noqa: E402
from practice.models.practices import Affiliation, Membership, Practice  # noqa: E402
from practice.models.user import Person, User  # noqa: E402

__all__ = [
    "AccountEvent",
    "Affiliation",
    "AuditEvent",
    "DemoMail",
    "DueWork",
    "Invitation",
    "Membership",
    "Person",
    "Practice",
    "PracticeFile",
    "StateChange",
    "StoredFile",
    "User",
]
