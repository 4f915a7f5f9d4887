"""What reads the records of clients, for pages and for the rooms above."""

from __future__ import annotations

from clients.selectors.codes import check_one, checks, release_banner
from clients.selectors.spans import coverages_for, coverages_on, diagnoses_for, diagnoses_on

__all__ = [
    "check_one",
    "checks",
    "coverages_for",
    "coverages_on",
    "diagnoses_for",
    "diagnoses_on",
    "release_banner",
]
