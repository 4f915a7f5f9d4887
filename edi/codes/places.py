"""Where services are given: place of service codes (CMS) and the states of US addresses (USPS)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from edi.codes.tables import load


@lru_cache(maxsize=1)
def places_of_service() -> Mapping[str, str]:
    """Our name for each assigned place of service, by code."""
    return load("places_of_service", lambda row: row["name"])


@lru_cache(maxsize=1)
def states() -> Mapping[str, str]:
    """States, territories and military addresses by their two letters."""
    return load("states", lambda row: row["name"])
