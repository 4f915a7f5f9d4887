"""The home page: straight in with one practice, a choice with several, a way on with none."""

from __future__ import annotations

from django.test import Client

from practice import access
from tests.people import Cast, signed_in


def test_with_one_practice_it_leads_straight_in(people: Cast) -> None:
    assert signed_in(people.bob).get("/").headers["Location"] == "/p/fernhollow/"


def test_with_several_it_asks(people: Cast) -> None:
    content = signed_in(people.ivan).get("/").content.decode()
    for words in ("Fernhollow Therapy", "Rivermark Partners", "Through Northlight Services", "/p/rivermark/"):
        assert words in content
    assert content.index("Fernhollow Therapy") < content.index("Northlight Services</b>")


def test_with_none_it_says_what_to_do(people: Cast) -> None:
    content = signed_in(people.mallory).get("/").content.decode()
    assert "No practice is open to you" in content
    assert people.mallory.email in content


def test_the_list_is_there_with_one_practice_too(people: Cast) -> None:
    assert b"Fernhollow Therapy" in signed_in(people.bob).get("/practices/").content


def test_the_switcher_of_a_page_knows_the_doors(people: Cast) -> None:
    page = signed_in(people.alice).get("/p/fernhollow/members/")
    assert [door["url"] for door in page.context["practices"]] == ["/p/fernhollow/"]
    assert len(access.doors(people.ivan)) == 3


def test_strangers_sign_in_first(db: None) -> None:
    for page in ("/", "/practices/", "/practices/new/"):
        assert Client().get(page).headers["Location"].startswith("/account/login/?next=")
