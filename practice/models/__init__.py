"""The tables of the practice app."""

from __future__ import annotations

from practice.tenancy import schema

schema.install()

from practice.models.audit import AuditEvent, StateChange  # noqa: E402
from practice.models.files import PracticeFile, StoredFile  # noqa: E402
from practice.models.local import AccountEvent, ApiToken, DemoMail, DueWork, Invitation, OutgoingMail  # noqa: E402
from practice.models.payer_rules import PayerRules  # noqa: E402
from practice.models.payers import (  # noqa: E402
    Contract,
    ContractRate,
    PayerEnrollment,
    PayerNumber,
    PracticePayer,
)
from practice.models.practices import Affiliation, Membership, Practice  # noqa: E402
from practice.models.reference import (  # noqa: E402
    Credential,
    Modifier,
    PayerDirectoryEntry,
    PlaceOfService,
    ServiceCode,
    Taxonomy,
)
from practice.models.setup import (  # noqa: E402
    CredentialLevel,
    Location,
    PracticeSettings,
    Service,
    ServiceFee,
)
from practice.models.user import Person, User  # noqa: E402

__all__ = [
    "AccountEvent",
    "Affiliation",
    "ApiToken",
    "AuditEvent",
    "Contract",
    "ContractRate",
    "Credential",
    "CredentialLevel",
    "DemoMail",
    "DueWork",
    "Invitation",
    "Location",
    "Membership",
    "Modifier",
    "OutgoingMail",
    "PayerDirectoryEntry",
    "PayerEnrollment",
    "PayerNumber",
    "PayerRules",
    "Person",
    "PlaceOfService",
    "Practice",
    "PracticeFile",
    "PracticePayer",
    "PracticeSettings",
    "Service",
    "ServiceCode",
    "ServiceFee",
    "StateChange",
    "StoredFile",
    "Taxonomy",
    "User",
]
