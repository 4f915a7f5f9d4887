"""One attendance that nothing stands in the way of, to be spoiled by each test."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from scheduling.readiness.check import Check
from scheduling.readiness.checks import CHECKS
from scheduling.readiness.facts import (
    AddOnFacts,
    ClientFacts,
    ClinicianFacts,
    CoverageFacts,
    EnrollmentFacts,
    Facts,
    FeeFacts,
    LicenseFacts,
    LocationFacts,
    PayerFacts,
    PracticeFacts,
    RulesFacts,
    ServiceFacts,
)
from scheduling.readiness.findings import Finding

ZONE: Final = ZoneInfo("America/New_York")
DAY: Final = dt.date(2026, 11, 16)
NPI: Final = "1234567893"
KEPT: Final = dt.date(2026, 1, 1)


def at(hour: int, minute: int = 0, day: dt.date = DAY) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=ZONE)


def service(number: int, code: str, low: int | None = None, high: int | None = None, **facts: Any) -> ServiceFacts:
    fees = (FeeFacts(amount=Decimal("142.00"), starts_on=KEPT),)
    return ServiceFacts(id=number, code=code, time_min=low, time_max=high, **({"fees": fees} | facts))


SHORT = service(1, "90832", 16, 37, units_rule="one per day")
MIDDLE = service(2, "90834", 38, 52, units_rule="one per day")
LONG = service(3, "90837", 53, units_rule="one per day")
FAMILY = service(4, "90847", 26, kind="family", units_rule="one per day")
CRISIS = service(5, "90839", 30, 74, kind="crisis", units_rule="one per day")
FURTHER = service(6, "90840", kind="add_on", add_on_to=("90839",))
INTERACTIVE = service(7, "90785", kind="add_on", add_on_to=("90791", "90832", "90834", "90837"))
WITH_VISIT = service(8, "90833", 16, 37, kind="add_on", add_on_to=("99213",), units_rule="one per day with an E/M code")
VISIT = service(9, "99213", kind="medical")
COUNTED = service(10, "H0004", 8, units_rule="quarter hours")
FIRST_HALF = service(11, "96136", 16, 45, kind="testing", units_rule="one per day")
FURTHER_HALF = service(12, "96137", 16, kind="add_on", add_on_to=("96136",), units_rule="half hours, midpoint rule")
SERVICES = (SHORT, MIDDLE, LONG, FAMILY, CRISIS, FURTHER, INTERACTIVE, WITH_VISIT, VISIT)

PAYER = PayerFacts(id=70, name="Keystone Mutual", payer_id="KEY01", electronic_since={"837": KEPT})
PLAN = CoverageFacts(id=60, payer=PAYER, member_id="K123", starts_on=KEPT)
CLIENT = ClientFacts(
    id=50,
    first_name="Theo",
    last_name="Lindgren",
    date_of_birth=dt.date(1990, 4, 2),
    sex="M",
    has_address=True,
    state="PA",
    coverages=(PLAN,),
)
CLINICIAN = ClinicianFacts(
    id=40,
    first_name="Priya",
    last_name="Raman",
    npi=NPI,
    taxonomy="106H00000X",
    licenses=(LicenseFacts(state="PA", expires_on=dt.date(2027, 6, 30)),),
    enrollments=(EnrollmentFacts(payer_id=70, status="effective", effective_on=KEPT),),
)
PRACTICE = PracticeFacts(
    legal_name="Fernhollow Therapy PLLC",
    has_ein=True,
    npi=NPI,
    address1="12 Mill Street",
    city="Ardmore",
    state="PA",
    zip="19003-1234",
    services=SERVICES,
)
READY = Facts(
    key=1,
    session_id=10,
    date=DAY,
    now=at(10, 22, dt.date(2026, 11, 17)),
    scheduled_start=at(9),
    scheduled_stop=at(9, 45),
    client=CLIENT,
    practice=PRACTICE,
    outcome="held",
    actual_start=at(9),
    actual_stop=at(9, 45),
    service=MIDDLE,
    diagnoses=("F41.1",),
    location=LocationFacts(id=30, name="Ardmore", state="PA"),
    coverage=PLAN,
    rendering=CLINICIAN,
)


def ready(**changes: Any) -> Facts:
    """The ready attendance with these facts instead."""
    return replace(READY, **changes)


def lasting(minutes: int, chosen: ServiceFacts, **changes: Any) -> Facts:
    """A session of this length with this code."""
    return ready(service=chosen, actual_stop=at(9) + dt.timedelta(minutes=minutes), **changes)


def with_plan(**changes: Any) -> CoverageFacts:
    return replace(PLAN, **changes)


def with_payer(**changes: Any) -> CoverageFacts:
    return replace(PLAN, payer=replace(PAYER, **changes))


def with_rules(**rules: Any) -> CoverageFacts:
    """The plan of a payer that wants claims like this."""
    return with_payer(rules=(RulesFacts(**rules),))


def added(chosen: ServiceFacts, units: int = 1) -> tuple[AddOnFacts, ...]:
    return (AddOnFacts(service=chosen, units=units),)


def clinician(**changes: Any) -> ClinicianFacts:
    return replace(CLINICIAN, **changes)


def client(**changes: Any) -> ClientFacts:
    return replace(CLIENT, **changes)


def check(code: str) -> Check:
    """The registered check of that code."""
    return next(made for made in (kind() for kind in CHECKS) if made.code == code)


def judged(code: str, facts: Facts, extra: Any = None) -> list[Finding]:
    """What one check says of the facts, without the database."""
    one = check(code)
    return one.judge(facts, extra) if one.applies(facts) else []


def said(code: str, facts: Facts, extra: Any = None) -> str:
    """The one sentence of the check; empty when it finds nothing."""
    found = judged(code, facts, extra)
    assert len(found) <= 1
    return found[0].title if found else ""
