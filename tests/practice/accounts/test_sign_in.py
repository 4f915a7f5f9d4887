"""The door: email and password, limits, signing out; each step leaves an event."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.test import override_settings

from practice.models import AccountEvent
from tests.people import Cast
from tests.practice.accounts.hands import browser, kinds, sign_in, signed_in_by_password


def test_the_right_password_opens_and_is_recorded(proved: Cast) -> None:
    client = browser()
    answer = sign_in(client, proved.alice, headers={"User-Agent": "Firefox"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    event = AccountEvent.objects.get(user_id=proved.alice.pk)
    assert (event.kind, event.ip, event.user_agent) == ("signed_in", "127.0.0.1", "Firefox")


def test_capitals_in_the_address_do_not_matter(proved: Cast) -> None:
    client = browser()
    data = {"login": proved.alice.email.upper(), "password": "correct horse battery staple"}
    assert client.post("/account/login/", data).status_code == 302


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(proved: Cast) -> None:
    wrong = browser().post("/account/login/", {"login": proved.alice.email, "password": "no"})
    unknown = browser().post("/account/login/", {"login": "alicf@fernhollow.example", "password": "no"})
    assert wrong.status_code == unknown.status_code == 200
    assert list(wrong.context["form"].errors.values()) == list(unknown.context["form"].errors.values())
    assert kinds(proved.alice) == ["sign_in_failed"]
    assert AccountEvent.objects.filter(user_id=None, kind="sign_in_failed").count() == 1


def test_after_ten_failures_the_right_password_waits_too(proved: Cast) -> None:
    client = browser()
    for number in range(10):
        assert (
            sign_in(client, proved.alice, "wrong", headers={"X-Forwarded-For": f"10.0.0.{number}"}).status_code == 200
        )
    answer = sign_in(client, proved.alice, headers={"X-Forwarded-For": "192.0.2.77"})
    assert answer.status_code == 429
    assert b"Try again in 5 minutes" in answer.content
    assert sign_in(browser(), proved.bob).status_code == 302


def test_one_address_of_the_net_gets_fifty_tries(proved: Cast) -> None:
    client = browser()
    for number in range(50):
        client.post("/account/login/", {"login": f"nobody{number}@example.com", "password": "wrong"})
    assert sign_in(client, proved.alice, headers={"X-Forwarded-For": "192.0.2.77"}).status_code == 429
    assert sign_in(client, proved.alice, REMOTE_ADDR="192.0.2.9").status_code == 302


@override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1)
def test_behind_our_own_proxy_the_address_is_what_the_proxy_added(proved: Cast) -> None:
    sign_in(browser(), proved.alice, headers={"X-Forwarded-For": "192.0.2.77, 198.51.100.4"})
    assert AccountEvent.objects.get(user_id=proved.alice.pk).ip == "198.51.100.4"


def test_signing_in_gives_the_session_a_new_key(proved: Cast) -> None:
    client = browser()
    session = client.session
    session["before"] = "yes"
    session.save()
    client.cookies["sessionid"] = str(session.session_key)
    before = session.session_key
    sign_in(client, proved.alice)
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_signing_out_ends_the_session_at_the_server(proved: Cast) -> None:
    client = signed_in_by_password(proved.alice)
    stolen = client.session.session_key
    answer = client.post("/account/logout/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    client.cookies["sessionid"] = str(stolen)
    assert client.get("/practices/").status_code == 302
    assert kinds(proved.alice)[-1] == "signed_out"


def test_nobody_can_sign_up(db: None) -> None:
    data = {"email": "new@example.com", "password1": "correct horse battery staple"}
    answer = browser().post("/account/signup/", data)
    assert b"Accounts come by invitation" in answer.content


@pytest.mark.parametrize("page", ["/account/login/", "/account/password/reset/", "/account/signup/"])
def test_the_doors_pages_stay_out_of_caches(page: str, db: None) -> None:
    answer = browser().get(page)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
