"""How a connection fares: what waits, what nobody knows, what was not answered in its time, and whose claims."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from billing.connections import health
from billing.models import Claim, Connection, InboundFile, InboundTransaction, Request
from practice import clock, files
from practice.actors import Actor
from tests.billing.claims.office import Office
from tests.people import Cast

pytestmark = pytest.mark.django_db
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture
def office(people: Cast, inside: Any) -> Office:
    return Office(people, inside)


def figures(office: Office) -> dict[str, int]:
    with office.inside():
        found = health.health(office.people.actor(office.people.bob), Connection.objects.get())
    assert found is not None
    return {one.what.key: one.claims for one in found.late}


def number(office: Office) -> int:
    assert office.post.connection is not None
    return office.post.connection.pk


def late_url(office: Office, what: str = "999") -> str:
    return reverse("late_claims", args=["fernhollow", number(office), what])


def sent(office: Office, ago: dt.timedelta, state: str = "") -> list[Claim]:
    claims = office.sent(1, state)
    with office.inside():
        Claim.objects.update(sent_at=clock.now() - ago)
    return claims


@pytest.mark.parametrize(
    ("ago", "state", "late"),
    [
        (23 * HOUR, "", {"999": 0, "277CA": 0, "835": 0}),
        (25 * HOUR, "", {"999": 1, "277CA": 0, "835": 0}),
        (6 * DAY, "", {"999": 1, "277CA": 1, "835": 0}),
        (6 * DAY, "accepted", {"999": 0, "277CA": 0, "835": 0}),
        (31 * DAY, "accepted", {"999": 0, "277CA": 0, "835": 1}),
        (31 * DAY, "received", {"999": 0, "277CA": 0, "835": 1}),
        (31 * DAY, "rejected", {"999": 0, "277CA": 0, "835": 0}),
    ],
)
def test_each_answer_has_its_time(office: Office, ago: dt.timedelta, state: str, late: dict[str, int]) -> None:
    sent(office, ago, state)
    assert figures(office) == late


def test_a_999_ends_the_waiting_for_one(office: Office) -> None:
    sent(office, 25 * HOUR)
    with office.inside():
        kept = files.store(b"ISA", name="a", actor=Actor.system(office.people.fernhollow.pk))
        facts = {"name": "a", "sha256": "", "received_at": clock.now(), "source": "connection"}
        found = InboundFile.objects.create(file=kept, made_by_name="Caseload", **facts)
        said = {"kind": "999", "position": 1, "summary": "", "request": Request.objects.get()}
        InboundTransaction.objects.create(inbound=found, **said)
    assert figures(office)["999"] == 0


def test_the_claims_behind_a_figure_open(office: Office) -> None:
    (claim,) = sent(office, 25 * HOUR)
    page = office.page("connection", number(office))
    assert "No 999 in 24 hours" in page
    assert late_url(office) in page
    assert claim.number in office.browser.get(late_url(office)).content.decode()


def test_the_list_asks_the_same_number_of_queries_for_many_claims(office: Office) -> None:
    def count() -> int:
        with CaptureQueriesContext(
            database,
        ) as caught:
            assert office.browser.get(late_url(office)).status_code == 200
        return len(caught)

    sent(office, 25 * HOUR)
    count()
    few = count()
    office.sent(3)
    with office.inside():
        Claim.objects.update(sent_at=clock.now() - 2 * DAY)
    assert count() == few


def test_an_answer_nobody_waits_for_is_no_page(office: Office) -> None:
    assert office.browser.get(late_url(office, "271")).status_code == 404


def test_today_says_what_was_not_answered(office: Office) -> None:
    sent(office, 6 * DAY)
    page = office.browser.get("/p/fernhollow/", follow=True).content.decode()
    assert "No 277CA for 1 claim in 5 days" in page
