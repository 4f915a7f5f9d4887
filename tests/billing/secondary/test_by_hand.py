"""What a person does about the next payer, and what the money does then, to the cent."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from billing.claims import correcting
from billing.claims.errors import ClaimRefusedError
from billing.models import Claim, ClaimEvent, Denial, Remittance
from billing.remittances import services as remittances
from billing.remittances import undoing
from billing.secondary import services
from billing.secondary.selectors import pair_of
from edi.remittances.reversals import negated
from practice.actors import Actor
from tests.billing.claim_factories import answer
from tests.billing.remittances.hands import status
from tests.billing.secondary.hands import Pair, credit, open_with

TODAY = dt.date(2026, 11, 17)


def ask(pair: Pair, claim: Claim) -> Claim:
    return services.bill_next(actor=pair.bench.biller, practice=pair.bench.practice, claim_id=claim.pk)


def test_a_plan_that_became_known_later_is_asked_instead_of_the_client(pair: Pair) -> None:
    claim = pair.claim("150.00", covered=False)
    pair.says(answer(claim, "95.00", "CO-45 30.00,PR-2 25.00"))
    pair.pays(claim, "10.00")
    assert open_with(claim) == ("0.00", "0.00", "15.00")
    pair.cover(claim)
    second = ask(pair, claim)
    assert (second.status, second.follows_id) == ("ready", claim.pk)
    assert open_with(claim) == ("0.00", "15.00", "0.00")
    pair.sent(claim)
    pair.second_says(second, "25.00", "OA-23 125.00")
    assert (open_with(claim), credit(claim)) == (("0.00", "0.00", "0.00"), "10.00")


def test_a_refused_claim_goes_to_the_next_payer_with_all_that_is_open(pair: Pair) -> None:
    claim = pair.claim("150.00", copay="25.00")
    pair.says(answer(claim, "0.00", "CO-197 150.00"))
    second = ask(pair, claim)
    assert open_with(claim) == ("0.00", "150.00", "0.00")
    denial = Denial.objects.get()
    assert (denial.status, denial.resolution, denial.note) == ("resolved", "next_payer", "Blue Harbor PPO is asked")
    pair.sent(claim)
    pair.second_says(second, "100.00", "CO-45 30.00,PR-3 20.00")
    assert open_with(claim) == ("0.00", "0.00", "20.00")


def test_the_first_payer_pays_after_all_what_was_handed_to_the_next(pair: Pair) -> None:
    claim = pair.claim("150.00", copay="25.00")
    pair.says(answer(claim, "0.00", "CO-197 150.00"))
    second = ask(pair, claim)
    pair.says(answer(claim, "95.00", "CO-45 30.00,PR-3 25.00"))
    assert open_with(claim) == ("0.00", "25.00", "0.00")
    assert (status(claim), status(second)) == ("paid", "ready")
    second.refresh_from_db()
    assert second.follows_answer is not None
    assert second.follows_answer.paid == Decimal("95.00")


def test_a_hand_over_goes_back_each_time_the_answer_after_it_is_posted(pair: Pair) -> None:
    claim = pair.claim("150.00", copay="25.00")
    pair.says(answer(claim, "0.00", "CO-197 150.00"))
    ask(pair, claim)
    pair.says(answer(claim, "95.00", "CO-45 30.00,PR-3 25.00"))
    row = Remittance.objects.order_by("-pk")[0]
    biller, practice = pair.bench.biller, pair.bench.practice
    for _ in range(2):
        undoing.take_back(row.pk, reason="Wrong file", actor=biller, practice=practice)
        assert open_with(claim) == ("0.00", "150.00", "0.00")
        remittances.accept(row.pk, code="taken_back", actor=biller)
        remittances.post(row.pk, actor=biller, practice=practice)
        assert open_with(claim) == ("0.00", "25.00", "0.00")


def test_nobody_is_asked_twice_nor_before_the_first_answer(pair: Pair) -> None:
    claim = pair.claim("150.00")
    with pytest.raises(ClaimRefusedError, match="has not answered yet"):
        ask(pair, claim)
    pair.says(answer(claim, "95.00", "CO-45 30.00,PR-2 25.00"))
    with pytest.raises(ClaimRefusedError, match="is asked already"):
        ask(pair, claim)


def test_without_a_second_plan_or_with_nothing_open_nobody_is_asked(pair: Pair) -> None:
    claim = pair.claim("150.00", covered=False)
    pair.says(answer(claim, "120.00", "CO-45 30.00"))
    with pytest.raises(ClaimRefusedError, match="No secondary coverage"):
        ask(pair, claim)
    pair.cover(claim)
    with pytest.raises(ClaimRefusedError, match="Nothing of this claim is open"):
        ask(pair, claim)


def test_the_client_is_asked_where_the_next_payer_is_left_alone(pair: Pair) -> None:
    claim = pair.claim("150.00")
    pair.says(answer(claim, "95.00", "CO-45 30.00,PR-2 25.00"))
    second = pair.next(claim)
    with pytest.raises(ClaimRefusedError, match="Withdraw that claim first"):
        services.ask_client(actor=pair.bench.biller, claim_id=claim.pk)
    correcting.withdraw(actor=pair.bench.biller, claim_id=second.pk)
    assert pair_of(pair.bench.biller, claim, TODAY).waits_for_nobody
    services.ask_client(actor=pair.bench.biller, claim_id=claim.pk)
    assert open_with(claim) == ("0.00", "0.00", "25.00")
    with pytest.raises(ClaimRefusedError, match="Nothing waits"):
        services.ask_client(actor=pair.bench.biller, claim_id=claim.pk)


def test_a_correction_after_the_client_was_asked_asks_for_the_difference_alone(pair: Pair) -> None:
    claim = pair.claim("150.00", copay="25.00")
    first = answer(claim, "95.00", "CO-45 30.00,PR-3 25.00")
    pair.says(first)
    correcting.withdraw(actor=pair.bench.biller, claim_id=pair.next(claim).pk)
    services.ask_client(actor=pair.bench.biller, claim_id=claim.pk)
    pair.says(negated(first), answer(claim, "90.00", "CO-45 30.00,PR-3 30.00"))
    assert open_with(claim) == ("0.00", "5.00", "25.00")


def test_one_that_was_passed_on_and_not_answered_is_sent_by_the_practice(pair: Pair) -> None:
    claim = pair.claim("150.00")
    pair.says(answer(claim, "95.00", "CO-45 30.00,PR-2 25.00", status="19"))
    second = pair.next(claim)
    shown = pair_of(pair.bench.biller, second, TODAY)
    assert (shown.awaited_until, shown.overdue) == (dt.date(2026, 12, 16), False)
    assert pair_of(pair.bench.biller, second, dt.date(2026, 12, 17)).overdue
    sent = services.send_ourselves(actor=pair.bench.biller, claim_id=second.pk)
    assert (sent.status, sent.forwarded, sent.problems) == ("ready", False, [])
    with pytest.raises(ClaimRefusedError):
        services.send_ourselves(actor=pair.bench.biller, claim_id=second.pk)


def test_a_claim_that_was_not_taken_yet_tells_the_new_answer_when_it_is(pair: Pair) -> None:
    claim = pair.claim("150.00")
    first = answer(claim, "95.00", "CO-45 30.00,PR-2 25.00")
    pair.says(first)
    second = pair.sent(claim)
    pair.says(negated(first), answer(claim, "90.00", "CO-45 30.00,PR-2 30.00"))
    assert status(second) == "sent"
    assert pair_of(pair.bench.biller, second, TODAY).stale
    with pytest.raises(ClaimRefusedError, match="has not taken this claim yet"):
        services.tell_anew(actor=pair.bench.biller, claim_id=second.pk)
    pair.second_says(second, "25.00", "OA-23 125.00")
    assert status(second) == "replaced"
    assert pair.next(claim).frequency == "7"


def test_who_may_not_change_claims_asks_nobody(pair: Pair) -> None:
    claim = pair.claim("150.00")
    pair.says(answer(claim, "95.00", "CO-45 30.00,PR-2 25.00"))
    nobody = Actor(pair.bench.practice.pk, 1, "Nobody", frozenset())
    with pytest.raises(PermissionDenied):
        services.bill_next(actor=nobody, practice=pair.bench.practice, claim_id=claim.pk)
    with pytest.raises(PermissionDenied):
        services.ask_client(actor=nobody, claim_id=claim.pk)


def test_a_posting_that_is_taken_back_withdraws_the_claim_it_made(pair: Pair) -> None:
    claim = pair.claim("150.00")
    pair.says(answer(claim, "95.00", "CO-45 30.00,PR-2 25.00"))
    second = pair.next(claim)
    row = Remittance.objects.get()
    undoing.take_back(row.pk, reason="Wrong file", actor=pair.bench.biller, practice=pair.bench.practice)
    assert (status(second), open_with(claim)) == ("withdrawn", ("150.00", "0.00", "0.00"))


def test_a_posting_of_the_second_payer_that_is_taken_back_leaves_its_claim(pair: Pair) -> None:
    claim = pair.claim("150.00")
    pair.says(answer(claim, "95.00", "CO-45 30.00,PR-2 25.00"))
    second = pair.sent(claim)
    pair.second_says(second, "25.00", "OA-23 125.00")
    row = Remittance.objects.order_by("-pk")[0]
    undoing.take_back(row.pk, reason="Wrong file", actor=pair.bench.biller, practice=pair.bench.practice)
    assert (status(second), open_with(claim)) == ("accepted", ("0.00", "25.00", "0.00"))
    assert not ClaimEvent.objects.filter(claim=second, title="The first payer took its answer back").exists()


def test_a_correction_whose_posting_is_taken_back_lets_the_former_answer_be_told_again(pair: Pair) -> None:
    claim = pair.claim("150.00")
    first = answer(claim, "95.00", "CO-45 30.00,PR-2 25.00")
    pair.says(first)
    second = pair.next(claim)
    pair.says(negated(first), answer(claim, "90.00", "CO-45 30.00,PR-2 30.00"))
    row = Remittance.objects.order_by("-pk")[0]
    undoing.take_back(row.pk, reason="Wrong file", actor=pair.bench.biller, practice=pair.bench.practice)
    second.refresh_from_db()
    assert second.follows_answer is not None
    assert (second.status, second.follows_answer.paid) == ("ready", Decimal("95.00"))
    assert open_with(claim) == ("0.00", "25.00", "0.00")
