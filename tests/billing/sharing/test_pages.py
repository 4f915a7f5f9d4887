"""The pages of consent: the organization offers, the practice chooses, files and answers are seen where they belong."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection as database
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from billing.models import Connection, InboundFile, InboundTransaction, SharedConnection
from practice import clock, files
from practice.actors import Actor
from practice.models import Practice, PracticeSettings
from practice.permissions import Role
from tests.billing.claims.hands import connect
from tests.matrix.worlds.sharing import TA1
from tests.people import Cast, member, signed_in

pytestmark = pytest.mark.django_db


class Both:
    """Olga's browser at the organization, Alice's at the practice, and the organization's connection."""

    def __init__(self, people: Cast, inside: Any) -> None:
        self.people, self.inside = people, inside
        self.olga = signed_in(member("Olga Northlight", people.northlight, Role.OWNER))
        self.alice = signed_in(people.alice)
        with inside(people.northlight):
            PracticeSettings.objects.create(legal_name="Northlight Services LLC", phone="215-555-0199")
            self.row = connect(host_key="ssh-ed25519 AAAA", submitter_id="NORTH01")
        with inside(people.fernhollow):
            PracticeSettings.objects.create(legal_name="Fernhollow PLLC", npi="1245319599", ein="12-3456789")

    def page(self, browser: Browser, practice: Practice, name: str, *ids: int) -> str:
        return str(browser.get(reverse(name, args=[practice.slug, *ids])).content.decode())

    def act(self, browser: Browser, practice: Practice, name: str, *ids: int, **body: Any) -> str:
        answer = browser.post(reverse(name, args=[practice.slug, *ids]), body, follow=True)
        return str(answer.content.decode())

    def offered(self) -> Connection:
        self.act(
            self.olga, self.people.northlight, "offer_connection", self.row.pk, **{"for": self.people.fernhollow.pk}
        )
        with self.inside(self.people.fernhollow):
            return Connection.objects.get(through_id=self.people.northlight.pk)


@pytest.fixture
def both(people: Cast, inside: Any) -> Both:
    return Both(people, inside)


def test_the_organization_sees_whom_it_can_offer_its_connection(both: Both) -> None:
    page = both.page(both.olga, both.people.northlight, "connection", both.row.pk)
    assert "Practices that send through it" in page
    assert page.count("Not offered") == 2
    assert "NORTH01" in page


def test_offer_and_choice_are_two_clicks_by_two_people(both: Both) -> None:
    row = both.offered()
    page = both.page(both.alice, both.people.fernhollow, "connection", row.pk)
    assert "Send through Northlight Services" in page
    said = both.act(both.alice, both.people.fernhollow, "accept_connection", row.pk)
    assert "Claims leave through Northlight Services from now on." in said
    page = both.page(both.olga, both.people.northlight, "connection", both.row.pk)
    assert "Alice Moreau chose it." in page
    with both.inside(both.people.northlight):
        share = SharedConnection.objects.get()
    assert (share.npis, share.tax_id) == (["1245319599"], "123456789")


def test_an_organizations_connection_cannot_be_changed_checked_or_given_a_key_by_the_practice(both: Both) -> None:
    row = both.offered()
    for name in ("check_connection", "make_connection_key", "confirm_layout"):
        said = both.act(both.alice, both.people.fernhollow, name, row.pk)
        assert "Northlight Services looks after this connection." in said, name


def test_what_was_withdrawn_cannot_be_chosen(both: Both) -> None:
    row = both.offered()
    with both.inside(both.people.northlight):
        share = SharedConnection.objects.get()
    both.act(both.olga, both.people.northlight, "end_share", share.pk)
    said = both.act(both.alice, both.people.fernhollow, "accept_connection", row.pk)
    assert "does not offer this any more" in said


def test_the_practice_ends_it_and_both_pages_say_so(both: Both) -> None:
    row = both.offered()
    both.act(both.alice, both.people.fernhollow, "accept_connection", row.pk)
    both.act(both.alice, both.people.fernhollow, "end_through", row.pk)
    assert "Ended" in both.page(both.alice, both.people.fernhollow, "connection", row.pk)
    assert "Ended" in both.page(both.olga, both.people.northlight, "connection", both.row.pk)


def nobodys(both: Both) -> InboundTransaction:
    with both.inside(both.people.northlight):
        kept = files.store(TA1, name="a.ta1", actor=Actor.system(both.people.northlight.pk))
        facts = {"name": "a.ta1", "sha256": kept.sha256, "received_at": clock.now(), "source": "connection"}
        found = InboundFile.objects.create(connection=both.row, file=kept, status="read", made_by_name="", **facts)
        said = {"kind": "TA1", "summary": "It speaks of nothing.", "status": "unmatched"}
        return InboundTransaction.objects.create(inbound=found, position=1, **said)


def test_an_answer_that_is_nobodys_is_assigned_or_set_aside_and_brought_back(both: Both) -> None:
    northlight, row = both.people.northlight, both.offered()
    both.act(both.alice, both.people.fernhollow, "accept_connection", row.pk)
    part = nobodys(both)
    assert "1 answer to assign" in both.page(both.olga, northlight, "connection", both.row.pk)
    assert "It speaks of nothing." in both.page(both.olga, northlight, "unassigned_answers", both.row.pk)
    said = both.act(both.olga, northlight, "set_unassigned_aside", part.pk)
    assert "Everything found its practice" in said
    both.act(both.olga, northlight, "bring_unassigned_back", part.pk)
    with both.inside(northlight):
        share = SharedConnection.objects.get()
    said = both.act(both.olga, northlight, "assign_answer", part.pk, share=share.pk)
    assert "Handed to Fernhollow Therapy by Olga Northlight." in said
    with both.inside(both.people.fernhollow):
        assert InboundFile.objects.get().name == "a.ta1 (1-TA1)"


def test_the_lists_ask_the_same_number_of_queries_for_many_rows(both: Both) -> None:
    both.offered()
    northlight, counts = both.people.northlight, []
    nobodys(both)
    for _ in range(3):
        with CaptureQueriesContext(database) as caught:
            both.page(both.olga, northlight, "unassigned_answers", both.row.pk)
            both.page(both.olga, northlight, "connection_files", both.row.pk)
        counts.append(len(caught))
        with both.inside(northlight):
            found = InboundFile.objects.get()
            for place in range(5):
                position = InboundTransaction.objects.count() + place + 2
                said = {"kind": "TA1", "summary": "", "status": "unmatched"}
                InboundTransaction.objects.create(inbound=found, position=position, **said)
    assert counts[1] == counts[2]


def test_today_says_what_is_nobodys(both: Both) -> None:
    nobodys(both)
    page = both.olga.get("/p/northlight/", follow=True).content.decode()
    assert "1 answer to assign to a practice" in page


def test_without_a_practice_nothing_is_assigned(both: Both) -> None:
    part = nobodys(both)
    url = reverse("assign_answer", args=[both.people.northlight.slug, part.pk])
    assert both.olga.post(url, {"share": "x"}).status_code == 404


def test_files_of_practices_are_listed_where_there_are_none_too(both: Both) -> None:
    assert "No file yet" in both.page(both.olga, both.people.northlight, "connection_files", both.row.pk)


def test_settings_of_an_organization_lead_to_its_connections(both: Both) -> None:
    page = both.page(both.olga, both.people.northlight, "settings")
    assert reverse("connections", args=["northlight"]) in page
