"""A payer knows a client by another name or number: one click takes it over, another puts it back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from billing.models import Claim, ClaimSession, ClientCorrection, RemittanceClaim
from billing.remittances import corrections
from billing.remittances.errors import RemittanceRefusedError
from clients.models import Client, Coverage
from clients.services.people import change_client
from edi.parties import Name
from edi.remittances import model as x12
from tests.billing.claim_factories import Bench, answer, remittance
from tests.billing.remittances.hands import arrive_and_post
from tests.billing.remittances.rooms import Room, url


def known_as(claim: Claim, *, last: str = "LINDGREEN", first: str = "THEO", number: str = "KM99") -> x12.ClaimPayment:
    said = answer(claim, "120.00", "CO-45 30.00")
    who = Name("74", last, first, id_qualifier="C" if number else "", id=number)
    return replace(said, names=(*said.names, who))


def told(bench: Bench, claim: Claim, control: int = 1, **facts: str) -> list[ClientCorrection]:
    arrive_and_post(bench, remittance(known_as(claim, **facts), trace=f"EFT{control}"), control=control)
    return list(ClientCorrection.objects.order_by("pk"))


def names(claim: Claim) -> tuple[str, str, str]:
    who, plan = Client.objects.get(pk=claim.client_id), Coverage.objects.get(pk=claim.coverage_id)
    return who.first_name, who.last_name, plan.member_id


def test_one_click_takes_it_over_and_another_puts_it_back(bench: Bench) -> None:
    claim = bench.claim("150.00")
    [row] = told(bench, claim)
    assert (row.first_name, row.last_name, row.member_id) == ("", "Lindgreen", "KM99")
    corrections.change(row.pk, actor=bench.biller)
    assert names(claim) == ("Theo", "Lindgreen", "KM99")
    corrections.undo(row.pk, actor=bench.biller)
    assert names(claim) == ("Theo", "Lindgren1", "K1")
    row.refresh_from_db()
    assert row.status == "open"


def test_what_is_the_same_but_for_capitals_is_no_task(bench: Bench) -> None:
    assert told(bench, bench.claim("150.00"), last="LINDGREN1", number="k1") == []


def test_the_same_said_again_is_one_task_and_what_was_left_stays_left(bench: Bench) -> None:
    claim = bench.claim("150.00")
    [row] = told(bench, claim)
    again = bench.claim("150.00")
    Claim.objects.filter(pk=again.pk).update(client=claim.client_id, coverage=claim.coverage_id)
    ClaimSession.objects.filter(claim=again).update(coverage=claim.coverage_id)
    corrections.notice(list(RemittanceClaim.objects.filter(remittance__trace="EFT1")), actor=bench.biller)
    assert len(told(bench, again, control=2)) == 1
    corrections.keep(row.pk, actor=bench.biller)
    assert names(claim)[1] == "Lindgren1"


def test_a_subscriber_who_is_not_the_client_is_changed_on_the_coverage(bench: Bench) -> None:
    claim = bench.claim("150.00")
    facts: dict[str, Any] = {
        "relationship": Coverage.Relationship.CHILD,
        "subscriber_first_name": "Ann",
        "subscriber_last_name": "Lind",
    }
    Coverage.objects.filter(pk=claim.coverage_id).update(**facts, subscriber_date_of_birth="1980-01-02")
    [row] = told(bench, claim, first="ANNE", last="LIND", number="")
    corrections.change(row.pk, actor=bench.biller)
    plan = Coverage.objects.get(pk=claim.coverage_id)
    assert (plan.subscriber_first_name, plan.subscriber_last_name) == ("Anne", "Lind")
    assert names(claim)[0] == "Theo"


def test_what_was_changed_again_since_is_not_undone(bench: Bench) -> None:
    claim = bench.claim("150.00")
    [row] = told(bench, claim)
    corrections.change(row.pk, actor=bench.biller)
    change_client(actor=bench.biller, client_id=claim.client_id, last_name="Berg")
    with pytest.raises(RemittanceRefusedError, match="changed again since"):
        corrections.undo(row.pk, actor=bench.biller)


def test_the_pages_offer_it_and_undo_it(room: Room) -> None:
    with room.open():
        claim = room.bench.claim("150.00")
        [row] = told(room.bench, claim)
        remitted = row.remittance_claim.remittance_id
    assert "as <b>Theo Lindgreen, KM99</b>" in room.get("remittance", remitted)
    assert "1 client a payer knows otherwise" in room.bob.get(url("practice_start")).content.decode()
    page = room.post("take_correction", row.pk)
    assert "is changed to what the payer knows." in page
    assert url("undo_correction", row.pk) in page
    with room.open():
        assert names(claim)[1] == "Lindgreen"
    assert "Changed" in room.get("client_corrections", group="decided")
    room.post("undo_correction", row.pk)
    assert "is left as on file." in room.post("keep_correction", row.pk)
    assert "Payers know your clients as you do" in room.get("client_corrections")
