"""Tokens: made once, shown once, never more than their owner may, gone when taken back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from practice import clock
from practice.api import tokens
from practice.api.tokens import TokenRefusedError
from practice.models import ApiToken, AuditEvent, Membership
from practice.tenancy.context import practice_context
from tests.people import NOW, Cast, signed_in

ME = "/api/v1/p/fernhollow/me/"
LAST = dt.date(2026, 12, 31)
FORM = {"name": "Bookkeeping", "permissions": ["payroll:totals"], "expires_on": "2026-12-31"}


def made(people: Cast, user: Any, *permissions: str, until: dt.date = LAST) -> str:
    """The secret of a new token."""
    with practice_context(people.fernhollow.pk, phi=True):
        actor = people.actor(user)
        return tokens.make(actor=actor, name="A program", permissions=permissions, expires_on=until).secret


def ask(secret: str, url: str = ME, **options: Any) -> Any:
    return Client(**options).get(url, headers={"Authorization": f"Bearer {secret}"})


def test_a_token_says_who_asks_and_may_no_more_than_it_holds(people: Cast) -> None:
    answer = ask(made(people, people.bob, "clients:view")).json()
    assert answer["name"] == "Bob Keller"
    assert answer["practice"] == "Fernhollow Therapy"
    assert answer["permissions"] == ["clients:view"]


def test_a_token_opens_only_what_it_holds(people: Cast) -> None:
    secret = made(people, people.bob, "clients:view")
    assert ask(secret, "/api/v1/p/fernhollow/clients/").status_code == 200
    refused = ask(secret, "/api/v1/p/fernhollow/claims/")
    assert (refused.status_code, refused.json()) == (403, {"detail": "This needs claims:view."})


def test_a_program_gets_data_where_a_person_gets_a_page(people: Cast) -> None:
    nothing = ask(made(people, people.bob, "clients:view"), "/api/v1/p/fernhollow/nothing/")
    assert (nothing.status_code, nothing.json()) == (404, {"detail": "Not found."})


def test_a_token_loses_what_its_owner_loses(people: Cast) -> None:
    secret = made(people, people.bob, "clients:view")
    Membership.objects.filter(user=people.bob).update(roles=["accountant"])
    assert ask(secret).json()["permissions"] == []
    Membership.objects.filter(user=people.bob).update(ended_at=NOW)
    assert ask(secret).status_code == 404


def test_a_token_is_for_one_practice(people: Cast) -> None:
    Membership.objects.create(user=people.bob, practice=people.rivermark, roles=["biller"], since=NOW)
    assert ask(made(people, people.bob, "clients:view"), "/api/v1/p/rivermark/me/").status_code == 404


def test_a_token_opens_no_page(people: Cast) -> None:
    answer = ask(made(people, people.bob, "clients:view"), "/p/fernhollow/clients/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")


def test_its_last_day_counts_and_the_next_does_not(people: Cast) -> None:
    secret = made(people, people.bob, "clients:view", until=dt.date(2026, 11, 18))
    with clock.at(NOW + dt.timedelta(days=1)):
        assert ask(secret).status_code == 200
    with clock.at(NOW + dt.timedelta(days=2)):
        assert ask(secret).status_code == 404


@pytest.mark.parametrize("given", ["", "Bearer ", "Bearer caseload_wrong", "Basic Ym9iOmJvYg==", "Bearer \x00"])
def test_an_unknown_token_is_asked_to_sign_in(people: Cast, given: str) -> None:
    answer = Client().get(ME, headers={"Authorization": given})
    assert answer.status_code == 401
    assert answer.json() == {"detail": "Sign in first."}


def test_a_closed_account_has_no_token(people: Cast) -> None:
    secret = made(people, people.bob, "clients:view")
    people.bob.is_active = False
    people.bob.save()
    assert ask(secret).status_code == 401


def test_only_the_fingerprint_is_kept(people: Cast) -> None:
    secret = made(people, people.bob, "clients:view")
    row = ApiToken.objects.get()
    assert secret not in str(vars(row).values())
    assert secret.endswith(row.hint)


def test_use_is_noted_once_an_hour(people: Cast) -> None:
    secret = made(people, people.bob, "clients:view")
    ask(secret)
    assert ApiToken.objects.get().used_at == NOW
    with clock.at(NOW + dt.timedelta(minutes=59)):
        ask(secret)
    assert ApiToken.objects.get().used_at == NOW


def test_a_reading_is_on_the_trail_with_its_token(people: Cast) -> None:
    ask(made(people, people.bob, "clients:view"), "/api/v1/p/fernhollow/clients/")
    with practice_context(people.fernhollow.pk, phi=True):
        event = AuditEvent.objects.get(action="api.listed")
    assert event.actor_name == "Bob Keller"
    assert event.after == {"path": "/api/v1/p/fernhollow/clients/", "token": ApiToken.objects.get().pk, "rows": 0}


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"name": "  "}, "name", "Say what the token is for."),
        ({"permissions": []}, "permissions", "Choose what the program may read."),
        ({"permissions": ["members:edit"]}, "permissions", "A token can hold no more than you may do yourself."),
        ({"permissions": ["payroll:view"]}, "permissions", "A token can hold no more than you may do yourself."),
        ({"expires_on": dt.date(2026, 11, 16)}, "expires_on", "This day is over. Choose today or a later one."),
        ({"expires_on": dt.date(2028, 1, 1)}, "expires_on", "A token ends within a year. Choose an earlier day."),
    ],
)
def test_what_cannot_be_made(people: Cast, change: dict[str, Any], field: str, sentence: str) -> None:
    given: dict[str, Any] = {"name": "A program", "permissions": ["clients:view"], "expires_on": LAST} | change
    with practice_context(people.fernhollow.pk, phi=True), pytest.raises(TokenRefusedError) as caught:
        tokens.make(actor=people.actor(people.bob), **given)
    assert (str(caught.value), caught.value.field) == (sentence, field)
    assert not ApiToken.objects.exists()


def test_nobody_hoards_tokens(people: Cast) -> None:
    for _ in range(tokens.MOST):
        made(people, people.bob, "clients:view")
    with pytest.raises(TokenRefusedError, match="You have 20 tokens here"):
        made(people, people.bob, "clients:view")


def test_the_page_shows_the_secret_once_and_taking_it_back_shuts_the_program_out(people: Cast) -> None:
    erin = signed_in(people.erin)
    answer = erin.post("/p/fernhollow/api-tokens/new/", FORM)
    secret = answer.context["made"].secret
    assert secret in answer.content.decode()
    assert ask(secret).status_code == 200
    listed = erin.get("/p/fernhollow/api-tokens/")
    assert secret not in listed.content.decode()
    assert b"Bookkeeping" in listed.content
    erin.post(f"/p/fernhollow/api-tokens/{ApiToken.objects.get().pk}/revoke/")
    assert ask(secret).status_code == 401


def test_a_wrong_entry_keeps_the_form(people: Cast) -> None:
    answer = signed_in(people.erin).post("/p/fernhollow/api-tokens/new/", FORM | {"expires_on": "2026-01-01"})
    assert answer.status_code == 422
    assert b"This day is over." in answer.content
    assert b"Bookkeeping" in answer.content


def test_an_owner_sees_and_takes_back_everybodys_and_others_only_their_own(people: Cast) -> None:
    secret = made(people, people.bob, "clients:view")
    row = ApiToken.objects.get()
    assert b"A program" not in signed_in(people.erin).get("/p/fernhollow/api-tokens/").content
    assert signed_in(people.erin).post(f"/p/fernhollow/api-tokens/{row.pk}/revoke/").status_code == 404
    assert b"A program" in signed_in(people.alice).get("/p/fernhollow/api-tokens/").content
    signed_in(people.alice).post(f"/p/fernhollow/api-tokens/{row.pk}/revoke/")
    assert ask(secret).status_code == 401
