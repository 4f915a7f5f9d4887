"""Codes of eligibility questions and answers (270, 271) in our own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from edi.codes.tables import load


@dataclass(frozen=True, slots=True)
class ServiceType:
    """A kind of service (EB03, EQ01); `is_behavioral` are those of mental health and substance use."""

    code: str
    area: str
    meaning: str
    for_therapy: bool

    @property
    def is_behavioral(self) -> bool:
        """Whether a carve-out for behavioral health would cover it."""
        return self.area == "behavioral"


@dataclass(frozen=True, slots=True)
class BenefitInformation:
    """What an EB says (EB01): `effect` is active, inactive, check, amount, not_covered and so on."""

    code: str
    kind: str
    effect: str
    meaning: str
    use: str


@dataclass(frozen=True, slots=True)
class RejectReason:
    """Why a payer did not answer (AAA03); `about_client` is no where the reason says nothing about the client."""

    code: str
    area: str
    meaning: str
    fix: str
    retry: bool
    about_client: bool


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What a payer wants done after a rejection (AAA04); `may_resend` is no, corrected, unchanged or later."""

    code: str
    may_resend: str
    meaning: str


@dataclass(frozen=True, slots=True)
class BenefitPeriod:
    """The time an amount or a quantity is for (EB06, HSD05); `kind` sorts year, used, remaining, visit and others."""

    code: str
    kind: str
    meaning: str


@lru_cache(maxsize=1)
def service_types() -> Mapping[str, ServiceType]:
    """The service types that a behavioral health practice meets, by code."""
    return load(
        "service_types",
        lambda row: ServiceType(row["code"], row["area"], row["meaning"], row["ask_for_therapy"] == "yes"),
    )


@lru_cache(maxsize=1)
def benefit_information() -> Mapping[str, BenefitInformation]:
    """Every EB01 by code."""
    return load(
        "benefit_information",
        lambda row: BenefitInformation(row["code"], row["kind"], row["effect"], row["meaning"], row["use"]),
    )


@lru_cache(maxsize=1)
def reject_reasons() -> Mapping[str, RejectReason]:
    """Every AAA03 by code."""
    return load("eligibility_rejects", _reason)


@lru_cache(maxsize=1)
def follow_ups() -> Mapping[str, FollowUp]:
    """Every AAA04 by code."""
    return load(
        "eligibility_follow_ups",
        lambda row: FollowUp(row["code"], row["may_resend"], row["meaning"]),
    )


@lru_cache(maxsize=1)
def benefit_periods() -> Mapping[str, BenefitPeriod]:
    """Every EB06 by code."""
    return load("benefit_periods", lambda row: BenefitPeriod(row["code"], row["kind"], row["meaning"]))


@lru_cache(maxsize=1)
def insurance_types() -> Mapping[str, str]:
    """Our name for each EB04, by code."""
    return load("insurance_types", lambda row: row["meaning"])


def _reason(row: Mapping[str, str]) -> RejectReason:
    return RejectReason(
        code=row["code"],
        area=row["area"],
        meaning=row["meaning"],
        fix=row["fix"],
        retry=row["retry"] == "yes",
        about_client=row["finding_about_client"] == "yes",
    )
