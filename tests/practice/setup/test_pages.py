"""The pages of the set-up: steps that can be left and resumed, and how much they ask of the database."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from practice import notices
from practice.models import Affiliation, Membership, Practice, PracticeSettings
from practice.notices import Notice
from practice.permissions import Role
from tests.people import Cast, signed_in

HOME = "/p/fernhollow/settings/"


def test_saving_leads_to_the_next_open_step(people: Cast) -> None:
    client = signed_in(people.alice)
    answer = client.post(f"{HOME}look/", {"name": "Fernhollow", "time_zone": "America/New_York"})
    assert answer["Location"] == f"{HOME}organization/"


def test_leaving_leads_to_the_overview_which_offers_to_go_on(people: Cast) -> None:
    client = signed_in(people.alice)
    sent = {"name": "Fernhollow", "time_zone": "America/New_York", "go": "leave"}
    assert client.post(f"{HOME}look/", sent)["Location"] == HOME
    overview = client.get(HOME)
    assert b"1 of 8 steps" in overview.content
    assert b"Continue with who you are on a claim" in overview.content


def test_the_overview_names_what_is_missing(people: Cast) -> None:
    page = signed_in(people.alice).get(HOME).content.decode()
    assert "Needs legal name, EIN, group NPI and 3 more" in page


def test_a_list_is_finished_by_going_on(people: Cast, inside: Any) -> None:
    client = signed_in(people.alice)
    assert client.post(f"{HOME}finish/", {"step": "payers"})["Location"] == f"{HOME}policies/"
    with inside(people.fernhollow):
        assert PracticeSettings.objects.get().steps_done == ["payers"]
    assert client.post(f"{HOME}finish/", {"step": "nothing"}).status_code == 404


def test_an_mso_is_asked_only_who_where_and_how_it_looks(people: Cast) -> None:
    Membership.objects.filter(user=people.ivan).update(roles=[Role.OWNER])
    client = signed_in(people.ivan)
    assert b"of 3 steps" in client.get("/p/northlight/settings/").content
    for page in ("identity", "addresses", "look"):
        assert client.get(f"/p/northlight/settings/{page}/").status_code == 200
    for page in ("organization", "locations", "services", "payers", "policies", "payers/directory", "services/codes"):
        assert client.get(f"/p/northlight/settings/{page}/").status_code == 404, page


def test_who_may_only_look_gets_no_button(here: dict[str, Any], people: Cast) -> None:
    client = signed_in(people.bob)
    for page in ("", "identity/", "locations/", "services/", "payers/", "policies/"):
        answer = client.get(f"{HOME}{page}").content.decode()
        assert "Save and continue" not in answer
        assert "Deactivate" not in answer


@pytest.mark.parametrize("action", ["locations", "services", "payers"])
def test_deactivating_offers_to_undo_it(here: dict[str, Any], people: Cast, action: str) -> None:
    name = {"locations": "office", "services": "service_90834", "payers": "payer"}[action]
    client, pk = signed_in(people.alice), here[name].pk
    answer = client.post(f"{HOME}{action}/{pk}/deactivate/", follow=True)
    assert f'action="{HOME}{action}/{pk}/activate/"' in answer.content.decode()
    undone = client.post(f"{HOME}{action}/{pk}/activate/", follow=True)
    assert undone.status_code == 200


@pytest.mark.parametrize(
    ("page", "most"), [("", 20), ("identity/", 22), ("locations/", 23), ("services/", 23), ("payers/", 25)]
)
def test_a_page_asks_a_fixed_number_of_questions(here: dict[str, Any], people: Cast, page: str, most: int) -> None:
    client = signed_in(people.alice)
    client.get(f"{HOME}{page}")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(f"{HOME}{page}").status_code == 200
    assert len(asked) <= most, [query["sql"][:110] for query in asked]


@pytest.mark.parametrize("words", ["", "clinic", "261QM0801X", "zzzz"])
def test_taxonomies_are_found_by_words_and_code(people: Cast, words: str) -> None:
    answer = signed_in(people.alice).get(f"{HOME}taxonomies/", {"q": words, "taxonomy": "193400000X"})
    assert b"193400000X" in answer.content
    assert (b"261QM0801X" in answer.content) == (words != "zzzz")


def test_a_form_part_of_another_practice_is_not_there(here: dict[str, Any], people: Cast) -> None:
    client = signed_in(people.heidi)
    for url in (
        f"locations/{here['office'].pk}/",
        f"payers/{here['payer'].pk}/",
        f"services/{here['service_90834'].pk}/",
    ):
        assert client.get(f"/p/rivermark/settings/{url}").status_code == 404


def test_affiliated_staff_see_the_practice_s_own_pages(people: Cast) -> None:
    assert Affiliation.objects.filter(practice=Practice.objects.get(slug="fernhollow")).exists()
    assert signed_in(people.ivan).get(HOME).status_code == 200


def test_rooms_are_reached_from_the_overview(people: Cast) -> None:
    page = signed_in(people.alice).get(HOME).content.decode()
    assert 'href="/p/fernhollow/settings/rooms/"' in page
    Membership.objects.filter(user=people.ivan).update(roles=[Role.OWNER])
    assert "settings/rooms/" not in signed_in(people.ivan).get("/p/northlight/settings/").content.decode()


def test_what_rooms_have_to_say_stands_on_the_overview(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    told = [Notice("wait", "The diagnosis codes of FY2026 ended on Sep 30.", "Later dates wait.", "/somewhere/")]
    monkeypatch.setattr(notices, "_tellers", [lambda practice, actor: told])
    page = signed_in(people.alice).get(HOME).content.decode()
    assert page.count("The diagnosis codes of FY2026 ended on Sep 30.") == 1
    assert 'href="/somewhere/"' in page
