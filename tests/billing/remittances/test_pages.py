"""The pages about remittances in a browser."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from billing.models import Claim, ClaimLine, Entry, Remittance, RemittanceClaim, RemittanceLine
from billing.remittances import services
from edi.parties import Name
from edi.remittances import model as x12
from practice.models import AuditEvent
from tests.billing.claim_factories import (
    PAYEE,
    Bench,
    answer,
    file_of,
    line,
    make_bench,
    plb,
    remittance,
)
from tests.billing.remittances.hands import arrive, arrive_and_post, take
from tests.people import Cast, signed_in

SLUG = "fernhollow"


@dataclass
class Room:
    """The bench with a browser in which the biller is signed in; `inside` opens the practice."""

    bench: Bench
    bob: Browser
    inside: Any

    def open(self) -> Any:
        return self.inside(self.bench.practice)

    def get(self, name: str, *ids: int, **query: str) -> str:
        response = self.bob.get(url(name, *ids), query)
        assert response.status_code == 200
        return response.content.decode()

    def post(self, name: str, *ids: int, **body: Any) -> str:
        return self.bob.post(url(name, *ids), body, follow=True).content.decode()


@pytest.fixture
def room(people: Cast, inside: Any) -> Room:
    with inside(people.fernhollow):
        bench = make_bench(people.fernhollow, people.actor(people.bob))
    return Room(bench, signed_in(people.bob), inside)


def url(name: str, *ids: int) -> str:
    return reverse(name, args=[SLUG, *ids])


def stranger(claim: Claim, name: str = "BROUDY", **facts: Any) -> x12.ClaimPayment:
    """An answer to a claim of ours that names neither number."""
    said = answer(claim, "97.83", "CO-45 52.17", **facts)
    lines = tuple(replace(one, references=()) for one in said.lines)
    who = Name("QC", name, "THEO", id_qualifier="MI", id=claim.coverage.member_id)
    return replace(said, patient_control_number="", payer_control_number="X1", names=(who,), lines=lines)


def status(row: Remittance) -> str:
    row.refresh_from_db()
    return str(row.status)


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
    with room.open():
        assert (status(first), status(second)) == ("posted", "held")
    assert "Choose the remittances to post." in room.post("post_remittances")


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
    assert status_in(room, row) == "held"


def status_in(room: Room, row: Remittance) -> str:
    with room.open():
        return status(row)


def test_what_does_not_add_up_is_said_with_the_difference(room: Room) -> None:
    with room.open():
        content = file_of(remittance(answer(room.bench.claim("150.00"), "120.00", "CO-45 30.00")))
        take(room.bench, content.replace(b"BPR*I*120*", b"BPR*I*119.5*"))
        row = Remittance.objects.get()
    page = room.get("remittance", row.pk)
    assert "$0.50 is missing" in page
    assert "It does not add up, so nothing is posted" in page


def test_a_claim_is_matched_to_what_is_suggested(room: Room) -> None:
    with room.open():
        claim = room.bench.claim("150.00")
        row = arrive(room.bench, remittance(stranger(claim)))[0]
        mine = RemittanceClaim.objects.get()
    page = room.get("remittance", row.pk)
    assert "Which session is this?" in page
    assert f"Match to {room.bench.clients[0].name}" in page
    said = room.post("match_remittance_claim", mine.pk, claim=str(claim.pk))
    assert f"Matched to {room.bench.clients[0].name}." in said
    assert url("unmatch_remittance_claim", mine.pk) in said
    assert status_in(room, row) == "ready"
    assert "The match is taken back." in room.post("unmatch_remittance_claim", mine.pk)
    assert status_in(room, row) == "held"


def test_nothing_is_chosen_beforehand_where_the_member_differs(room: Room) -> None:
    with room.open():
        claim = room.bench.claim("150.00")
        odd = replace(stranger(claim), names=(Name("QC", "LINDGREN1", "THEO", id_qualifier="MI", id="OTHER"),))
        row = arrive(room.bench, remittance(odd))[0]
    page = room.get("remittance", row.pk)
    assert f'value="{claim.pk}"' in page
    assert "Match what is chosen" in page


def test_nothing_chosen_keeps_the_page(room: Room) -> None:
    with room.open():
        arrive(room.bench, remittance(stranger(room.bench.claim("150.00"))))
        mine = RemittanceClaim.objects.get()
    response = room.bob.post(url("match_remittance_claim", mine.pk), {})
    assert response.status_code == 422
    assert "Choose the session, or none of these." in response.content.decode()


def test_a_claim_that_is_not_ours_lets_it_post(room: Room) -> None:
    with room.open():
        row = arrive(room.bench, remittance(stranger(room.bench.claim("150.00"))))[0]
        mine = RemittanceClaim.objects.get()
    assert "is marked as not yours" in room.post("match_remittance_claim", mine.pk, claim="none")
    assert "$97.83 is posted" in room.post("post_remittance", row.pk)
    assert "The payer’s money" in room.get("payer_balances")


def test_another_claim_is_found_by_name_out_of_the_address(room: Room) -> None:
    with room.open():
        other = room.bench.claim("80.00")
        arrive(room.bench, remittance(stranger(room.bench.claim("150.00"))))
        mine = RemittanceClaim.objects.get()
    answered = room.bob.post(url("search_claims_for_remittance", mine.pk), {"q": "lindgren1"}, follow=True)
    assert f'value="{other.pk}"' in answered.content.decode()
    assert "lindgren" not in answered.redirect_chain[0][0].lower()


def test_a_line_gets_its_session(room: Room) -> None:
    with room.open():
        claim = room.bench.claim("150.00", "30.00", codes=("90837", "90785"))
        first, second = ClaimLine.objects.filter(claim=claim).order_by("position")
        odd = replace(line(second, "30.00", by_reference=False), procedure=x12.Procedure("HC", "99999", ()))
        row = arrive(room.bench, remittance(answer(claim, "180.00", lines=(line(first, "150.00"), odd))))[0]
        free = RemittanceLine.objects.get(code="99999")
    assert "Which line is this?" in room.get("remittance", row.pk)
    room.post("match_remittance_line", free.pk, charge=str(second.charge_id))
    assert status_in(room, row) == "ready"
    assert room.bob.post(url("match_remittance_line", free.pk), {"charge": "x"}).status_code == 404


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


@pytest.mark.parametrize("count", [5, 60])
def test_the_list_asks_a_fixed_number_of_queries(room: Room, count: int) -> None:
    with room.open():
        claim = room.bench.claim("150.00")
        made = arrive(room.bench, remittance(answer(claim, "120.00", "CO-45 30.00")))[0]
        Remittance.objects.bulk_create(_copy(made, number) for number in range(count - 1))
    with CaptureQueriesContext(connection) as counted:
        assert room.bob.get(url("remittances")).status_code == 200
    assert len(counted) <= 20


def test_matching_leads_back_to_the_tab_one_was_on(room: Room) -> None:
    with room.open():
        claim = room.bench.claim("150.00")
        arrive(room.bench, remittance(stranger(claim)))
        mine = RemittanceClaim.objects.get()
    address = f"{url('match_remittance_claim', mine.pk)}?tab=look"
    assert room.bob.post(address, {"claim": str(claim.pk)}).headers["Location"].endswith("?tab=look")


def test_a_balance_opens_to_its_lines_until_it_is_settled(room: Room) -> None:
    with room.open():
        for number, amount in enumerate(("-40.00", "15.00", "25.00"), 1):
            said = answer(room.bench.claim("150.00"), "120.00", "CO-45 30.00")
            row = arrive_and_post(
                room.bench,
                remittance(said, trace=f"EFT{number}", plbs=(plb("WO", amount, "BH-9"),)),
                control=number,
            )[0]
            if number == 2:
                page = room.get("payer_balances")
                for words in ("BH-9", "$25.00", "$40.00", "$15.00", "EFT1", "EFT2"):
                    assert words in page
                assert "$15.00 of $40.00 is settled" in room.get("remittance", row.pk)
    assert "Nothing is open with any payer" in room.get("payer_balances")


@pytest.mark.parametrize("count", [2, 12])
def test_one_remittance_asks_no_more_for_more_claims(room: Room, count: int) -> None:
    with room.open():
        claims = [room.bench.claim("150.00") for _ in range(count)]
        odd = room.bench.claim("150.00")
        said = remittance(*(answer(one, "120.00", "CO-45 30.00") for one in claims), stranger(odd))
        row = arrive(room.bench, said)[0]
    with CaptureQueriesContext(connection) as counted:
        room.get("remittance", row.pk)
    assert len(counted) <= 32


def _copy(row: Remittance, number: int) -> Remittance:
    copy = Remittance.objects.get(pk=row.pk)
    copy.pk, copy.content_hash, copy.trace = None, f"{number:064}", f"C{number}"
    copy.received_at = row.received_at - dt.timedelta(hours=number)
    return copy
