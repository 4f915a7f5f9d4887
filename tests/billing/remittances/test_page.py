"""The page of one remittance in a browser: what it says and why it waits."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from billing.models import Remittance
from practice.models import AuditEvent
from tests.billing.claim_factories import answer, file_of, plb, remittance
from tests.billing.remittances.hands import arrive, take
from tests.billing.remittances.rooms import Room, stranger, url


def test_the_page_shows_the_sum_and_every_reason_in_words(room: Room) -> None:
    with room.open():
        claim = room.bench.claim("150.00", copay="25.00")
        said = answer(claim, "95.00", "CO-45 30.00, PR-3 25.00")
        row = arrive(room.bench, remittance(said, plbs=(plb("WO", "10.00", "BH-1"),)))[0]
    page = room.get("remittance", row.pk)
    for words in ("Balances to the cent", "Withheld, provider level", "Fixed visit fee", "Moves to the client", "BH-1"):
        assert words in page
    assert "Post 1 claim · $85.00" in page
    assert "Sandbox" in page


def test_looking_is_written_down_for_the_remittance_and_each_client(room: Room) -> None:
    with room.open():
        claim = room.bench.claim("150.00")
        row = arrive(room.bench, remittance(answer(claim, "120.00", "CO-45 30.00")))[0]
    room.get("remittance", row.pk)
    with room.open():
        seen = AuditEvent.objects.filter(action="remittance.viewed", object_id=str(row.pk))
        assert {event.client_id for event in seen} == {claim.client_id, None}


def test_the_dock_says_why_it_cannot_be_posted(room: Room) -> None:
    with room.open():
        claims = [room.bench.claim("150.00") for _ in range(2)]
        row = arrive(room.bench, remittance(*(stranger(one) for one in claims)))[0]
    page = room.get("remittance", row.pk)
    assert "2 claims have no match, so nothing is posted yet" in page
    assert 'aria-disabled="true"' in page
    assert "2 claims match no claim of yours" in room.post("post_remittance", row.pk)
    assert room.status(row) == "held"


def test_what_does_not_add_up_is_said_with_the_difference(room: Room) -> None:
    with room.open():
        content = file_of(remittance(answer(room.bench.claim("150.00"), "120.00", "CO-45 30.00")))
        take(room.bench, content.replace(b"BPR*I*120*", b"BPR*I*119.5*"))
        row = Remittance.objects.get()
    page = room.get("remittance", row.pk)
    assert "$0.50 is missing" in page
    assert "It does not add up, so nothing is posted" in page


def test_a_second_arrival_leads_to_the_first(room: Room) -> None:
    with room.open():
        said = remittance(answer(room.bench.claim("150.00"), "120.00", "CO-45 30.00"))
        first = arrive(room.bench, said)[0]
        second = arrive(room.bench, said, control=2)[0]
    page = room.get("remittance", second.pk)
    assert "The same remittance arrived before" in page
    assert url("remittance", first.pk) in page


def test_the_readable_copy_holds_every_claim(room: Room) -> None:
    with room.open():
        claims = [room.bench.claim("150.00") for _ in range(3)]
        row = arrive(room.bench, remittance(*(answer(one, "120.00", "CO-45 30.00") for one in claims)))[0]
    page = room.get("remittance_copy", row.pk)
    for claim, client in zip(claims, room.bench.clients, strict=True):
        assert client.name in page
        assert claim.number in page


def test_tabs_part_what_needs_a_look_from_what_matches(room: Room) -> None:
    with room.open():
        fine, odd = room.bench.claim("150.00"), room.bench.claim("150.00")
        row = arrive(room.bench, remittance(answer(fine, "120.00", "CO-45 30.00"), stranger(odd)))[0]
    look, sure = room.get("remittance", row.pk, tab="look"), room.get("remittance", row.pk, tab="matched")
    assert fine.number not in look
    assert fine.number in sure
    assert "No match" in look


@pytest.mark.parametrize("count", [2, 12])
def test_one_remittance_asks_no_more_for_more_claims(room: Room, count: int) -> None:
    with room.open():
        claims = [room.bench.claim("150.00") for _ in range(count)]
        odd = room.bench.claim("150.00")
        said = remittance(*(answer(one, "120.00", "CO-45 30.00") for one in claims), stranger(odd))
        row = arrive(room.bench, said)[0]
    with CaptureQueriesContext(connection) as counted:
        room.get("remittance", row.pk)
    assert len(counted) <= 36
