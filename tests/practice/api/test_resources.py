"""What resources answer: their description, pages of rows, refusals in words, and the payroll file byte for byte."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

from clients.models import Client as TreatedClient
from payroll.models import ExportFile
from practice import files
from practice.api.base import Rows
from practice.tenancy.context import practice_context
from tests.matrix import worlds  # noqa: F401 - registers the builders
from tests.matrix.world import World, make_world
from tests.people import Cast, signed_in

AT = "/api/v1/p/fernhollow"


@pytest.fixture
def world(people: Cast) -> World:
    return make_world(people)


def get(client: Client, path: str, **query: Any) -> Any:
    return client.get(f"{AT}/{path}", query)


def test_the_description_is_whole_and_valid() -> None:
    generator: Any = SchemaGenerator
    schema = generator(urlconf="config.api_urls").get_schema(request=None, public=True)
    check: Any = validate_schema
    check(schema)
    named = {one["operationId"] for path in schema["paths"].values() for one in path.values()}
    assert {"clients", "sessions", "claims", "charges", "pay_runs", "make_pay_run_file", "pay_file"} <= named


def test_the_description_is_served(people: Cast) -> None:
    answer = get(signed_in(people.erin), "schema/")
    assert answer.status_code == 200
    assert json.loads(answer.content)["info"]["title"] == "Caseload"


def test_rows_come_in_pages_newest_first(people: Cast) -> None:
    with practice_context(people.fernhollow.pk, phi=True):
        for number in range(1, 6):
            TreatedClient.objects.create(number=number, first_name="Maya", last_name=f"Torres{number}")
    bob = signed_in(people.bob)
    first = get(bob, "clients/", page_size=2).json()
    assert [row["number"] for row in first["results"]] == [5, 4]
    second = bob.get(first["next"]).json()
    assert [row["number"] for row in second["results"]] == [3, 2]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"since": "tomorrow"}, "since"),
        ({"since": "2026-11-02", "until": "2026-11-01"}, "until"),
    ],
)
def test_a_wrong_day_is_said(people: Cast, query: dict[str, str], said: str) -> None:
    answer = get(signed_in(people.bob), "claims/", **query)
    assert answer.status_code == 400
    assert said in answer.json()


@pytest.mark.parametrize(
    ("path", "name", "said"),
    [
        ("claims/", "sinse", "Known names: since, until, cursor, page_size."),
        ("clients/", "since", "Known names: cursor, page_size."),
        ("me/", "since", "Nothing is asked for here."),
    ],
)
def test_a_name_that_nothing_reads_is_refused_with_those_that_are_known(
    people: Cast, path: str, name: str, said: str
) -> None:
    answer = get(signed_in(people.bob), path, **{name: "2026-11-02"})
    assert answer.status_code == 400
    assert answer.json()[name][0].endswith(said)


def test_a_list_without_rows_cannot_be_made() -> None:
    class Nothing(Rows):
        needs = ()

    with pytest.raises(TypeError, match="rows"):
        Nothing()  # type: ignore[abstract]


def test_days_limit_the_rows(world: World) -> None:
    bob = signed_in(world.people.bob)
    charges = get(bob, "charges/").json()["results"]
    days = sorted(row["service_on"] for row in charges)
    some = get(bob, "charges/", since=days[-1], until=days[-1]).json()["results"]
    assert {row["service_on"] for row in some} == {days[-1]}
    assert 0 < len(some) < len(charges)


def test_a_clinician_finds_only_their_own(world: World) -> None:
    charlie = signed_in(world.people.charlie)
    own = world.one(world.people.fernhollow, "clinician").pk
    assert [row["id"] for row in get(charlie, "clinicians/").json()["results"]] == [own]
    run = get(charlie, "payroll/runs/").json()["results"][0]
    assert "gross" not in run
    totals = get(charlie, f"payroll/runs/{run['id']}/totals/").json()["results"]
    assert {row["clinician_id"] for row in totals} == {own}


def test_an_accountant_finds_runs_totals_and_files_and_no_line(world: World) -> None:
    erin, run = signed_in(world.people.erin), world.one(world.people.fernhollow, "pay_run")
    assert get(erin, "payroll/runs/").json()["results"][0]["gross"]
    assert get(erin, f"payroll/runs/{run.pk}/totals/").json()["results"]
    assert get(erin, f"payroll/runs/{run.pk}/lines/").status_code == 403
    assert get(erin, "clients/").status_code == 403


def test_the_file_is_the_kept_one_byte_for_byte(world: World) -> None:
    erin, home = signed_in(world.people.erin), world.people.fernhollow
    run = world.one(home, "approved_run")
    answer = erin.post(f"{AT}/payroll/runs/{run.pk}/files/", {"target": "generic"}, "application/json")
    assert answer.status_code == 201
    made = answer.json()
    with practice_context(home.pk):
        kept = files.read(ExportFile.objects.select_related("file").get(pk=made["id"]).file)
    assert get(erin, f"payroll/files/{made['id']}/").content == kept
    assert made["amount"] == "42.00"


def test_what_is_missing_for_a_file_is_said(world: World) -> None:
    run = world.one(world.people.fernhollow, "approved_run")
    erin = signed_in(world.people.erin)
    answer = erin.post(f"{AT}/payroll/runs/{run.pk}/files/", {"target": "gusto"}, "application/json")
    assert answer.status_code == 422
    assert answer.json()["sentences"]


def test_a_session_of_a_browser_needs_its_csrf_token(world: World) -> None:
    run = world.one(world.people.fernhollow, "approved_run")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = signed_in(world.people.erin).cookies
    answer = strict.post(f"{AT}/payroll/runs/{run.pk}/files/", {"target": "generic"}, "application/json")
    assert answer.status_code == 403
    with practice_context(world.people.fernhollow.pk):
        assert not ExportFile.objects.filter(run_id=run.pk).exists()


def test_an_address_that_is_not_there_answers_in_data(people: Cast) -> None:
    answer = get(signed_in(people.bob), "nothing/")
    assert answer.status_code == 404
