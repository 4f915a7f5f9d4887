"""The pages about takebacks in a browser."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from billing.models import Claim, Takeback, TakebackEvent
from billing.takebacks import services
from practice.clock import today
from practice.models import AuditEvent
from tests.billing.claim_factories import answer, plb, remittance
from tests.billing.remittances.hands import arrive
from tests.billing.remittances.rooms import Room, url
from tests.billing.takebacks.test_feeding import pays
from tests.people import Cast, signed_in


@pytest.fixture
def withheld(room: Room) -> Claim:
    """A claim that was paid $95.00, of which the payer withheld $40.00 under its number."""
    with room.open():
        claim = room.bench.claim("150.00")
        pays(room.bench, 1, answer(claim, "95.00", "CO-45 55.00", icn="2026ICN00001"))
        pays(room.bench, 2, plbs=(plb("WO", "40.00", "2026ICN00001"),))
    return claim


def only(room: Room) -> Takeback:
    with room.open():
        return Takeback.objects.get()


def test_the_list_shows_each_with_its_money(room: Room, withheld: Claim) -> None:
    page = room.get("payer_balances")
    for words in ("Keystone Mutual", "2026ICN00001", "To put on a claim", "$40.00 without a claim", "a payment"):
        assert words in page


def test_it_is_found_by_payer_reference_and_client_out_of_the_address(room: Room, withheld: Claim) -> None:
    for words in ("keystone", "2026icn", "lindgren1"):
        found = room.bob.post(url("search_takebacks"), {"q": words}, follow=True)
        assert "2026ICN00001" in found.content.decode()
        assert words not in found.redirect_chain[0][0]
    assert "No takeback matches" in room.post("search_takebacks", q="harbor")


def test_other_balances_stand_under_their_own_pill(room: Room) -> None:
    with room.open():
        pays(room.bench, 1, plbs=(plb("CS", "-12.00", "ADJ-1"),))
    assert "No payer wants anything back" in room.get("payer_balances")
    page = room.get("payer_balances", group="other")
    for words in ("ADJ-1", "$12.00", "The payer’s money", "EFT0001"):
        assert words in page


def test_the_record_tells_its_story_and_is_written_down(room: Room, withheld: Claim) -> None:
    row = only(room)
    page = room.get("takeback", row.pk)
    for words in ("wants $40.00 back", "$40.00 withheld", "EFT0002", "Theo Lindgren1", "By the reference"):
        assert words in page
    with room.open():
        seen = AuditEvent.objects.filter(action="takeback.viewed")
        assert {event.client_id for event in seen} == {withheld.client_id, None}


def test_what_was_withheld_goes_to_its_claim_and_back(room: Room, withheld: Claim) -> None:
    row = only(room)
    page = room.post("place_takeback", row.pk, claim=withheld.pk, amount="$40.00")
    assert "$40.00 is open with the payer again on this claim." in page
    assert only(room).status == "settled"
    with room.open():
        event = TakebackEvent.objects.get(kind="placed")
    assert "It is undone by the opposite entry." in room.post("undo_takeback_event", event.pk)
    assert only(room).status == "partly"


def test_too_much_is_refused_at_the_entry(room: Room, withheld: Claim) -> None:
    response = room.bob.post(url("place_takeback", only(room).pk), {"claim": withheld.pk, "amount": "41.00"})
    assert response.status_code == 422
    assert "$40.00 waits for a claim, not $41.00." in response.content.decode()


def test_a_letter_is_written_down_and_leads_to_its_record(room: Room) -> None:
    payer = room.bench.payer.pk
    body = {"payer": payer, "reference": "L-1", "amount": "$80.00", "on": "2026-11-10", "note": "Ended"}
    assert "wants $80.00 back" in room.post("announce_takeback", **body)
    page = room.bob.post(url("announce_takeback"), body | {"amount": "", "reference": ""})
    assert page.status_code == 422
    assert "Enter the amount it asks for." in page.content.decode()


def test_a_payment_that_has_arrived_says_what_it_will_withhold(room: Room) -> None:
    with room.open():
        said: dict[str, Any] = {
            "payer_id": room.bench.payer.pk,
            "reference": "L-1",
            "amount": Decimal("80.00"),
            "note": "",
        }
        practice = room.bench.practice
        row = services.announce(**said, on=today(practice), actor=room.bench.biller, practice=practice)
        beside = answer(room.bench.claim("500.00"), "500.00")
        arrive(room.bench, remittance(beside, trace="EFT0009", plbs=(plb("WO", "30.00", "L-1"),)))
    page = room.get("takeback", row.pk)
    assert "it withholds this once it is posted" in page
    assert "$50.00 is in no payment yet." in page


def test_a_dispute_waits_until_its_day(room: Room, withheld: Claim) -> None:
    pk = only(room).pk
    assert "The takeback is disputed." in room.post("dispute_takeback", pk, on="2026-11-17", note="Wrong client")
    assert "1 takeback to look at again" in room.bob.get(url("practice_start")).content.decode()
    assert "The dispute is over." in room.post("end_dispute", pk, note="")


def test_today_asks_for_the_claim(room: Room, withheld: Claim) -> None:
    page = room.bob.get(url("practice_start")).content.decode()
    assert "1 takeback without a claim" in page
    assert "$40.00" in page


def test_another_claim_is_touched_by_hand(room: Room, withheld: Claim) -> None:
    with room.open():
        other = room.bench.claim("80.00")
    found = room.bob.post(url("search_claims_of_takeback", only(room).pk), {"q": "lindgren"}, follow=True)
    assert f'value="{other.pk}"' in found.content.decode()
    assert "is about this claim now" in room.post("touch_takeback_claim", only(room).pk, claim=other.pk)
    assert room.bob.post(url("touch_takeback_claim", only(room).pk), {"claim": "x"}).status_code == 404


@pytest.mark.parametrize("count", [3, 40])
def test_the_list_asks_a_fixed_number_of_queries(room: Room, count: int) -> None:
    with room.open():
        pays(room.bench, 1, plbs=tuple(plb("WO", "1.00", f"R{number}") for number in range(count)))
    with CaptureQueriesContext(connection) as counted:
        room.get("payer_balances")
    assert len(counted) <= 20


def test_an_outsider_finds_nothing(people: Cast, room: Room, withheld: Claim) -> None:
    assert signed_in(people.heidi).get(url("takeback", only(room).pk)).status_code == 404
