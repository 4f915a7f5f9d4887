"""Changing the email address: the password again, a code to the new address, and word to the old one."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress

from practice.models import OutgoingMail
from tests.people import Cast
from tests.practice.accounts.hands import (
    add_authenticator,
    browser,
    kinds,
    prove_password,
    sign_in,
    signed_in_by_password,
)

NEW = "alice.new@example.com"


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_new_address_counts_once_its_code_came_back(stage: Cast) -> None:
    old, client = stage.alice.email, signed_in_by_password(stage.alice)
    add_authenticator(client)
    answer = client.post("/account/email/", {"action_add": "", "email": NEW})
    assert answer.headers["Location"] == "/account/confirm-email/"
    body = OutgoingMail.objects.filter(to=NEW).get().body
    code = re.search(r"^\s*([A-Z0-9-]{4,})\s*$", body, re.MULTILINE)
    assert code, body
    assert client.get("/account/confirm-email/").status_code == 200
    answer = client.post("/account/confirm-email/", {"action": "verify", "code": code[1]})
    assert answer.status_code == 302
    stage.alice.refresh_from_db()
    assert stage.alice.email == NEW
    assert list(EmailAddress.objects.filter(user=stage.alice).values_list("email", "verified")) == [(NEW, True)]
    assert "email_changed" in kinds(stage.alice)
    assert OutgoingMail.objects.filter(to=old, subject="Your address was changed").exists()
    assert sign_in(browser(), stage.alice).headers["Location"] == "/account/2fa/authenticate/"


def test_it_asks_for_the_password_first(proved: Cast) -> None:
    client = signed_in_by_password(proved.alice)
    answer = client.post("/account/email/", {"action_add": "", "email": NEW})
    assert answer.headers["Location"].startswith("/account/reauthenticate/")
    prove_password(client, "/account/email/")
    assert client.get("/account/email/").status_code == 200
