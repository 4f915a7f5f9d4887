"""Matching by hand in a browser."""

from __future__ import annotations

from dataclasses import replace

from billing.models import ClaimLine, RemittanceClaim, RemittanceLine
from edi.parties import Name
from edi.remittances import model as x12
from tests.billing.claim_factories import answer, line, remittance
from tests.billing.remittances.hands import arrive
from tests.billing.remittances.rooms import Room, stranger, url


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
    assert room.status(row) == "ready"
    assert "The match is taken back." in room.post("unmatch_remittance_claim", mine.pk)
    assert room.status(row) == "held"


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
    assert "The payer’s money" in room.get("payer_balances", group="other")


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
    assert room.status(row) == "ready"
    assert room.bob.post(url("match_remittance_line", free.pk), {"charge": "x"}).status_code == 404


def test_matching_leads_back_to_the_tab_one_was_on(room: Room) -> None:
    with room.open():
        claim = room.bench.claim("150.00")
        arrive(room.bench, remittance(stranger(claim)))
        mine = RemittanceClaim.objects.get()
    address = f"{url('match_remittance_claim', mine.pk)}?tab=look"
    assert room.bob.post(address, {"claim": str(claim.pk)}).headers["Location"].endswith("?tab=look")


def test_several_lines_get_their_sessions_at_once(room: Room) -> None:
    with room.open():
        claim = room.bench.claim("150.00", "30.00", codes=("90837", "90785"))
        rows = list(ClaimLine.objects.filter(claim=claim).order_by("position"))
        odd = [
            replace(line(one, one.amount, by_reference=False), procedure=x12.Procedure("HC", f"9999{place}", ()))
            for place, one in enumerate(rows)
        ]
        row = arrive(room.bench, remittance(answer(claim, "180.00", lines=odd)))[0]
        free = list(RemittanceLine.objects.order_by("position"))
    page = room.get("remittance", row.pk)
    for words in ("Which lines are these?", "Modifiers, date and charge agree; code differs.", "Match 2 lines"):
        assert words in page
    chosen = {f"line-{one.pk}": mine.charge_id for one, mine in zip(free, rows, strict=True)}
    assert "2 lines have their session." in room.post("match_remittance_lines", row.pk, **chosen)
    assert room.status(row) == "ready"
    strange = {"line-999999": rows[0].charge_id}
    assert room.bob.post(url("match_remittance_lines", row.pk), strange).status_code == 404


def test_a_suggestion_says_why(room: Room) -> None:
    with room.open():
        row = arrive(room.bench, remittance(stranger(room.bench.claim("150.00"))))[0]
    assert "Member ID, date, code and charge agree; name differs." in room.get("remittance", row.pk)
