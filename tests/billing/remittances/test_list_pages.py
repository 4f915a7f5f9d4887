"""The list of remittances in a browser."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from billing.models import Remittance
from billing.remittances import services
from tests.billing.claim_factories import answer, remittance
from tests.billing.remittances.hands import arrive
from tests.billing.remittances.rooms import Room, stranger, url


def test_the_list_says_what_each_waits_for(room: Room) -> None:
    with room.open():
        ready = arrive(room.bench, remittance(answer(room.bench.claim("150.00"), "120.00", "CO-45 30.00")))[0]
        arrive(room.bench, remittance(stranger(room.bench.claim("150.00")), trace="EFT0002"), control=2)
    page = room.get("remittances")
    for words in ("Keystone Mutual", "EFT0001", "Ready to post", "EFT0002", "Held", "1 claim matches", "$217.83"):
        assert words in page
    assert f'name="remittance" value="{ready.pk}"' in page
    assert "EFT0002" not in room.get("remittances", group="ready")


def test_the_navigation_counts_what_is_held_or_ready(room: Room) -> None:
    with room.open():
        for number in (1, 2):
            said = remittance(answer(room.bench.claim("150.00"), "120.00", "CO-45 30.00"), trace=f"EFT{number}")
            arrive(room.bench, said, control=number)
    page = room.bob.get(url("remittances"))
    entries = {item["label"]: item for section in page.context["nav"] for item in section["items"]}
    assert (entries["Remittances"]["count"], entries["Remittances"]["due"]) == (2, True)


def test_a_search_stays_out_of_the_address(room: Room) -> None:
    with room.open():
        arrive(room.bench, remittance(answer(room.bench.claim("150.00"), "120.00", "CO-45 30.00")))
    found = room.bob.post(url("search_remittances"), {"q": "keystone eft0001"}, follow=True)
    assert "EFT0001" in found.content.decode()
    assert "keystone" not in found.redirect_chain[0][0]
    assert "No remittance matches" in room.post("search_remittances", q="harbor")


def test_what_is_set_aside_counts_under_its_own_pill_alone(room: Room) -> None:
    with room.open():
        rows = []
        for number in (1, 2, 3):
            said = remittance(answer(room.bench.claim("150.00"), "120.00", "CO-45 30.00"), trace=f"EFT000{number}")
            rows += arrive(room.bench, said, control=number)
        services.set_aside(rows[0].pk, reason="Of another practice", actor=room.bench.biller)
    page = room.bob.get(url("remittances"))
    pills = {item["label"]: item["count"] for item in page.context["pills"]}
    assert pills == {"Ready to post": 2, "Held": 0, "Posted": 0, "All": 2, "Set aside": 1}
    text = page.content.decode()
    assert "2 remittances</th>" in text
    assert "$240.00" in text
    assert "EFT0001" not in text
    assert "EFT0001" in room.get("remittances", group="aside")
    found = room.post("search_remittances", q="EFT0001")
    assert "1 that is set aside or arrived before matches." in found


def test_chosen_ones_post_together_and_one_that_cannot_is_left(room: Room) -> None:
    with room.open():
        first = arrive(room.bench, remittance(answer(room.bench.claim("150.00"), "120.00", "CO-45 30.00")))[0]
        second = arrive(room.bench, remittance(stranger(room.bench.claim("150.00")), trace="EFT0002"), control=2)[0]
    page = room.post("post_remittances", remittance=[str(first.pk), str(second.pk)])
    assert "1 remittance is posted, $120.00." in page
    assert "EFT0002 was left" in page
    assert (room.status(first), room.status(second)) == ("posted", "held")
    assert "Choose the remittances to post." in room.post("post_remittances")


@pytest.mark.parametrize("count", [5, 60])
def test_the_list_asks_a_fixed_number_of_queries(room: Room, count: int) -> None:
    with room.open():
        claim = room.bench.claim("150.00")
        made = arrive(room.bench, remittance(answer(claim, "120.00", "CO-45 30.00")))[0]
        Remittance.objects.bulk_create(_copy(made, number) for number in range(count - 1))
    with CaptureQueriesContext(connection) as counted:
        assert room.bob.get(url("remittances")).status_code == 200
    assert len(counted) <= 20


def _copy(row: Remittance, number: int) -> Remittance:
    copy = Remittance.objects.get(pk=row.pk)
    copy.pk, copy.content_hash, copy.trace = None, f"{number:064}", f"C{number}"
    copy.received_at = row.received_at - dt.timedelta(hours=number)
    return copy
