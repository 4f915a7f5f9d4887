"""The bench’s figures of an import: the file it writes comes over whole, goes again, and leaves nothing behind."""

from __future__ import annotations

import datetime as dt
from unittest.mock import patch

import pytest

from clients.models import Client
from clinicians.models import Clinician
from desk.bench import imports
from desk.bench.places import Bench
from desk.imports import undoing
from desk.models import ImportRun
from scheduling.models import Session
from tests.people import Cast

pytestmark = pytest.mark.usefixtures("at_fernhollow")


@pytest.fixture
def bench(people: Cast) -> Bench:
    """Fernhollow as the bench's practice, with two clinicians and three clients."""
    for last, npi in (("Finch", "1234567893"), ("Quill", "1245319599")):
        Clinician.objects.create(first_name="Cora", last_name=last, npi=npi)
    for number in (1, 2, 3):
        Client.objects.create(number=number, first_name="Mara", last_name=f"Vega {number}", date_of_birth="1990-04-02")
    facts = {"slug": "fernhollow", "email": people.alice.email, "day": str(dt.date(2026, 11, 16))}
    return Bench(kind=2, clinicians=2, sessions=0, practice_id=people.fernhollow.pk, to_click=[], request_id=0, **facts)


def test_it_comes_over_whole_and_is_rolled_back(bench: Bench) -> None:
    with patch.object(imports, "SESSIONS", 30):
        taken = imports.brought_over(bench, 0)
    assert taken.holds, taken.words
    assert taken.words.endswith("for 30")
    assert not Session.objects.exists()


@pytest.mark.parametrize("at_once", [1, 2_000])
def test_it_goes_again_in_the_request_or_by_a_worker(bench: Bench, at_once: int) -> None:
    with patch.object(imports, "SESSIONS", 30), patch.object(undoing, "AT_ONCE", at_once):
        taken = imports.taken_back(bench, 0)
    assert taken.holds, taken.words
    assert not ImportRun.objects.exists()
