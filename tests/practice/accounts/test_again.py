"""Signing in again in place: only the page's own person, with every step they have; no typed word is lost."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.test import Client

from practice import clock
from practice.models import Invitation
from tests.people import NOW, PASSWORD, Cast, signed_in
from tests.practice.accounts.hands import (
    HERE,
    SoftKey,
    add_authenticator,
    code_of,
    kinds,
    prove_password,
    signed_in_by_password,
)

PAGE = "/p/fernhollow/members/"
PART = {"HX-Request": "true"}
real_commits = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
IDLE, LATE = NOW + dt.timedelta(minutes=20), NOW + dt.timedelta(hours=13)


@pytest.fixture
def client(proved: Cast) -> Client:
    return signed_in(proved.alice)


def again_url(client: Client) -> str:
    return str(client.get(PAGE).context["again_url"])


@pytest.fixture(params=[IDLE, LATE], ids=["idle", "too old"])
def away(request: Any, client: Client) -> Iterator[str]:
    """The person comes back to a session that locked, or is gone; the address on their open page."""
    url = again_url(client)
    with clock.at(request.param):
        assert client.get(PAGE).status_code == 302
        yield url


def test_while_the_session_holds_there_is_nothing_to_ask(client: Client) -> None:
    answer = client.get(again_url(client), headers=PART)
    assert (answer.status_code, answer.headers["X-Session-Ends"]) == (204, (NOW + dt.timedelta(minutes=15)).isoformat())
    assert client.get("/account/again/?next=/practices/").headers["Location"] == "/practices/"


def test_looking_is_no_use(client: Client) -> None:
    url = again_url(client)
    with clock.at(NOW + dt.timedelta(minutes=10)):
        assert client.get(url, headers=PART).status_code == 204
    with clock.at(NOW + dt.timedelta(minutes=16)):
        assert client.get(url, headers=PART).status_code == 200


def test_the_password_opens_the_page_again(client: Client, away: str, proved: Cast) -> None:
    before = client.session.session_key
    form = client.get(away, headers=PART)
    assert form.status_code == 200
    assert b"<html" not in form.content
    assert b"Alice Moreau" in form.content
    answer = client.post(away, {"password": PASSWORD}, headers=PART)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["X-Session-Ends"] == (clock.now() + dt.timedelta(minutes=15)).isoformat()
    assert client.session.session_key != before
    assert client.get("/practices/").status_code == 200
    assert kinds(proved.alice)[-1] in {"signed_in_again", "signed_in"}


def test_a_wrong_password_is_said_in_the_form(client: Client, away: str, proved: Cast) -> None:
    answer = client.post(away, {"password": "wrong"}, headers=PART)
    assert answer.status_code == 422
    assert b"This is not your password" in answer.content
    assert client.get("/practices/").status_code == 302
    assert kinds(proved.alice)[-1] == "sign_in_failed"


def test_it_is_limited_like_signing_in(client: Client, away: str) -> None:
    statuses = [client.post(away, {"password": "wrong"}, headers=PART).status_code for _ in range(11)]
    assert statuses == [422] * 10 + [429]
    answer = client.post(away, {"password": PASSWORD, "words": '["/practices/", [["a", "b"]], []]'}, headers=PART)
    assert answer.status_code == 429
    assert b"<html" not in answer.content
    assert b"Try again in 5 minutes" in answer.content
    assert answer.context["words"].fields == (("a", "b"),)
    assert client.get("/practices/").status_code == 302


def test_nobody_else_opens_it(client: Client, away: str, proved: Cast) -> None:
    answer = client.post(away, {"email": proved.bob.email, "password": PASSWORD}, headers=PART)
    assert answer.status_code == 422
    assert b"This page belongs to Alice Moreau" in answer.content
    assert b"/account/logout/" in answer.content
    assert client.get("/practices/").status_code == 302


def test_somebody_else_who_signed_in_meanwhile_is_told(client: Client, proved: Cast) -> None:
    url = again_url(client)
    client.post("/account/logout/")
    client.force_login(proved.bob)
    for answer in (client.get(url, headers=PART), client.post(url, {"password": PASSWORD}, headers=PART)):
        assert b"Somebody else is signed in here by now" in answer.content
        assert answer.status_code in {200, 422}
    assert client.get(url).status_code == 409


def test_a_made_up_owner_is_nobody(db: None) -> None:
    assert Client().get("/account/again/?for=1:forged").headers["Location"] == "/account/login/"
    assert b"sign-in page" in Client().get("/account/again/?for=1:forged", headers=PART).content


def test_a_page_of_its_own_leads_on(client: Client, away: str) -> None:
    form = client.get(f"{away}&next={PAGE}")
    assert f'name="next" value="{PAGE}"'.encode() in form.content
    answer = client.post(away, {"password": PASSWORD, "next": PAGE})
    assert answer.headers["Location"] == PAGE


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_it_leads_nowhere_else(client: Client, target: str) -> None:
    url = again_url(client)
    with clock.at(IDLE):
        assert client.post(url, {"password": PASSWORD, "next": target}).headers["Location"] == "/"


def test_the_old_key_dies_and_the_list_of_sessions_follows(proved: Cast) -> None:
    client = signed_in_by_password(proved.alice)
    old = client.session.session_key
    with clock.at(IDLE):
        client.post("/account/again/", {"password": PASSWORD}, headers=PART)
        assert list(UserSession.objects.values_list("session_key", flat=True)) == [client.session.session_key]
        thief = Client()
        thief.cookies["sessionid"] = str(old)
        assert thief.get("/practices/").headers["Location"].startswith("/account/login/")


def test_a_form_that_was_sent_into_a_closed_session_is_sent_on(proved: Cast) -> None:
    """Without script: the words come back in the page that asks for the password, and go where they should."""
    client = Client(enforce_csrf_checks=True)
    client.cookies = signed_in(proved.alice).cookies
    token = csrf(client.get("/p/fernhollow/members/invite/"))
    body = {
        "first_name": "Judy", "last_name": "Arroyo", "email": "judy@example.com", "roles": ["biller", "scheduler"],
        "agreement_on": "", "csrfmiddlewaretoken": token,
    }  # fmt: skip
    for moment in (IDLE, LATE):
        with clock.at(moment):
            asked = client.post("/p/fernhollow/members/invite/", body)
            assert asked.status_code == 401
            words = asked.context["words"]
            assert words.action == "/p/fernhollow/members/invite/"
            proof = {"password": PASSWORD, "words": words.as_text(), "csrfmiddlewaretoken": csrf(asked)}
            wrong = client.post(asked.context["action"], proof | {"password": "wrong"})
            assert wrong.context["words"] == words
            kept = client.post(asked.context["action"], proof)
            assert kept.status_code == 200
            assert not Invitation.objects.exists()
    factor(client, proved)
    with clock.at(LATE):
        fields: dict[str, list[str]] = {}
        for name, value in kept.context["words"].fields:
            fields.setdefault(name, []).append(value)
        sent = client.post(kept.context["words"].action, fields | {"csrfmiddlewaretoken": [csrf(kept)]})
        assert sent.headers["Location"] == PAGE
    assert Invitation.objects.get().roles == ["biller", "scheduler"]


def factor(client: Client, people: Cast) -> None:
    """A full sign-in without a factor has proved none; the test gives it one."""
    session = client.session
    session["second_factor_added"] = people.alice.pk
    session.save()


def csrf(answer: Any) -> str:
    found = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', answer.content)
    assert found
    return found[1].decode()


def test_forms_that_lie_open_still_count_after_a_new_sign_in(proved: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = signed_in(proved.alice).cookies
    page = client.get("/p/fernhollow/members/invite/")
    with clock.at(LATE):
        client.get(PAGE)
        data = {"password": PASSWORD, "csrfmiddlewaretoken": csrf(page)}
        opened = client.post(page.context["again_url"], data, headers=PART)
        assert opened.status_code == 204
        assert len(opened.headers["X-CSRFToken"]) == 64
        answer = client.post("/account/stay/", {"csrfmiddlewaretoken": csrf(page)})
        assert answer.status_code == 204


def test_a_forged_form_is_not_kept(proved: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = signed_in(proved.alice).cookies
    with clock.at(IDLE):
        answer = client.post("/p/fernhollow/members/invite/", {"email": "evil@example.com"})
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/account/again/")


def test_passwords_and_codes_are_never_kept(client: Client) -> None:
    again_url(client)
    with clock.at(IDLE):
        body = {"oldpassword": "a", "password1": "b", "code": "c", "name": "d"}
        answer = client.post("/account/password/change/", body)
    assert answer.context["words"].fields == (("name", "d"),)


@pytest.mark.parametrize("words", ["", "{}", "[1]", '["/x", "y", []]', '["https://evil.example", [], []]'])
def test_words_that_nobody_kept_are_left_out(client: Client, words: str) -> None:
    url = again_url(client)
    with clock.at(IDLE):
        assert client.post(url, {"password": PASSWORD, "words": words}).headers["Location"] == "/"


@real_commits
def test_the_code_is_asked_for_too(stage: Cast) -> None:
    client = signed_in_by_password(stage.alice)
    secret = add_authenticator(client)
    url = again_url(client)
    with clock.at(LATE), time_machine.travel(time.time() + 120, tick=False):
        assert b'autocomplete="one-time-code"' in client.get(url, headers=PART).content
        without = client.post(url, {"password": PASSWORD}, headers=PART)
        wrong = client.post(url, {"password": PASSWORD, "code": "000000"}, headers=PART)
        assert (without.status_code, wrong.status_code) == (422, 422)
        assert client.get("/practices/").status_code == 302
        right = client.post(url, {"password": PASSWORD, "code": code_of(secret)}, headers=PART)
        assert right.status_code == 204
        assert client.get(PAGE).status_code == 200, "the second factor was proved with it"


@real_commits
def test_a_passkey_is_enough_when_it_asks_for_a_finger(stage: Cast) -> None:
    client = signed_in_by_password(stage.alice)
    prove_password(client, "/account/2fa/webauthn/add/")
    key = SoftKey()
    options = client.get("/account/2fa/webauthn/add/").context["js_data"]["creation_options"]
    client.post("/account/2fa/webauthn/add/", {"name": "Laptop", "credential": key.create(options)})
    url = again_url(client)
    with clock.at(LATE):
        for verifies, status in ((False, 422), (True, 204)):
            key.verifies_user = verifies
            challenge = client.get(url, headers=PART).context["js_data"]["request_options"]
            answer = client.post(url, {"credential": key.get(challenge)}, headers=PART)
            assert answer.status_code == status, answer.content
        assert client.get(PAGE).status_code == 200


def test_names_are_written_as_text(proved: Cast) -> None:
    proved.alice.person.last_name = "<b>Moreau</b>"
    proved.alice.person.save()
    client = Client(**HERE)  # type: ignore[arg-type]
    client.force_login(proved.alice)
    with clock.at(IDLE):
        content = client.get("/account/again/", headers=PART).content
    assert b"<b>Moreau" not in content
    assert b"&lt;b&gt;Moreau" in content
