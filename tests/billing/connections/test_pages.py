"""The pages about connections, in Settings."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection as database
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from billing.clearinghouses.layouts import LAYOUTS
from billing.clearinghouses.sftp import fingerprint
from billing.connections import services
from billing.models import Connection
from practice import clock
from tests.billing.claims.hands import connect
from tests.billing.connections.conftest import KEY
from tests.people import Cast, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(people: Cast) -> Browser:
    return signed_in(people.alice)


def url(name: str, pk: int | None = None) -> str:
    return reverse(name, args=["fernhollow"] if pk is None else ["fernhollow", pk])


def login(**facts: str) -> dict[str, str]:
    given = services.defaults_of("claim_md") | {"username": "fern", "submitter_id": "FERN01", "usage": "T"}
    return {name: str(value) for name, value in given.items()} | {"password": "s3cret"} | facts


def test_without_a_connection_every_clearinghouse_is_offered(alice: Browser, people: Cast) -> None:
    page = alice.get(url("connections")).content.decode()
    for words in ("No connection yet", "Office Ally", "Availity", "Claim.MD", "Confirm with your first test file"):
        assert words in page


def test_what_is_known_of_a_clearinghouse_is_filled_in(alice: Browser, people: Cast) -> None:
    page = alice.get(url("add_connection"), {"at": "office_ally"}).content.decode()
    assert "ftp10.officeally.com" in page
    assert "330897513" in page


def test_a_connection_is_added_and_waits_for_its_check(alice: Browser, people: Cast, inside: Any) -> None:
    assert alice.post(url("add_connection"), login()).status_code == 302
    with inside(people.fernhollow):
        row = Connection.objects.get()
    assert (row.name, row.is_default, row.checked_at) == ("Claim.MD", True, None)
    page = alice.get(url("connection", row.pk)).content.decode()
    assert "Checking" in page
    assert "s3cret" not in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"port": "70000"}, "Enter 65535 or less."),
        ({"submitter_id": "*~*"}, "2 to 15 letters"),
        ({"layout": "nobody"}, "Select a valid choice"),
        ({"name": "Sandbox payer"}, "There is a connection called Sandbox payer already."),
    ],
)
def test_a_wrong_entry_comes_back_with_the_others_and_without_the_password(
    alice: Browser, there: Connection, wrong: dict[str, str], words: str
) -> None:
    answer = alice.post(url("add_connection"), login(username="kept-name") | wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "kept-name" in page
    assert "s3cret" not in page


def test_the_key_is_compared_and_trusted(alice: Browser, there: Connection, people: Cast, inside: Any) -> None:
    with inside(people.fernhollow):
        Connection.objects.update(host_key="", offered_host_key=KEY)
    page = alice.get(url("connection", there.pk)).content.decode()
    assert fingerprint(KEY) in page
    assert "Trust this key" in page
    alice.post(url("trust_key", there.pk))
    with inside(people.fernhollow):
        assert Connection.objects.get().host_key == KEY


def test_a_trusted_key_can_be_given_up(alice: Browser, there: Connection) -> None:
    assert "Trust another key" in alice.get(url("connection", there.pk)).content.decode()
    page = alice.post(url("forget_key", there.pk), follow=True).content.decode()
    assert "The key of Sandbox payer is no longer trusted." in page
    assert "Trust another key" not in page


def test_trouble_is_said_in_its_own_words(alice: Browser, there: Connection, people: Cast, inside: Any) -> None:
    words = "Sandbox payer refused the user name or password."
    with inside(people.fernhollow):
        Connection.objects.update(trouble=words, trouble_since=clock.now())
    for page in (url("connections"), url("connection", there.pk)):
        assert words in alice.get(page).content.decode()


@pytest.mark.parametrize("layout", [key for key in LAYOUTS if not key.startswith("sandbox")])
def test_what_nobody_saw_work_is_to_be_confirmed_on_the_first_file_until_it_is_ticked(
    alice: Browser, there: Connection, people: Cast, inside: Any, layout: str
) -> None:
    with inside(people.fernhollow):
        Connection.objects.update(layout=layout)
    page = alice.get(url("connection", there.pk)).content.decode()
    assert "Confirm on the first file" in page
    for what, _ in LAYOUTS[layout].to_check:
        assert what in page
    ticked = alice.post(url("confirm_layout", there.pk), follow=True).content.decode()
    assert "Confirm on the first file" not in ticked
    assert "confirmed by Alice Moreau" in ticked
    assert "Confirm on the first file" in alice.post(url("doubt_layout", there.pk), follow=True).content.decode()


def test_switching_off_offers_undo(alice: Browser, there: Connection) -> None:
    page = alice.post(url("deactivate_connection", there.pk), follow=True).content.decode()
    assert "Sandbox payer is switched off." in page
    assert url("activate_connection", there.pk) in page


def test_the_list_asks_the_same_for_one_and_for_many(
    alice: Browser, there: Connection, people: Cast, inside: Any
) -> None:
    alice.get(url("connections"))
    with CaptureQueriesContext(database) as few:
        alice.get(url("connections"))
    with inside(people.fernhollow):
        for number in range(8):
            connect(name=f"Line {number}", is_default=False)
    with CaptureQueriesContext(database) as many:
        alice.get(url("connections"))
    assert len(few) == len(many)
