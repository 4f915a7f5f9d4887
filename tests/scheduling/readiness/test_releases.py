"""Diagnoses against the code sets in the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from clients.models import DiagnosisCode, DiagnosisRelease
from scheduling.readiness.checks.diagnoses import DiagnosisInvalid
from tests.scheduling.readiness.examples import ready

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def release() -> Iterator[None]:
    """One release with a heading and a code, as the owner loads it."""
    row = DiagnosisRelease.objects.using("owner").create(
        name="FY2027", starts_on=dt.date(2026, 10, 1), ends_on=dt.date(2027, 9, 30)
    )
    for code, billable in (("F41", False), ("F41.1", True)):
        DiagnosisCode.objects.using("owner").create(release=row, code=code, words="Anxiety", billable=billable)
    yield
    DiagnosisRelease.objects.using("owner").all().delete()


def said(*codes: str) -> list[str]:
    check, facts = DiagnosisInvalid(), ready(diagnoses=codes)
    return [finding.title for finding in check.judge(facts, check.load([facts]))]


def test_headings_and_unknown_codes_are_named(release: None) -> None:
    assert said("F41.1", "F411") == []
    assert said("F41") == ["F41 is a heading, not a diagnosis."]
    assert said("F99.9") == ["F99.9 is no diagnosis code of Nov 16."]


def test_sessions_without_a_diagnosis_are_no_trouble(release: None) -> None:
    assert said() == []


def test_without_a_release_only_the_form_is_judged() -> None:
    assert said("F99.9") == []
    assert said("anxious") == ["anxious is not a diagnosis code."]
