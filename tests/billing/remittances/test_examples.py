"""Worked examples, to the cent: what an answer does to the books, the claim and the worklist."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from billing.models import (
    AdjustmentRule,
    Claim,
    ClaimEvent,
    ClaimLine,
    Denial,
    Entry,
    LedgerLine,
    Remittance,
    RemittanceClaim,
    Treatment,
)
from billing.money.services import take_payment
from billing.receivables import balance
from billing.remittances import hands
from billing.remittances.selectors import payer_balances
from edi.remittances.reversals import negated
from tests.billing.claim_factories import PAID_ON, Bench, answer, books, cas, clearing, line, open_on, plb, remittance
from tests.billing.remittances.hands import arrive, arrive_and_post, post, status


def first_line(claim: Claim) -> ClaimLine:
    return ClaimLine.objects.filter(claim=claim).order_by("position")[0]


def pays(bench: Bench, claim: Claim, amount: str) -> None:
    take_payment(
        actor=bench.biller, client_id=claim.client_id, method="cash", amount=Decimal(amount), received_on=PAID_ON
    )


def test_paid_with_the_copay_that_was_expected(bench: Bench) -> None:
    claim = bench.claim("150.00", copay="25.00")
    [row] = arrive_and_post(bench, remittance(answer(claim, "95.00", "CO-45 30.00,PR-3 25.00")))
    assert open_on(first_line(claim).charge_id) == {
        "payer_clearing": "95.00",
        "contractual": "30.00",
        "client_receivable": "25.00",
        "revenue": "-150.00",
    }
    assert status(claim) == "paid"
    assert clearing(row) == Decimal("95.00")
    assert row.status == Remittance.Status.POSTED
    entry = Entry.objects.get(kind=Entry.Kind.REMITTANCE)
    assert entry.remittance_claim is not None
    assert entry.remittance_claim.claim_id == claim.pk
    assert set(LedgerLine.objects.filter(entry=entry).values_list("remittance_id", flat=True)) == {row.pk}
    event = ClaimEvent.objects.get(claim=claim, kind=ClaimEvent.Kind.REMITTED)
    assert event.title == "Paid $95.00"
    assert event.codes == "CO-45 PR-3"


def test_a_deductible_above_the_copay_moves_the_difference(bench: Bench) -> None:
    claim = bench.claim("150.00", copay="25.00")
    arrive_and_post(bench, remittance(answer(claim, "0.00", "CO-45 30.00,PR-1 120.00")))
    assert open_on(first_line(claim).charge_id) == {
        "contractual": "30.00",
        "client_receivable": "120.00",
        "revenue": "-150.00",
    }
    assert status(claim) == "paid"
    assert not Denial.objects.exists()


def test_a_share_below_the_copay_that_was_paid_becomes_credit(bench: Bench) -> None:
    claim = bench.claim("150.00", copay="25.00")
    pays(bench, claim, "25.00")
    arrive_and_post(bench, remittance(answer(claim, "100.00", "CO-45 30.00,PR-3 20.00")))
    account = balance(claim.client_id)
    assert (account.owes, account.insurers_owe, account.credit) == (Decimal(0), Decimal(0), Decimal("5.00"))
    assert status(claim) == "paid"


def test_a_denial_moves_nothing_and_leaves_the_copay(bench: Bench) -> None:
    claim = bench.claim("150.00", copay="25.00")
    before = books()
    arrive_and_post(bench, remittance(answer(claim, "0.00", "CO-197 150.00")))
    assert books() == before
    assert status(claim) == "denied"
    denial = Denial.objects.get()
    assert denial.amount == Decimal("125.00")
    assert [(one["group"], one["reason"], one["amount"]) for one in denial.reasons] == [("CO", "197", "150.00")]
    assert denial.reasons[0]["words"]


def test_one_refused_line_of_two_stays_with_the_insurer(bench: Bench) -> None:
    claim = bench.claim("150.00", "40.00", copay="25.00")
    lines = list(ClaimLine.objects.filter(claim=claim).order_by("position"))
    said = (line(lines[0], "95.00", "CO-45 30.00,PR-3 25.00"), line(lines[1], "0.00", "CO-97 40.00"))
    arrive_and_post(bench, remittance(answer(claim, "95.00", lines=said)))
    assert open_on(lines[1].charge_id) == {"insurer_receivable": "40.00", "revenue": "-40.00"}
    assert "insurer_receivable" not in open_on(lines[0].charge_id)
    assert status(claim) == "partially_paid"
    assert Denial.objects.get().amount == Decimal("40.00")


def test_a_claim_that_the_payer_splits_keeps_the_refusal_of_its_part(bench: Bench) -> None:
    claim = bench.claim("150.00", "40.00")
    lines = list(ClaimLine.objects.filter(claim=claim).order_by("position"))
    refused = answer(claim, "0.00", charge=Decimal("40.00"), lines=(line(lines[1], "0.00", "CO-97 40.00"),))
    paid = answer(claim, "150.00", charge=Decimal("150.00"), lines=(line(lines[0], "150.00"),))
    arrive_and_post(bench, remittance(refused, paid))
    assert status(claim) == "partially_paid"
    denial = Denial.objects.get()
    assert (denial.amount, denial.remittance_claim.charge) == (Decimal("40.00"), Decimal("40.00"))


def test_two_lines_are_each_paid_on_their_own_charge(bench: Bench) -> None:
    claim = bench.claim("150.00", "40.00")
    lines = list(ClaimLine.objects.filter(claim=claim).order_by("position"))
    said = (line(lines[1], "30.00", "CO-45 10.00"), line(lines[0], "110.00", "CO-45 40.00", by_reference=False))
    arrive_and_post(bench, remittance(answer(claim, "140.00", lines=said)))
    assert open_on(lines[0].charge_id)["payer_clearing"] == "110.00"
    assert open_on(lines[1].charge_id)["payer_clearing"] == "30.00"


def test_what_stands_at_the_claim_is_split_by_the_charges(bench: Bench) -> None:
    claim = bench.claim("100.00", "50.00")
    lines = list(ClaimLine.objects.filter(claim=claim).order_by("position"))
    arrive_and_post(bench, remittance(answer(claim, "120.01", lines=(), adjustments=cas("CO-45 29.99"))))
    assert open_on(lines[0].charge_id) == {"payer_clearing": "80.01", "contractual": "19.99", "revenue": "-100.00"}
    assert open_on(lines[1].charge_id) == {"payer_clearing": "40.00", "contractual": "10.00", "revenue": "-50.00"}


def test_a_reversal_its_correction_and_the_takeback_over_two_payments(bench: Bench) -> None:
    claim, other = bench.claim("150.00", copay="25.00"), bench.claim("150.00")
    paid = answer(claim, "95.00", "CO-45 30.00,PR-3 25.00")
    arrive_and_post(bench, remittance(paid))
    again = answer(claim, "70.00", "CO-45 30.00,PR-3 50.00")
    back = remittance(negated(paid), again, trace="EFT0002", plbs=[plb("WO", "-25.00", "ICN1")])
    [second] = arrive_and_post(bench, back, control=2)
    assert clearing(second) == Decimal("0.00")
    assert open_on(first_line(claim).charge_id) == {
        "payer_clearing": "70.00",
        "contractual": "30.00",
        "client_receivable": "50.00",
        "revenue": "-150.00",
    }
    [owed] = payer_balances()
    assert (owed.reference, owed.amount, owed.payer_id) == ("ICN1", Decimal("25.00"), bench.payer.pk)
    taken = remittance(answer(other, "150.00"), trace="EFT0003", plbs=[plb("WO", "25.00", "ICN1")])
    [third] = arrive_and_post(bench, taken, control=3)
    assert clearing(third) == Decimal("125.00")
    assert payer_balances() == []
    assert (status(claim), status(other)) == ("paid", "paid")
    assert Entry.objects.get(kind=Entry.Kind.REVERSAL).reverses is not None


def test_a_reversal_alone_leaves_the_claim_accepted_and_the_books_as_before(bench: Bench) -> None:
    claim = bench.claim("150.00", copay="25.00")
    pays(bench, claim, "25.00")
    before = books()
    paid = answer(claim, "100.00", "CO-45 30.00,PR-3 20.00")
    arrive_and_post(bench, remittance(paid))
    [row] = arrive_and_post(bench, remittance(negated(paid), trace="EFT0002"), control=2)
    assert row.amount == Decimal("-100.00")
    assert clearing(row) == Decimal("-100.00")
    assert books() == before
    assert status(claim) == "accepted"


def test_a_refusal_that_is_taken_back_and_paid_closes_its_denial(bench: Bench) -> None:
    claim = bench.claim("150.00")
    refused = answer(claim, "0.00", "CO-197 150.00")
    arrive_and_post(bench, remittance(refused))
    arrive_and_post(bench, remittance(negated(refused), answer(claim, "150.00"), trace="EFT0002"), control=2)
    denial = Denial.objects.get()
    assert (denial.status, denial.resolution) == ("resolved", "paid")
    assert status(claim) == "paid"


def test_a_refusal_that_is_taken_back_closes_its_denial(bench: Bench) -> None:
    claim = bench.claim("150.00")
    refused = answer(claim, "0.00", "CO-197 150.00")
    arrive_and_post(bench, remittance(refused))
    arrive_and_post(bench, remittance(negated(refused), trace="EFT0002"), control=2)
    assert Denial.objects.get().resolution == "taken_back"
    assert status(claim) == "accepted"


def test_interest_has_its_own_account(bench: Bench) -> None:
    claim = bench.claim("150.00")
    [row] = arrive_and_post(bench, remittance(answer(claim, "150.00"), plbs=[plb("L6", "-1.23")]))
    assert clearing(row) == Decimal("151.23")
    assert books() == {"interest": "-1.23", "payer_clearing": "151.23", "revenue": "-150.00"}
    assert Entry.objects.filter(kind=Entry.Kind.PROVIDER).count() == 1


def test_payments_of_nothing_share_a_number_and_both_post(bench: Bench) -> None:
    first, second = bench.claim("150.00"), bench.claim("90.00")
    arrive_and_post(bench, remittance(answer(first, "0.00", "PR-1 150.00"), trace="0"))
    arrive_and_post(bench, remittance(answer(second, "0.00", "PR-1 90.00"), trace="0"), control=2)
    assert (status(first), status(second)) == ("paid", "paid")


def test_what_an_earlier_payer_did_is_to_work_where_we_know_of_none(bench: Bench) -> None:
    claim = bench.claim("150.00")
    arrive_and_post(bench, remittance(answer(claim, "20.00", "OA-23 130.00", status="2")))
    assert open_on(first_line(claim).charge_id)["insurer_receivable"] == "130.00"
    assert status(claim) == "partially_paid"
    denial = Denial.objects.get()
    assert (str(denial.amount), [one["reason"] for one in denial.reasons]) == ("130.00", ["23"])
    assert "gives the amount to nobody" in denial.reasons[0]["action"]


def test_what_is_left_to_a_next_payer_is_to_work_where_none_comes(bench: Bench) -> None:
    claim = bench.claim("150.00")
    arrive_and_post(bench, remittance(answer(claim, "100.00", "CO-45 20.00,OA-1 18.00,CO-16 12.00")))
    assert open_on(first_line(claim).charge_id)["insurer_receivable"] == "30.00"
    denial = Denial.objects.get()
    assert (str(denial.amount), [one["reason"] for one in denial.reasons]) == ("30.00", ["1", "16"])


def test_what_the_practice_decided_is_no_work(bench: Bench) -> None:
    AdjustmentRule.objects.create(group="OA", reason="1", treatment=Treatment.NEXT_PAYER)
    claim = bench.claim("150.00")
    arrive_and_post(bench, remittance(answer(claim, "132.00", "OA-1 18.00")))
    assert not Denial.objects.exists()


def test_an_estimate_posts_nothing(bench: Bench) -> None:
    claim = bench.claim("150.00")
    before = books()
    arrive_and_post(bench, remittance(answer(claim, "0.00", "PR-1 150.00", status="25")))
    assert books() == before
    assert status(claim) == "sent"


def test_money_for_a_claim_that_is_not_ours_is_the_payers(bench: Bench) -> None:
    claim = bench.claim("150.00")
    strange = replace(answer(claim, "40.00", "CO-45 110.00", icn="ICN9"), patient_control_number="XX")
    [row] = arrive(bench, remittance(strange))
    assert [one["code"] for one in row.held_for] == ["unmatched"]
    hands.mark_not_ours(RemittanceClaim.objects.get(remittance=row).pk, actor=bench.biller)
    row.refresh_from_db()
    assert row.status == "ready"
    post(bench, row)
    [owed] = payer_balances()
    assert (owed.reference, owed.amount) == ("ICN9", Decimal("40.00"))
    assert clearing(row) == Decimal("40.00")
