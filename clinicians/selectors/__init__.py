"""What reads the team, for pages and for other rooms."""

from __future__ import annotations

from clinicians.selectors.papers import notices_of
from clinicians.selectors.standing import (
    engagement_on,
    engagements_of,
    enrollments_of,
    enrollments_on,
    is_effective,
    licenses_of,
    licenses_on,
    supervisors_of,
    supervisors_on,
)

__all__ = [
    "engagement_on",
    "engagements_of",
    "enrollments_of",
    "enrollments_on",
    "is_effective",
    "licenses_of",
    "licenses_on",
    "notices_of",
    "supervisors_of",
    "supervisors_on",
]
