"""Everything a check may need about an attendance, as plain values."""

from __future__ import annotations

from scheduling.readiness.facts.attendance import AddOnFacts, Facts
from scheduling.readiness.facts.clients import (
    AuthorizationFacts,
    ClientFacts,
    CoverageFacts,
    DiagnosisFacts,
    PayerFacts,
    RulesFacts,
)
from scheduling.readiness.facts.clinicians import (
    ClinicianFacts,
    EnrollmentFacts,
    LicenseFacts,
    SupervisionFacts,
)
from scheduling.readiness.facts.practice import FeeFacts, LocationFacts, PracticeFacts, ServiceFacts

__all__ = [
    "AddOnFacts",
    "AuthorizationFacts",
    "ClientFacts",
    "ClinicianFacts",
    "CoverageFacts",
    "DiagnosisFacts",
    "EnrollmentFacts",
    "Facts",
    "FeeFacts",
    "LicenseFacts",
    "LocationFacts",
    "PayerFacts",
    "PracticeFacts",
    "RulesFacts",
    "ServiceFacts",
    "SupervisionFacts",
]
