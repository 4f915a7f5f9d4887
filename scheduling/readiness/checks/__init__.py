"""The checks that scheduling itself knows, by theme. Higher rooms register theirs beside them."""

from __future__ import annotations

from typing import Final

from scheduling.readiness.check import Check
from scheduling.readiness.checks.add_ons import AddOnFits, CrisisTime, OncePerDay
from scheduling.readiness.checks.authorizations import AuthorizationLapsed, AuthorizationNeeded, AuthorizationUsed
from scheduling.readiness.checks.counts import UnitsOfTime
from scheduling.readiness.checks.coverage import (
    ClientIncomplete,
    CoverageInactive,
    MemberIdForm,
    MemberIdMissing,
    PayerMissing,
    ReferringMissing,
    SubscriberIncomplete,
)
from scheduling.readiness.checks.deadlines import DeadlineNear, DeadlinePassed
from scheduling.readiness.checks.diagnoses import DiagnosisInvalid, DiagnosisMissing, TooManyDiagnoses
from scheduling.readiness.checks.duplicates import Duplicate
from scheduling.readiness.checks.fees import FeeMissing, PolicyFeeMissing
from scheduling.readiness.checks.licenses import LicenseMissing
from scheduling.readiness.checks.networks import NotEnrolled, PayerNotElectronic, SessionBeforeNetwork
from scheduling.readiness.checks.numbers import BillingNpi, RenderingNpi, RenderingTaxonomy
from scheduling.readiness.checks.required import (
    ClinicianMissing,
    NotHappened,
    PlaceMismatch,
    PlaceMissing,
    ServiceMissing,
    ServiceRetired,
    StateMissing,
    TimesMissing,
)
from scheduling.readiness.checks.setup import FacilityZip, PracticeIncomplete
from scheduling.readiness.checks.supervision import SupervisedRefused, SupervisorMissing
from scheduling.readiness.checks.telehealth import ModifierMismatch
from scheduling.readiness.checks.times import TooLong, TooShort
from scheduling.readiness.registry import register

CHECKS: Final[tuple[type[Check], ...]] = (
    NotHappened,
    ServiceMissing,
    ServiceRetired,
    TimesMissing,
    ClinicianMissing,
    TooShort,
    TooLong,
    CrisisTime,
    AddOnFits,
    OncePerDay,
    UnitsOfTime,
    DiagnosisMissing,
    DiagnosisInvalid,
    TooManyDiagnoses,
    PlaceMissing,
    PlaceMismatch,
    ModifierMismatch,
    StateMissing,
    Duplicate,
    FeeMissing,
    PolicyFeeMissing,
    PayerMissing,
    CoverageInactive,
    MemberIdMissing,
    MemberIdForm,
    SubscriberIncomplete,
    ClientIncomplete,
    ReferringMissing,
    AuthorizationUsed,
    AuthorizationNeeded,
    AuthorizationLapsed,
    NotEnrolled,
    SessionBeforeNetwork,
    PayerNotElectronic,
    LicenseMissing,
    SupervisedRefused,
    SupervisorMissing,
    RenderingNpi,
    RenderingTaxonomy,
    BillingNpi,
    PracticeIncomplete,
    FacilityZip,
    DeadlinePassed,
    DeadlineNear,
)


def register_all() -> None:
    """Registers them; called at start-up."""
    for check in CHECKS:
        register(check())
