"""A small release of ICD-10-CM in the test database, loaded once as the owner loads it."""

from __future__ import annotations

from typing import Any, Final

import pytest

from clients.icd10.release import Code, fiscal_year

CODES: Final = [
    Code("F32", "Depressive episode", billable=False),
    Code("F32.0", "Major depressive disorder, single episode, mild", billable=True),
    Code("F32.1", "Major depressive disorder, single episode, moderate", billable=True),
    Code("F41", "Other anxiety disorders", billable=False),
    Code("F41.0", "Panic disorder [episodic paroxysmal anxiety]", billable=True),
    Code("F41.1", "Generalized anxiety disorder", billable=True),
    Code("F41.9", "Anxiety disorder, unspecified", billable=True),
    Code("F43.10", "Post-traumatic stress disorder, unspecified", billable=True),
    Code("A88.1", "Epidemic vertigo, with anxiety", billable=True),
    Code("Z63.0", "Problems in relationship with spouse or partner", billable=True),
]


@pytest.fixture(scope="session")
def icd10(django_db_setup: None, django_db_blocker: Any) -> None:
    """Fiscal year 2026 only: it ended before the day on which the test clock stands."""
    from clients.icd10.loading import load

    with django_db_blocker.unblock():
        load(fiscal_year(2026), CODES)
