"""The second factor: added, asked for, not replayed, not guessed, and gone when it is removed."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import override_settings

from practice import crypto
from tests.people import PASSWORD, Cast
from tests.practice.accounts.hands import (
    SoftKey,
    add_authenticator,
    browser,
    code_of,
    kinds,
    prove_password,
    sign_in,
    signed_in_by_password,
)

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def test_an_authenticator_opens_the_practice_in_the_session_that_adds_it(stage: Cast) -> None:
    client = signed_in_by_password(stage.alice)
    answer = client.get("/p/fernhollow/members/?sort=since")
    assert answer.headers["Location"] == "/account/2fa/?next=%2Fp%2Ffernhollow%2Fmembers%2F%3Fsort%3Dsince"
    add_authenticator(client)
    assert client.get("/p/fernhollow/members/").status_code == 200
    assert kinds(stage.alice)[-2:] == ["factor_added", "factor_added"]  # the app and its recovery codes


def test_its_secret_is_kept_encrypted(stage: Cast) -> None:
    secret = add_authenticator(signed_in_by_password(stage.alice))
    kept = Authenticator.objects.get(user=stage.alice, type="totp").data["secret"]
    assert secret not in kept
    assert crypto.decrypt(kept.encode()).decode() == secret


def test_sessions_without_the_factor_end_when_it_is_added(stage: Cast) -> None:
    stolen = signed_in_by_password(stage.alice)
    add_authenticator(signed_in_by_password(stage.alice))
    assert stolen.get("/practices/").headers["Location"].startswith("/account/login/")


def test_a_session_with_the_password_alone_cannot_add_a_factor_of_its_own(stage: Cast) -> None:
    """A session that allauth does not know of, and that was therefore not ended."""
    add_authenticator(signed_in_by_password(stage.alice))
    stolen = browser()
    stolen.force_login(stage.alice)
    prove_password(stolen, "/account/2fa/webauthn/add/")
    add_passkey(stolen)
    answer = stolen.get("/p/fernhollow/members/")
    assert answer.headers["Location"] == "/account/2fa/reauthenticate/?next=%2Fp%2Ffernhollow%2Fmembers%2F"


def test_the_code_is_asked_for_and_works_once(stage: Cast) -> None:
    secret = add_authenticator(signed_in_by_password(stage.alice))
    first, second = browser(), browser()
    for client in (first, second):
        assert sign_in(client, stage.alice).headers["Location"] == "/account/2fa/authenticate/"
        assert client.get("/p/fernhollow/members/").status_code == 302
    code = code_of(secret)
    assert first.post("/account/2fa/authenticate/", {"code": code}).status_code == 302
    assert first.get("/p/fernhollow/members/").status_code == 200
    assert b"was used already" in second.post("/account/2fa/authenticate/", {"code": code}).content
    assert kinds(stage.alice)[-1] == "factor_failed"


def test_an_old_code_is_refused(stage: Cast) -> None:
    secret = add_authenticator(signed_in_by_password(stage.alice))
    client = browser()
    sign_in(client, stage.alice)
    old = code_of(secret, -1)
    assert client.post("/account/2fa/authenticate/", {"code": old}).status_code == 200


def test_codes_cannot_be_guessed(stage: Cast) -> None:
    secret = add_authenticator(signed_in_by_password(stage.alice))
    client = browser()
    sign_in(client, stage.alice)
    statuses = [client.post("/account/2fa/authenticate/", {"code": "000000"}).status_code for _ in range(11)]
    assert statuses == [200] * 10 + [429]
    assert client.post("/account/2fa/authenticate/", {"code": code_of(secret)}).status_code == 429


def test_a_recovery_code_works_once(stage: Cast) -> None:
    add_authenticator(signed_in_by_password(stage.alice))
    kept = Authenticator.objects.get(user=stage.alice, type="recovery_codes")
    code = kept.wrap().get_unused_codes()[0]
    assert code not in json.dumps(kept.data)
    first, second = browser(), browser()
    for client, status in ((first, 302), (second, 200)):
        sign_in(client, stage.alice)
        assert client.post("/account/2fa/authenticate/", {"code": code}).status_code == status
    assert first.get("/p/fernhollow/members/").status_code == 200


def test_without_a_factor_left_no_page_opens_any_more(stage: Cast) -> None:
    client = signed_in_by_password(stage.alice)
    add_authenticator(client)
    assert client.post("/account/2fa/totp/deactivate/").status_code == 302
    assert client.get("/p/fernhollow/members/").headers["Location"].startswith("/account/2fa/?")
    assert "factor_removed" in kinds(stage.alice)


def test_changing_factors_asks_for_the_password_again_after_ten_minutes(stage: Cast) -> None:
    client = signed_in_by_password(stage.alice)
    add_authenticator(client)
    with time_machine.travel(time.time() + 601, tick=False):
        assert client.get("/account/2fa/totp/deactivate/").headers["Location"].startswith("/account/reauthenticate/")


def test_a_part_of_a_page_is_sent_to_the_factor_as_a_whole(stage: Cast) -> None:
    answer = signed_in_by_password(stage.alice).get("/p/fernhollow/members/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (403, "/account/2fa/")


def test_the_demo_asks_for_none(stage: Cast) -> None:
    with override_settings(SECOND_FACTOR_REQUIRED=False):
        assert signed_in_by_password(stage.alice).get("/p/fernhollow/members/").status_code == 200


def add_passkey(client: Any, key: SoftKey | None = None) -> SoftKey:
    """Registers a passkey through the page."""
    key = key or SoftKey()
    options = client.get("/account/2fa/webauthn/add/").context["js_data"]["creation_options"]
    answer = client.post(
        "/account/2fa/webauthn/add/", {"name": "Laptop", "credential": key.create(options), "passwordless": "on"}
    )
    assert answer.status_code == 302, answer.content
    return key


def login_challenge(client: Any) -> dict[str, Any]:
    """What the browser asks the passkey before anybody is named."""
    answer = client.get("/account/2fa/webauthn/login/", headers={"Accept": "application/json"})
    found: dict[str, Any] = answer.json()["request_options"]
    return found


def test_a_passkey_is_added_and_signs_in_without_a_password(stage: Cast) -> None:
    client = signed_in_by_password(stage.alice)
    prove_password(client, "/account/2fa/webauthn/add/")
    key = add_passkey(client)
    assert client.get("/p/fernhollow/members/").status_code == 200
    other = browser()
    options = login_challenge(other)
    answer = other.post("/account/2fa/webauthn/login/", {"credential": key.get(options)})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert other.get("/p/fernhollow/members/").status_code == 200


def test_a_passkey_without_finger_or_pin_does_not_replace_the_password(stage: Cast) -> None:
    client = signed_in_by_password(stage.alice)
    prove_password(client, "/account/2fa/webauthn/add/")
    key = add_passkey(client)
    key.verifies_user = False
    other = browser()
    options = login_challenge(other)
    assert other.post("/account/2fa/webauthn/login/", {"credential": key.get(options)}).status_code == 302
    assert other.get("/practices/").status_code == 302


def test_adding_a_factor_needs_the_password(stage: Cast) -> None:
    client = signed_in_by_password(stage.alice)
    assert client.get("/account/2fa/totp/activate/").headers["Location"].startswith("/account/reauthenticate/")
    answer = client.post("/account/reauthenticate/", {"password": "wrong", "next": "/account/2fa/"})
    assert b"This is not your password" in answer.content
    assert PASSWORD.encode() not in answer.content
