"""Changing and resetting a password: other sessions end, and no second factor is skipped."""

from __future__ import annotations

import datetime as dt
import statistics
import time

import pytest
from django.core.cache import cache

from practice import clock
from practice.models import DueWork, OutgoingMail
from tests.people import NOW, PASSWORD, Cast
from tests.practice.accounts.hands import (
    add_authenticator,
    browser,
    code_of,
    kinds,
    link_in_mail,
    sign_in,
    signed_in_by_password,
    work,
)

NEW = "seven purple sailboats at dawn"
real_commits = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def test_a_changed_password_keeps_this_session_and_ends_the_others(proved: Cast) -> None:
    here, elsewhere = signed_in_by_password(proved.alice), signed_in_by_password(proved.alice)
    before = here.session.session_key
    data = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert here.post("/account/password/change/", data).status_code == 302
    assert here.session.session_key != before
    assert here.get("/practices/").status_code == 200
    assert elsewhere.get("/practices/").status_code == 302
    assert kinds(proved.alice)[-1] == "password_changed"
    assert OutgoingMail.objects.filter(to=proved.alice.email).count() == 1


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("short", b"at least 12 characters"),
        ("password12345", b"too common"),
        ("alice moreau!", b"too similar to the name"),
        ("alice@fernhollow.example", b"too similar to the email"),
    ],
)
def test_weak_passwords_are_named(proved: Cast, password: str, words: bytes) -> None:
    client = signed_in_by_password(proved.alice)
    data = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    answer = client.post("/account/password/change/", data)
    assert words in answer.content


def reset(email: str, password: str) -> str:
    """Goes through the pages of a forgotten password; the link that did it."""
    client = browser()
    assert client.post("/account/password/reset/", {"email": email}).status_code == 302
    link = link_in_mail(email)
    form_page = client.get(link).headers["Location"]
    answer = client.post(form_page, {"password1": password, "password2": password})
    assert answer.status_code == 302, answer.content
    assert client.get("/practices/").status_code == 302, "setting a new password signs nobody in"
    return link


def test_a_reset_ends_every_session(proved: Cast) -> None:
    client = signed_in_by_password(proved.alice)
    reset(proved.alice.email, NEW)
    assert client.get("/practices/").status_code == 302
    assert sign_in(browser(), proved.alice).status_code == 200
    assert sign_in(browser(), proved.alice, NEW).status_code == 302
    assert "password_reset" in kinds(proved.alice)


@real_commits
def test_a_reset_does_not_skip_the_second_factor(stage: Cast) -> None:
    secret = add_authenticator(signed_in_by_password(stage.alice))
    reset(stage.alice.email, NEW)
    client = browser()
    assert sign_in(client, stage.alice, NEW).headers["Location"] == "/account/2fa/authenticate/"
    assert client.get("/p/fernhollow/").status_code == 302
    answer = client.post("/account/2fa/authenticate/", {"code": code_of(secret)})
    assert answer.headers["Location"] == "/"


def test_a_reset_says_nothing_about_who_has_an_account(proved: Cast) -> None:
    known = browser().post("/account/password/reset/", {"email": proved.alice.email}, follow=True)
    unknown = browser().post("/account/password/reset/", {"email": "nobody@example.com"}, follow=True)
    assert (known.status_code, known.redirect_chain) == (unknown.status_code, unknown.redirect_chain)
    assert len(known.content) == len(unknown.content)
    work()
    assert [message.to for message in OutgoingMail.objects.all()] == [proved.alice.email]


def test_a_request_that_waited_too_long_is_dropped(proved: Cast) -> None:
    browser().post("/account/password/reset/", {"email": proved.alice.email})
    with clock.at(NOW + dt.timedelta(hours=2)):
        work()
    assert not OutgoingMail.objects.exists()
    assert not DueWork.objects.exists()


def test_whoever_is_switched_off_gets_no_link(proved: Cast) -> None:
    proved.alice.is_active = False
    proved.alice.save()
    browser().post("/account/password/reset/", {"email": proved.alice.email})
    work()
    assert not OutgoingMail.objects.exists()


def test_a_reset_takes_as_long_for_an_unknown_address(proved: Cast) -> None:
    def ask(email: str) -> float:
        cache.clear()
        client = browser()
        began = time.perf_counter()
        assert client.post("/account/password/reset/", {"email": email}).status_code == 302
        return time.perf_counter() - began

    pairs = [(ask(proved.alice.email), ask("nobody@example.com")) for _ in range(25)]
    known, unknown = (statistics.median(times) for times in zip(*pairs, strict=True))
    assert abs(known - unknown) < 0.010


def test_a_link_works_once(proved: Cast) -> None:
    answer = browser().get(reset(proved.alice.email, NEW))
    assert answer.status_code == 200
    assert b"password1" not in answer.content
