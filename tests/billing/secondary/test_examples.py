"""Worked examples, to the cent: what a client with two payers owes, and who is asked in which order."""

from __future__ import annotations

from decimal import Decimal

from billing.models import Claim, ClaimEvent, Denial
from billing.remittances import denials
from clients.services import change_coverage
from edi.remittances.reversals import negated
from tests.billing.claim_factories import answer, cas, line, open_on
from tests.billing.remittances.hands import status
from tests.billing.secondary.hands import SECOND, Pair, charges, credit, medicare, open_with


def test_the_share_waits_for_the_second_payer_and_not_for_the_client(pair: Pair) -> None:
    claim = pair.claim("150.00", copay="25.00")
    pair.says(answer(claim, "95.00", "CO-45 30.00,PR-3 25.00"))
    assert open_with(claim) == ("0.00", "25.00", "0.00")
    assert status(claim) == "paid"
    second = pair.next(claim)
    assert (second.status, second.payer, second.follows, second.problems) == ("ready", pair.second, claim, [])
    assert (second.total, second.frequency) == (Decimal("150.00"), "1")
    assert not Denial.objects.exists()


def test_the_second_payer_pays_all_of_the_coinsurance(pair: Pair) -> None:
    claim = pair.claim("150.00")
    pair.says(answer(claim, "95.00", "CO-45 30.00,PR-2 25.00"))
    second = pair.sent(claim)
    pair.second_says(second, "25.00", "OA-23 125.00")
    assert open_on(charges(claim)[0]) == {"payer_clearing": "120.00", "contractual": "30.00", "revenue": "-150.00"}
    assert open_with(claim) == ("0.00", "0.00", "0.00")
    assert (status(claim), status(second)) == ("paid", "paid")


def test_the_second_payer_pays_part_and_the_client_owes_the_rest(pair: Pair) -> None:
    claim = pair.claim("150.00", copay="10.00")
    pair.says(answer(claim, "80.00", "CO-45 30.00,PR-2 40.00"))
    assert open_with(claim) == ("0.00", "40.00", "0.00")
    second = pair.sent(claim)
    pair.second_says(second, "28.00", "OA-23 110.00,PR-2 8.00,CO-45 4.00")
    assert open_with(claim) == ("0.00", "0.00", "8.00")
    assert open_on(charges(claim)[0])["contractual"] == "34.00"
    assert status(second) == "paid"


def test_a_refusal_of_the_second_payer_is_worked_and_the_client_asked_by_a_person(pair: Pair) -> None:
    claim = pair.claim("150.00")
    pair.says(answer(claim, "95.00", "CO-45 30.00,PR-2 25.00"))
    second = pair.sent(claim)
    pair.second_says(second, "0.00", "OA-23 125.00,PR-96 25.00")
    assert open_with(claim) == ("0.00", "25.00", "0.00")
    assert status(second) == "denied"
    denial = Denial.objects.get()
    assert (denial.claim, denial.amount) == (second, Decimal("25.00"))
    denials.resolve(denial.pk, resolution="to_client", note="Not covered", actor=pair.bench.biller)
    assert open_with(claim) == ("0.00", "0.00", "25.00")


def test_what_the_first_payer_took_off_is_not_taken_off_again(pair: Pair) -> None:
    claim = pair.claim("150.00")
    pair.says(answer(claim, "95.00", "CO-45 30.00,PR-2 25.00"))
    second = pair.sent(claim)
    pair.second_says(second, "25.00", "CO-45 30.00,OA-23 95.00")
    assert open_on(charges(claim)[0])["contractual"] == "30.00"
    assert open_with(claim) == ("0.00", "0.00", "0.00")


def test_the_first_payer_sends_it_on_and_the_second_pays_as_if_it_were_the_first(pair: Pair) -> None:
    claim = pair.claim("150.00", copay="25.00")
    pair.says(answer(claim, "0.00", "CO-22 150.00"))
    assert open_with(claim) == ("0.00", "150.00", "0.00")
    assert status(claim) == "denied"
    assert not Denial.objects.exists()
    second = pair.sent(claim)
    pair.second_says(second, "90.00", "CO-45 40.00,PR-3 20.00")
    assert open_with(claim) == ("0.00", "0.00", "20.00")
    assert open_on(charges(claim)[0])["contractual"] == "40.00"
    assert status(second) == "paid"


def test_a_refusal_for_other_reasons_stays_with_the_first_payer(pair: Pair) -> None:
    claim = pair.claim("150.00", copay="25.00")
    pair.says(answer(claim, "0.00", "CO-197 150.00"))
    assert open_with(claim) == ("125.00", "0.00", "25.00")
    assert not Claim.objects.filter(follows__isnull=False).exists()
    assert Denial.objects.get().amount == Decimal("125.00")


def test_a_copay_that_was_paid_stays_until_the_second_payer_pays_it(pair: Pair) -> None:
    claim = pair.claim("150.00", copay="25.00")
    pair.pays(claim, "25.00")
    pair.says(answer(claim, "95.00", "CO-45 30.00,PR-3 25.00"))
    assert (open_with(claim), credit(claim)) == (("0.00", "0.00", "0.00"), "0.00")
    second = pair.sent(claim)
    pair.second_says(second, "25.00", "OA-23 125.00")
    assert (open_with(claim), credit(claim)) == (("0.00", "0.00", "0.00"), "25.00")
    assert status(second) == "paid"


def test_a_copay_that_was_paid_counts_when_the_second_payer_leaves_it(pair: Pair) -> None:
    claim = pair.claim("150.00", copay="25.00")
    pair.pays(claim, "25.00")
    pair.says(answer(claim, "60.00", "CO-45 30.00,PR-1 60.00"))
    assert open_with(claim) == ("0.00", "35.00", "0.00")
    second = pair.sent(claim)
    pair.second_says(second, "20.00", "OA-23 90.00,PR-1 40.00")
    assert (open_with(claim), credit(claim)) == (("0.00", "0.00", "15.00"), "0.00")


def test_the_first_payer_takes_back_after_the_second_paid_and_answers_anew(pair: Pair) -> None:
    claim = pair.claim("150.00")
    first = answer(claim, "95.00", "CO-45 30.00,PR-2 25.00")
    pair.says(first)
    second = pair.sent(claim)
    pair.second_says(second, "20.00", "OA-23 125.00,PR-2 5.00")
    assert open_with(claim) == ("0.00", "0.00", "5.00")
    pair.says(negated(first))
    assert open_with(claim) == ("150.00", "-25.00", "5.00")
    assert ClaimEvent.objects.filter(claim=second, title="The first payer took its answer back").exists()
    pair.says(answer(claim, "90.00", "CO-45 30.00,PR-2 30.00"))
    assert open_with(claim) == ("0.00", "5.00", "5.00")
    assert status(second) == "replaced"
    again = pair.next(claim)
    assert (again.frequency, again.payer_control_number, again.status) == ("7", f"B{second.pk}", "ready")
    assert again.follows_answer is not None
    assert again.follows_answer.paid == Decimal("90.00")


def test_an_answer_taken_back_before_the_claim_left_withdraws_it(pair: Pair) -> None:
    claim = pair.claim("150.00")
    first = answer(claim, "95.00", "CO-45 30.00,PR-2 25.00")
    pair.says(first)
    second = pair.next(claim)
    pair.says(negated(first))
    assert (status(second), open_with(claim)) == ("withdrawn", ("150.00", "0.00", "0.00"))
    told = ClaimEvent.objects.filter(claim=second, kind="withdrawn").get()
    assert told.detail == "The first payer took its answer back."
    pair.says(answer(claim, "90.00", "CO-45 30.00,PR-2 30.00"))
    assert pair.next(claim).pk != second.pk
    assert open_with(claim) == ("0.00", "30.00", "0.00")


def test_a_correction_before_the_claim_left_is_told_by_the_same_claim(pair: Pair) -> None:
    claim = pair.claim("150.00")
    first = answer(claim, "95.00", "CO-45 30.00,PR-2 25.00")
    pair.says(first)
    second = pair.next(claim)
    pair.says(negated(first), answer(claim, "90.00", "CO-45 30.00,PR-2 30.00"))
    again = pair.next(claim)
    assert (again.pk, again.status) == (second.pk, "ready")
    assert again.follows_answer is not None
    assert again.follows_answer.paid == Decimal("90.00")
    assert open_with(claim) == ("0.00", "30.00", "0.00")


def test_the_second_payer_takes_its_answer_back(pair: Pair) -> None:
    claim = pair.claim("150.00", copay="25.00")
    pair.pays(claim, "25.00")
    pair.says(answer(claim, "95.00", "CO-45 30.00,PR-3 25.00"))
    second = pair.sent(claim)
    said = pair.second_says(second, "25.00", "OA-23 125.00")
    assert credit(claim) == "25.00"
    pair.says(negated(said), payer=SECOND)
    assert (open_with(claim), credit(claim)) == (("0.00", "0.00", "0.00"), "0.00")
    assert status(second) == "accepted"


def test_medicare_after_a_payer_that_decided_the_claim_as_a_whole(pair: Pair) -> None:
    medicare(pair)
    claim = pair.claim("100.00", "50.00", medicare_type="12")
    pair.says(answer(claim, "90.00", lines=(), adjustments=cas("CO-45 30.00,PR-1 30.00")))
    assert open_with(claim) == ("0.00", "30.00", "0.00")
    second = pair.sent(claim)
    assert second.problems == []
    lines = list(second.lines.order_by("position"))
    said = (line(lines[0], "20.00", "OA-23 80.00"), line(lines[1], "8.00", "OA-23 40.00,PR-2 2.00"))
    pair.second_says(second, "28.00", lines=said)
    assert open_with(claim) == ("0.00", "0.00", "2.00")
    assert status(second) == "paid"


def test_medicare_second_without_a_reason_is_a_draft_that_says_so(pair: Pair) -> None:
    medicare(pair)
    claim = pair.claim("150.00")
    pair.says(answer(claim, "95.00", "CO-45 30.00,PR-2 25.00"))
    second = pair.next(claim)
    assert second.status == "draft"
    assert any("Medicare" in words for words in second.problems)
    plan = second.coverage
    facts = {name: getattr(plan, name) for name in ("payer", "rank", "starts_on", "ends_on", "member_id")}
    change_coverage(actor=pair.owner, coverage_id=plan.pk, **facts, medicare_type="12")
    second.refresh_from_db()
    assert (second.status, second.problems) == ("ready", [])


def test_nothing_left_asks_nobody(pair: Pair) -> None:
    claim = pair.claim("150.00")
    pair.says(answer(claim, "120.00", "CO-45 30.00"))
    assert not Claim.objects.filter(follows__isnull=False).exists()
    assert status(claim) == "paid"


def test_without_a_second_plan_the_client_owes_the_share(pair: Pair) -> None:
    claim = pair.claim("150.00", covered=False)
    pair.says(answer(claim, "95.00", "CO-45 30.00,PR-2 25.00"))
    assert open_with(claim) == ("0.00", "0.00", "25.00")


def test_what_the_second_payer_pays_of_a_refused_line_closes_its_denial(pair: Pair) -> None:
    claim = pair.claim("150.00", "40.00")
    lines = list(claim.lines.order_by("position"))
    said = (line(lines[0], "95.00", "CO-45 30.00,PR-2 25.00"), line(lines[1], "0.00", "CO-97 40.00"))
    pair.says(answer(claim, "95.00", lines=said))
    assert open_with(claim) == ("40.00", "25.00", "0.00")
    second = pair.sent(claim)
    rows = list(second.lines.order_by("position"))
    paid = (line(rows[0], "25.00", "OA-23 125.00"), line(rows[1], "40.00"))
    pair.second_says(second, "65.00", lines=paid)
    assert open_with(claim) == ("0.00", "0.00", "0.00")
    assert Denial.objects.get().resolution == "paid"
