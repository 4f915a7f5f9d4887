"""A session locks after 15 idle minutes and ends after 12 hours, whatever happens in between."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from practice import clock
from tests.people import NOW, Cast, signed_in
from tests.practice.accounts.hands import kinds

PAGE = "/p/fernhollow/members/"


def after(**passed: float) -> dt.datetime:
    return NOW + dt.timedelta(**passed)


@pytest.fixture
def client(people: Cast) -> Client:
    return signed_in(people.alice)


def test_use_keeps_a_session_open(client: Client) -> None:
    for minutes in range(0, 200, 14):
        with clock.at(after(minutes=minutes)):
            assert client.get(PAGE).status_code == 200


def test_an_idle_session_locks_and_opens_nothing(client: Client, people: Cast) -> None:
    key = client.session.session_key
    with clock.at(after(minutes=15, seconds=1)):
        answer = client.get(f"{PAGE}?sort=since")
        assert answer.headers["Location"].startswith("/account/again/?for=")
        assert answer.headers["Location"].endswith("&next=%2Fp%2Ffernhollow%2Fmembers%2F%3Fsort%3Dsince")
        assert client.get("/practices/").status_code == 302
        assert client.get("/account/2fa/").headers["Location"].startswith("/account/again/")
        assert client.get(PAGE, headers={"HX-Request": "true"}).status_code == 401
    assert client.session.session_key == key
    assert kinds(people.alice) == ["session_locked"]


def test_a_locked_session_stays_locked_although_the_clock_turns_back(client: Client) -> None:
    with clock.at(after(minutes=16)):
        client.get(PAGE)
    assert client.get(PAGE).status_code == 302


def test_what_a_page_asks_by_itself_is_no_use(client: Client) -> None:
    for minutes in (5, 10, 14):
        with clock.at(after(minutes=minutes)):
            assert client.get(PAGE, headers={"Caseload-Poll": "yes"}).status_code == 200
    with clock.at(after(minutes=16)):
        assert client.get(PAGE, headers={"Caseload-Poll": "yes"}).status_code == 302


def test_after_twelve_hours_it_ends_at_the_server(client: Client, people: Cast) -> None:
    key = client.session.session_key
    for minutes in range(0, 12 * 60, 10):
        with clock.at(after(minutes=minutes)):
            assert client.get("/practices/").status_code == 200
    with clock.at(after(hours=12, seconds=1)):
        assert client.get(PAGE).headers["Location"].startswith("/account/again/?for=")
    assert not Session.objects.filter(session_key=key).exists()
    assert kinds(people.alice) == ["session_ended"]
    client.cookies["sessionid"] = str(key)
    assert client.get("/practices/").headers["Location"].startswith("/account/login/")


def test_a_session_that_no_log_in_began_is_over(client: Client) -> None:
    session = client.session
    del session["session_started"]
    session.save()
    assert client.get(PAGE).status_code == 302


def test_a_locked_person_can_sign_out(client: Client) -> None:
    with clock.at(after(minutes=16)):
        client.get(PAGE)
        assert client.post("/account/logout/").status_code == 302
        assert client.get("/practices/").headers["Location"].startswith("/account/login/")


def test_a_page_knows_when_its_session_ends_and_where_to_sign_in_again(client: Client) -> None:
    answer = client.get(PAGE)
    assert answer.context["session_ends"] == after(minutes=15)
    assert answer.context["again_url"].startswith("/account/again/?for=")
    with clock.at(after(hours=11, minutes=50)):
        session = client.session
        session["session_seen"] = clock.now().timestamp()
        session.save()
        assert client.get(PAGE).context["session_ends"] == after(hours=12)


def test_writing_counts_as_use(client: Client) -> None:
    with clock.at(after(minutes=14)):
        answer = client.post("/account/stay/")
        assert (answer.status_code, answer.headers["X-Session-Ends"]) == (204, after(minutes=29).isoformat())
    with clock.at(after(minutes=28)):
        assert client.get(PAGE).status_code == 200
    with clock.at(after(minutes=60)):
        assert client.post("/account/stay/", headers={"HX-Request": "true"}).status_code == 401


def test_programs_at_the_door_get_no_page(people: Cast) -> None:
    assert Client().post("/account/stay/").status_code == 302
