"""A client's diagnoses: adding, order, ending, and taking each of them back."""

from __future__ import annotations

import datetime as dt

import pytest

from clients import services
from clients.errors import ClientRefusedError, HeadingError
from clients.models import Client, ClientDiagnosis
from clients.selectors import codes as code_set
from clients.selectors import diagnoses_on
from clinicians.models import Clinician
from practice.actors import Actor
from tests.clients.conftest import File
from tests.people import Cast

INSIDE, BEYOND = dt.date(2026, 3, 2), dt.date(2026, 11, 17)
pytestmark = pytest.mark.usefixtures("icd10")


@pytest.fixture
def client(icd10: None, file: File, charlie: Clinician) -> Client:
    return file(clinician=charlie)


def add(actor: Actor, client: Client, code: str, on_date: dt.date = INSIDE) -> ClientDiagnosis:
    return services.add_diagnosis(actor=actor, client_id=client.pk, code=code, starts_on=on_date)[0]


def order(client: Client) -> list[str]:
    return [row.code for row in diagnoses_on({client.pk: BEYOND})[client.pk]]


def test_it_keeps_the_words_of_the_release(alice: Actor, client: Client) -> None:
    row = add(alice, client, "f411")
    assert (row.code, row.words, row.rank) == ("F41.1", "Generalized anxiety disorder", 1)


def test_a_heading_is_refused_and_its_codes_are_offered(alice: Actor, client: Client) -> None:
    with pytest.raises(HeadingError, match="F41 is a heading; choose a code below it") as error:
        add(alice, client, "F41")
    assert [row.code for row in code_set.below(error.value.code, INSIDE)] == ["F41.0", "F41.1", "F41.9"]


def test_an_unknown_code_is_refused_inside_the_release_and_warned_of_after_it(alice: Actor, client: Client) -> None:
    with pytest.raises(ClientRefusedError, match=r"F99\.9 is not a code of FY2026"):
        add(alice, client, "F99.9")
    row, check = services.add_diagnosis(actor=alice, client_id=client.pk, code="F99.9", starts_on=BEYOND)
    assert (row.code, check.blocks, check.is_fine) == ("F99.9", False, False)


def test_the_same_diagnosis_twice_is_refused(alice: Actor, client: Client) -> None:
    add(alice, client, "F41.1")
    with pytest.raises(ClientRefusedError, match=r"F41\.1 is on the list already"):
        add(alice, client, "f41.1")


def test_moving_changes_the_order_and_stops_at_the_edges(alice: Actor, client: Client) -> None:
    first, _, last = (add(alice, client, code) for code in ("F41.1", "F32.1", "Z63.0"))
    services.move_diagnosis(actor=alice, diagnosis_id=last.pk, up=True)
    assert order(client) == ["F41.1", "Z63.0", "F32.1"]
    services.move_diagnosis(actor=alice, diagnosis_id=first.pk, up=True)
    assert order(client) == ["F41.1", "Z63.0", "F32.1"]
    services.move_diagnosis(actor=alice, diagnosis_id=first.pk, up=False)
    assert order(client) == ["Z63.0", "F41.1", "F32.1"]


def test_ending_moves_the_others_up_and_can_be_taken_back(alice: Actor, client: Client) -> None:
    first = add(alice, client, "F41.1")
    add(alice, client, "F32.1")
    services.end_diagnosis(actor=alice, diagnosis_id=first.pk, ends_on=dt.date(2026, 10, 1))
    assert order(client) == ["F32.1"]
    services.reopen_diagnosis(actor=alice, diagnosis_id=first.pk)
    assert order(client) == ["F41.1", "F32.1"]


def test_what_was_removed_comes_back_to_its_place(alice: Actor, client: Client) -> None:
    rows = [add(alice, client, code) for code in ("F41.1", "F32.1", "Z63.0")]
    services.remove_diagnosis(actor=alice, diagnosis_id=rows[1].pk)
    assert order(client) == ["F41.1", "Z63.0"]
    services.restore_diagnosis(actor=alice, diagnosis_id=rows[1].pk)
    assert order(client) == ["F41.1", "F32.1", "Z63.0"]


def test_a_clinician_diagnoses_their_own_client(people: Cast, client: Client) -> None:
    assert add(people.actor(people.charlie), client, "F41.1").rank == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("F41", ["F41", "F41.0", "F41.1", "F41.9"]),
        ("f411", ["F41.1"]),
        ("anxiety", ["F41.0", "F41.1", "F41.9", "A88.1"]),
        ("disorder moderate", ["F32.1"]),
        ("PTSD", ["F43.10"]),
        ("nothing like it", []),
        ("  ", []),
    ],
)
def test_codes_are_found_by_their_beginning_or_by_words(at_fernhollow: None, text: str, found: list[str]) -> None:
    assert [row.code for row in code_set.find(text, BEYOND)] == found
