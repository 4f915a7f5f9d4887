"""A payer that asks the next one itself: nothing is sent from here, and the second answer finds its claim."""

from __future__ import annotations

from billing.models import ClaimEvent, Remittance
from edi.parties import Name
from tests.billing.claim_factories import answer, remittance
from tests.billing.remittances.hands import arrive, post, status
from tests.billing.secondary.hands import SECOND, Pair, open_with


def test_a_claim_that_was_passed_on_waits_for_the_second_answer(pair: Pair) -> None:
    claim = pair.claim("150.00")
    pair.says(answer(claim, "95.00", "CO-45 30.00,PR-2 25.00", status="19"))
    second = pair.next(claim)
    assert (second.status, second.forwarded, second.sent_at) == ("sent", True, None)
    assert open_with(claim) == ("0.00", "25.00", "0.00")
    assert ClaimEvent.objects.get(claim=second).title == "Passed on by Keystone Mutual"


def test_the_second_answer_comes_under_the_first_number(pair: Pair) -> None:
    claim = pair.claim("150.00")
    crossed = (
        Name("QC", "LINDGREN", "THEO", id_qualifier="MI", id="K1"),
        Name("TT", "BLUE HARBOR PPO", is_person=False),
    )
    pair.says(answer(claim, "95.00", "CO-45 30.00,PR-2 25.00", names=crossed))
    second = pair.next(claim)
    pair.says(answer(claim, "20.00", "OA-23 125.00,PR-2 5.00", status="2", icn="B1"), payer=SECOND)
    second.refresh_from_db()
    assert (second.status, second.payer_control_number) == ("paid", "B1")
    claim.refresh_from_db()
    assert (claim.status, claim.payer_control_number) == ("paid", f"ICN{claim.pk}")
    assert open_with(claim) == ("0.00", "0.00", "5.00")


def test_a_second_answer_that_comes_first_waits_for_the_first(pair: Pair) -> None:
    claim = pair.claim("150.00")
    early = remittance(
        answer(claim, "20.00", "OA-23 125.00,PR-2 5.00", status="2", icn="B1"), trace="EARLY", payer=SECOND
    )
    [row] = arrive(pair.bench, early, control=90)
    assert [one["code"] for one in row.held_for] == ["second_first"]
    pair.says(answer(claim, "95.00", "CO-45 30.00,PR-2 25.00", status="19"))
    row.refresh_from_db()
    assert row.status == Remittance.Status.READY
    post(pair.bench, row)
    assert status(pair.next(claim)) == "paid"
    assert open_with(claim) == ("0.00", "0.00", "5.00")
