"""Founding a practice: by invitation of the installation, or because one is owned already."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

import pytest
from django.core.management import CommandError, call_command

from practice import clock
from practice.accounts.forms import TIME_ZONES
from practice.models import AuditEvent, Invitation, Membership, Practice
from tests.people import Cast, signed_in
from tests.practice.accounts.hands import browser, link_in_mail, signed_in_by_password

ADA = "ada@example.com"
BODY = {"name": "Harbor Light Counseling", "kind": "practice", "time_zone": "America/Chicago"}


def invited(**more: Any) -> str:
    call_command("invite_owner", ADA, first_name="Ada", last_name="Byron", **more)
    return link_in_mail(ADA)


def test_the_command_prints_and_mails_the_same_link(db: None, capsys: Any) -> None:
    link = invited(base_url="https://ehr.example/")
    said = capsys.readouterr().out
    assert f"https://ehr.example{link}" in said
    invitation = Invitation.objects.get()
    assert (invitation.practice_id, invitation.email, invitation.roles) == (None, ADA, ["owner"])


def test_the_command_refuses_what_is_no_address(db: None) -> None:
    with pytest.raises(CommandError, match="not an email address"):
        call_command("invite_owner", "ada", first_name="Ada", last_name="Byron")


def test_the_first_owner_accepts_and_founds(db: None) -> None:
    client = browser()
    link = invited()
    assert b"Found your practice" in client.get(link).content
    names = {"first_name": "Ada", "last_name": "Byron", "password": "seven purple sailboats at dawn"}
    assert client.post(link, names).headers["Location"] == "/practices/new/"
    assert client.get("/").headers["Location"] == "/practices/new/"
    assert client.post("/practices/new/", BODY).headers["Location"] == "/p/harbor-light-counseling/"
    practice = Practice.objects.get()
    assert (practice.name, practice.kind, practice.time_zone) == tuple(BODY.values())
    membership = Membership.objects.get()
    assert (membership.user.email, membership.roles) == (ADA, ["owner"])


def test_founding_is_in_the_new_practices_trail(people: Cast, inside: Any) -> None:
    signed_in(people.alice).post("/practices/new/", BODY)
    with inside(Practice.objects.get(name=BODY["name"])):
        event = AuditEvent.objects.get()
    assert (event.action, event.actor_name) == ("practice.founded", "Alice Moreau")


def test_owners_may_found_another_and_nobody_else(people: Cast) -> None:
    assert b"Found another practice" in signed_in(people.alice).get("/practices/").content
    assert signed_in(people.alice).get("/practices/new/").status_code == 200
    for user in (people.bob, people.ivan, people.mallory):
        client = signed_in(user)
        assert b"/practices/new/" not in client.get("/practices/").content
        assert client.get("/practices/new/").status_code == 403
        assert client.post("/practices/new/", BODY).status_code == 403
    assert not Practice.objects.filter(name=BODY["name"]).exists()


def test_an_invitation_to_a_practice_is_none_to_found_one(proved: Cast) -> None:
    moment = clock.now()
    facts = {"token_hash": "x", "created_at": moment, "expires_at": moment, "accepted_at": moment}
    Invitation.objects.create(practice_id=proved.fernhollow.pk, email=proved.bob.email, **facts)
    assert signed_in_by_password(proved.bob).get("/practices/new/").status_code == 403


@pytest.mark.parametrize(
    ("name", "slugs"),
    [
        ("Fernhollow Therapy", ["fernhollow-therapy", "fernhollow-therapy-2", "fernhollow-therapy-3"]),
        ("Ñandú & Söhne", ["nandu-sohne", "nandu-sohne-2"]),
        ("心理", ["practice", "practice-2"]),
        ("A" * 60, ["a" * 40, "a" * 38 + "-2"]),
    ],
)
def test_addresses_are_made_from_names_and_are_free(people: Cast, name: str, slugs: list[str]) -> None:
    client = signed_in(people.alice)
    found = [client.post("/practices/new/", BODY | {"name": name}).headers["Location"] for _ in slugs]
    assert found == [f"/p/{slug}/" for slug in slugs]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, b"Give the practice its name"),
        ({"name": "—"}, b"at least one letter or digit"),
        ({"kind": "shop"}, b"Select a valid choice"),
        ({"time_zone": "Mars/Olympus"}, b"Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said(people: Cast, change: dict[str, str], words: bytes) -> None:
    answer = signed_in(people.alice).post("/practices/new/", BODY | change)
    assert answer.status_code == 422
    assert words in answer.content


def test_every_time_zone_exists() -> None:
    assert {name for name, _ in TIME_ZONES} <= available_timezones()
