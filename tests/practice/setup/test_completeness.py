"""What a claim still needs of the practice, in words; and where each step of the set-up stands."""

from __future__ import annotations

import dataclasses

import pytest

from practice.setup import steps
from practice.setup.completeness import SetupFacts, missing

COMPLETE = SetupFacts(
    legal_name="Fernhollow Therapy PLLC",
    has_ein=True,
    npi="1234567893",
    taxonomy="261QM0801X",
    phone="518-555-0100",
    contact_name="Billing",
    street="12 Mill Street",
    city="Albany",
    state="NY",
    zip="12207-1234",
    locations=1,
    services=1,
    payers=1,
)


def test_a_complete_practice_misses_nothing() -> None:
    assert missing(COMPLETE) == []


@pytest.mark.parametrize(
    ("change", "words", "url_name"),
    [
        ({"legal_name": ""}, "legal name", "setup_identity"),
        ({"has_ein": False}, "EIN", "setup_identity"),
        ({"npi": ""}, "group NPI", "setup_identity"),
        ({"street": ""}, "street address", "setup_addresses"),
        ({"zip": "12207"}, "four more digits of the ZIP code", "setup_addresses"),
        ({"locations": 0}, "location", "setup_locations"),
        ({"locations_without_address": ("Annex",)}, "address of Annex", "setup_locations"),
        ({"services": 0}, "service", "setup_services"),
        ({"services_without_fee": ("90837",)}, "fee for 90837", "setup_services"),
        ({"payers_without_id": ("Cedar",)}, "payer ID of Cedar", "setup_payers"),
        ({"payers_without_claims": ("Cedar",)}, "date since when Cedar takes your claims (837)", "setup_payers"),
    ],
)
def test_each_missing_fact_is_named_with_the_page_that_asks_for_it(
    change: dict[str, object], words: str, url_name: str
) -> None:
    found = missing(dataclasses.replace(COMPLETE, **change))  # type: ignore[arg-type]
    assert [(fact.words, fact.url_name) for fact in found] == [(words, url_name)]


def test_a_practice_without_payers_misses_none() -> None:
    assert missing(dataclasses.replace(COMPLETE, payers=0)) == []


def test_an_organization_that_treats_nobody_needs_no_services() -> None:
    bare = dataclasses.replace(COMPLETE, locations=0, services=0, payers=0)
    assert missing(bare, treats_clients=False) == []


def test_a_step_is_done_only_when_saved_and_complete() -> None:
    lacking = missing(dataclasses.replace(COMPLETE, has_ein=False))
    found = {state.step.key: state for state in steps.states(lacking, {"identity", "look"}, treats_clients=True)}
    assert (found["identity"].state, found["identity"].needs) == ("needs", "EIN")
    assert found["look"].state == "done"
    assert found["policies"].state == "open"


def test_the_set_up_resumes_at_the_next_open_step_and_wraps_around() -> None:
    saved = steps.KEYS - {"identity", "payers"}
    found = steps.states([], saved, treats_clients=True)
    following = steps.next_open(found, "look")
    assert following is not None
    assert following.key == "payers"
    wrapped = steps.next_open(found, "payers")
    assert wrapped is not None
    assert wrapped.key == "identity"
    assert steps.next_open(steps.states([], steps.KEYS, treats_clients=True)) is None


def test_an_mso_answers_three_steps() -> None:
    assert [step.key for step in steps.steps_of(False)] == ["identity", "addresses", "look"]


@pytest.mark.parametrize(
    ("words", "said"),
    [([], ""), (["EIN"], "EIN"), (["a", "b"], "a and b"), (["a", "b", "c", "d", "e"], "a, b, c and 2 more")],
)
def test_what_is_missing_is_listed_as_people_say_it(words: list[str], said: str) -> None:
    assert steps.listed(words) == said
