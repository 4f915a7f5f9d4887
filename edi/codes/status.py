"""Claim status categories and codes (STC, X12 external lists 507 and 508) in words a biller can act on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from edi.codes.tables import load


@dataclass(frozen=True, slots=True)
class StatusCategory:
    """One category; `state` is what it says about a claim (received, accepted, rejected, pending, paid …)."""

    code: str
    group: str
    state: str
    meaning: str
    next_action: str


@dataclass(frozen=True, slots=True)
class StatusCode:
    """One status code; `needs_entity` says that STC01-3 tells who is meant."""

    code: str
    area: str
    meaning: str
    likely_fix: str
    needs_entity: bool
    relevance: str


@lru_cache(maxsize=1)
def status_categories() -> Mapping[str, StatusCategory]:
    """All categories by code."""
    return load("claim_status_categories", _category)


@lru_cache(maxsize=1)
def status_codes() -> Mapping[str, StatusCode]:
    """All status codes by code."""
    return load("claim_status_codes", _code)


def _category(row: Mapping[str, str]) -> StatusCategory:
    return StatusCategory(
        code=row["code"],
        group=row["group"],
        state=row["state"],
        meaning=row["meaning"],
        next_action=row["next_action"],
    )


def _code(row: Mapping[str, str]) -> StatusCode:
    return StatusCode(
        code=row["code"],
        area=row["area"],
        meaning=row["meaning"],
        likely_fix=row["likely_fix"],
        needs_entity=row["needs_entity"] == "yes",
        relevance=row["relevance"],
    )
