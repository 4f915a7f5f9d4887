"""Letting go, posting, the deposit and setting aside in a browser."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from billing.models import Entry
from billing.remittances import services
from tests.billing.claim_factories import PAYEE, answer, plb, remittance
from tests.billing.remittances.hands import arrive, arrive_and_post
from tests.billing.remittances.rooms import Room, url


def test_a_reason_is_let_go_after_a_look(room: Room) -> None:
    with room.open():
        payee = replace(PAYEE, name="RIVERMARK", id="1992999999", references=())
        said = remittance(answer(room.bench.claim("150.00"), "120.00", "CO-45 30.00"), payee=payee)
        row = arrive(room.bench, said)[0]
    assert "not to you" in room.get("remittance", row.pk)
    page = room.post("accept_remittance_hold", row.pk, code="payee")
    assert "Let go. It is ready to post." in page
    assert "Let go by Bob Keller" in page


def test_after_posting_it_shows_the_ledger_and_waits_for_its_deposit(room: Room) -> None:
    with room.open():
        claim = room.bench.claim("150.00")
        row = arrive_and_post(room.bench, remittance(answer(claim, "120.00", "CO-45 30.00")))[0]
    page = room.get("remittance", row.pk)
    for words in ("What was posted", "Payer clearing", "Contractual adjustment", "$120.00 waits for its deposit"):
        assert words in page
    assert url("claim", claim.pk) in page
    assert "Deposit not recorded yet" in room.get("remittances")


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"amount": "119.00", "on": "2026-11-17"}, "has $120.00 to deposit, not $119.00"),
        ({"amount": "120.00", "on": "2026-11-18"}, "in the future"),
        ({"amount": "lots", "on": "2026-11-17"}, "Enter an amount, as 142.00."),
        ({"amount": "", "on": "2026-11-17"}, "Enter the amount on the bank statement."),
    ],
)
def test_a_deposit_that_is_not_the_payment_is_refused(room: Room, body: dict[str, str], sentence: str) -> None:
    with room.open():
        row = arrive_and_post(room.bench, remittance(answer(room.bench.claim("150.00"), "120.00", "CO-45 30.00")))[0]
    response = room.bob.post(url("record_remittance_deposit", row.pk), body)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    with room.open():
        assert not Entry.objects.filter(kind="deposit").exists()


def test_the_deposit_is_recorded_once(room: Room) -> None:
    with room.open():
        row = arrive_and_post(room.bench, remittance(answer(room.bench.claim("150.00"), "120.00", "CO-45 30.00")))[0]
    page = room.post("record_remittance_deposit", row.pk, amount="$120.00", on="2026-11-16")
    assert "The deposit of $120.00 is recorded." in page
    assert "The same sum is on the bank deposit of Mon, Nov 16" in page
    again = room.bob.post(url("record_remittance_deposit", row.pk), {"amount": "120.00", "on": "2026-11-16"})
    assert again.status_code == 422
    with room.open():
        assert services.in_clearing(row) == Decimal("0.00")


def test_it_is_set_aside_with_a_reason_and_brought_back(room: Room) -> None:
    with room.open():
        row = arrive(room.bench, remittance(answer(room.bench.claim("150.00"), "120.00", "CO-45 30.00")))[0]
    assert room.bob.post(url("set_remittance_aside", row.pk), {"reason": ""}).status_code == 422
    page = room.post("set_remittance_aside", row.pk, reason="Posted by hand")
    assert "Posted by hand" in page
    assert url("bring_remittance_back", row.pk) in page
    assert "The remittance is back: ready to post." in room.post("bring_remittance_back", row.pk)


def test_a_balance_says_how_far_it_is_settled(room: Room) -> None:
    with room.open():
        for number, amount in enumerate(("-40.00", "15.00"), 1):
            said = answer(room.bench.claim("150.00"), "120.00", "CO-45 30.00")
            told = remittance(said, trace=f"EFT{number}", plbs=(plb("WO", amount, "BH-9"),))
            row = arrive_and_post(room.bench, told, control=number)[0]
    assert "$15.00 of $40.00 is settled" in room.get("remittance", row.pk)
