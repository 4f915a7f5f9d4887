"""What the letters behind a name suggest."""

from __future__ import annotations

import datetime as dt

import pytest

from clinicians import services
from practice.models import Credential
from practice.tenancy.context import practice_context
from tests.people import make_cast

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def letters(transactional_db: None) -> None:
    known = (
        ("LCSW", "independent", "social worker", "1041C0700X"),
        ("PsyD", "independent", "psychologist", "103TC0700X"),
        ("PMHNP", "prescriber", "nurse practitioner", "363LP0808X"),
        ("BCaBA", "supervised", "behavior analyst", "106E00000X"),
    )
    for abbreviation, level, profession, taxonomy in known:
        Credential.objects.using("owner").create(
            abbreviation=abbreviation, name=abbreviation, level=level, profession=profession, taxonomy=taxonomy
        )


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("LCSW", ("independent", "1041C0700X")),
        ("PsyD", ("psychologist", "103TC0700X")),
        ("lcsw", ("independent", "1041C0700X")),
        ("MA, PMHNP", ("prescriber", "363LP0808X")),
        ("BCaBA", ("associate", "106E00000X")),
        ("nothing known", ("", "")),
        ("", ("", "")),
    ],
)
def test_level_and_taxonomy(letters: None, written: str, expected: tuple[str, str]) -> None:
    assert services.suggestion(written) == expected


def test_who_is_added_without_a_level_gets_the_suggested_one(letters: None) -> None:
    from django.db import transaction

    people = make_cast()
    with transaction.atomic(), practice_context(people.fernhollow.pk):
        made = services.add_clinician(
            actor=people.actor(people.alice),
            first_name="Lena",
            last_name="Brandt",
            credentials="LCSW",
            engagement="partner",
            starts_on=dt.date(2026, 1, 5),
        )
    assert (made.level, made.taxonomy) == ("independent", "1041C0700X")
