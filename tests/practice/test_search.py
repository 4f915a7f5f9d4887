"""The search in the bar: finds what the person may open, in few queries, with no word in an address or the trail."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clients.models import Caseload, Client
from clinicians.models import Clinician
from practice import searching
from practice.models import AuditEvent, Practice
from practice.searching import Seeker
from tests.desk.today.test_needs import make_scene
from tests.people import Cast, signed_in

URL = "/p/fernhollow/search/"


@pytest.fixture
def scene(people: Cast, inside: Any) -> Practice:
    """Clients Torres and Lindgren, the latter Charlie's, with claims; Charlie and Grace on the team."""
    with inside(people.fernhollow):
        make_scene(people)
        Client.objects.filter(last_name="Lindgren").update(date_of_birth="1992-05-12")
        bare, charlie = Client.objects.get(last_name="Lindgren"), Clinician.objects.get(first_name="Charlie")
        Caseload.objects.create(client=bare, clinician=charlie, starts_on="2026-01-01")
    return people.fernhollow


def _typed(browser: Browser, words: str, slug: str = "fernhollow") -> dict[str, list[str]]:
    answer = browser.post(f"/p/{slug}/search/", {"q": words}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return {group.name: [hit.title for hit in group.hits] for group in answer.context["groups"]}


def test_a_client_is_found_by_name_number_and_date_of_birth(scene: Practice, people: Cast) -> None:
    alice = signed_in(people.alice)
    name = _typed(alice, "lindgr")["Clients"][0]
    assert name.endswith("Lindgren")
    for words in ("LINDGREN", "2 lindgren", "5/12/1992", "1992-05-12"):
        assert _typed(alice, words)["Clients"] == [name]


def test_a_claim_is_found_by_its_number_and_its_client(scene: Practice, people: Cast, inside: Any) -> None:
    from billing.models import Claim

    with inside(people.fernhollow):
        Claim.objects.filter(number="N1").update(number="7K3M9Q")
    bob = signed_in(people.bob)
    assert _typed(bob, "7K3M9Q") == {"Claims": ["7K3M9Q"]}
    assert len(_typed(bob, "torres")["Claims"]) == 4


def test_pages_are_found_by_name_for_those_who_may_open_them(scene: Practice, people: Cast) -> None:
    assert _typed(signed_in(people.alice), "bring over")["Pages"] == ["Bring over your data"]
    assert _typed(signed_in(people.bob), "remitt")["Pages"] == ["Remittances"]
    assert _typed(signed_in(people.frank), "remitt") == {}
    assert _typed(signed_in(people.alice), "npi taxonomy")["Pages"] == ["Who you are on a claim"]


@pytest.mark.parametrize(
    ("persona", "finds"),
    [
        ("bob", {"torres": {"Clients", "Claims"}, "lindgren": {"Clients"}, "charlie": {"Team"}}),
        ("frank", {"torres": {"Clients"}, "lindgren": {"Clients"}, "charlie": set()}),
        ("charlie", {"torres": set(), "lindgren": {"Clients"}, "charlie": {"Team"}}),
        ("grace", {"torres": set(), "lindgren": set(), "charlie": set()}),
        ("erin", {"torres": set(), "lindgren": set(), "charlie": set()}),
        ("ivan", {"torres": {"Clients", "Claims"}, "lindgren": {"Clients"}, "charlie": {"Team"}}),
    ],
)
def test_nobody_finds_what_they_may_not_open(
    scene: Practice, people: Cast, persona: str, finds: dict[str, set[str]]
) -> None:
    browser = signed_in(getattr(people, persona))
    assert {words: set(_typed(browser, words)) for words in finds} == finds


def test_another_practice_finds_nothing_of_it(scene: Practice, people: Cast) -> None:
    heidi = signed_in(people.heidi)
    assert _typed(heidi, "lindgren", "rivermark") == {}
    assert heidi.post(URL, {"q": "lindgren"}).status_code == 404


def test_too_few_letters_ask_nothing_and_what_is_not_there_is_said(scene: Practice, people: Cast) -> None:
    alice = signed_in(people.alice)
    assert _typed(alice, "l") == {}
    assert _typed(alice, "   ") == {}
    answer = alice.post(URL, {"q": "<b>zz"}, headers={"HX-Request": "true"}).content.decode()
    assert "Nothing you may open is called “&lt;b&gt;zz”." in answer


def test_without_script_the_words_stay_out_of_the_address(scene: Practice, people: Cast) -> None:
    alice = signed_in(people.alice)
    answer = alice.post(URL, {"q": "lindgren"})
    assert answer.status_code == 302
    assert "lindgren" not in answer["Location"].lower()
    page = alice.get(answer["Location"]).content.decode()
    assert "Lindgren</b>" in page
    assert 'value="lindgren"' in page


def test_whose_record_was_shown_is_in_the_trail_and_what_was_typed_is_not(
    scene: Practice, people: Cast, inside: Any
) -> None:
    browser = signed_in(people.alice)
    _typed(browser, "lindgren")
    _typed(browser, "settings")
    with inside(people.fernhollow):
        event = AuditEvent.objects.get(action="search.viewed")
        assert event.after == {"clients": [Client.objects.get(last_name="Lindgren").pk]}
        assert event.actor_id == people.alice.pk


def test_at_most_six_queries_however_much_there_is(scene: Practice, people: Cast, inside: Any) -> None:
    for persona in ("alice", "bob", "charlie", "frank", "erin"):
        actor = people.actor(getattr(people, persona))
        with inside(people.fernhollow), CaptureQueriesContext(connection) as queries:
            searching.found(Seeker(people.fernhollow, actor, "ch"))
        assert len(queries) <= 6, persona


def test_every_page_offers_it(scene: Practice, people: Cast) -> None:
    page = signed_in(people.erin).get(reverse("practice_start", args=["fernhollow"])).content.decode()
    assert f'hx-post="{URL}"' in page
    assert 'data-opens="search"' in page


def test_it_says_what_the_person_can_look_for(scene: Practice, people: Cast) -> None:
    start = reverse("practice_start", args=["fernhollow"])
    for who, words in ((people.erin, "Search pages"), (people.bob, "Search clients, ")):
        assert f'aria-label="{words}' in signed_in(who).get(start).content.decode()
