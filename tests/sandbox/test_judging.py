"""What becomes of a claim: allowed amounts, shares of the patient, denials, reversals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edi.amounts import ZERO
from edi.claims.model import Claim, LineDecision
from edi.remittances.balancing import balance
from edi.remittances.denials import is_denial
from edi.remittances.model import Adjustment, ClaimPayment, Remittance
from edi.remittances.reversals import is_negation, negated
from sandbox.judging import Decision, Known, judge
from sandbox.outcomes import NO_ORIGINAL_NUMBER, REJECTIONS, UNKNOWN_ORIGINAL, Outcome
from sandbox.remitting import slip, together
from sandbox.scenario import Login, Payer, Plan, Rule, Scenario
from tests.sandbox.making import BILLING, DAY, KEYSTONE, claim, line, subscriber

TODAY = date(2026, 3, 5)
FEES = {"90834": Decimal("104.25"), "90837": Decimal("142.80")}
PLAIN = Payer("KEYM1", fees=FEES, filing_days=90)


def scenario(*rules: Rule, plan: Plan | None = None, payer: Payer = PLAIN) -> Scenario:
    """One payer, one plan and some rules."""
    return Scenario("s", (Login("u", "p"),), payers=(payer,), plans=(plan,) if plan else (), rules=rules)


def decided(sent: Claim, *rules: Rule, known: Known | None = None, **facts: Any) -> Decision:
    """The decision on a claim to the payer."""
    return judge(scenario(*rules, **facts), "KEYM1", sent, number="SBX1", day=TODAY, known=known or Known())


def first(sent: Claim, *rules: Rule, known: Known | None = None, **facts: Any) -> ClaimPayment:
    """The first payment of the decision."""
    return decided(sent, *rules, known=known, **facts).steps[0].payment


def reasons(payment: ClaimPayment) -> dict[tuple[str, str], Decimal]:
    """What is taken off, by group and reason."""
    found: dict[tuple[str, str], Decimal] = {}
    for one in payment.all_adjustments():
        found[one.group, one.reason] = found.get((one.group, one.reason), ZERO) + one.amount
    return found


def rule(outcome: Outcome, **facts: Any) -> Rule:
    """A rule for every claim."""
    return Rule("r", outcome, **facts)


def test_the_fee_is_allowed_and_the_rest_of_the_charge_is_contractual() -> None:
    payment = first(claim())
    assert (payment.status, payment.paid) == ("1", Decimal("104.25"))
    assert reasons(payment) == {("CO", "45"): Decimal("37.75")}
    assert payment.lines[0].allowed == Decimal("104.25")


def test_without_a_fee_the_percentage_of_the_charge_is_allowed_but_never_more_than_the_charge() -> None:
    assert first(claim("P", line(code="90846", amount="99.99"))).paid == Decimal("79.99")
    assert first(claim("P", line(amount="50.00"))).paid == Decimal("50.00")


def test_the_member_pays_copay_then_deductible_then_coinsurance_once_a_claim() -> None:
    plan = Plan("KEYM1", "", Decimal(25), Decimal(100), Decimal(20))
    sent = claim("P", line("L1"), line("L2", "90837", "168.00"))
    payment = first(sent, plan=plan, known=Known(deductible_met=Decimal(10)))
    assert reasons(payment) == {
        ("CO", "45"): Decimal("62.95"),
        ("PR", "3"): Decimal("25.00"),
        ("PR", "1"): Decimal("90.00"),
        ("PR", "2"): Decimal("26.41"),
    }
    assert payment.patient_responsibility == Decimal("141.41")
    assert payment.paid == Decimal("105.64")


def test_the_line_numbers_come_back() -> None:
    payment = first(claim("P", line("LINE7"), line("LINE8", "90785", "20.00")))
    assert [one.reference for one in payment.lines] == ["LINE7", "LINE8"]


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [
        (Outcome.DENIED_NO_AUTHORIZATION, ("CO", "197")),
        (Outcome.DENIED_LATE, ("CO", "29")),
        (Outcome.DENIED_INFORMATION, ("CO", "16")),
        (Outcome.DENIED_NOT_COVERED, ("PR", "96")),
        (Outcome.DENIED_DUPLICATE, ("CO", "18")),
        (Outcome.DENIED_MEDICAL_NECESSITY, ("CO", "50")),
        (Outcome.DENIED_WRONG_PAYER, ("CO", "109")),
        (Outcome.DENIED_COVERAGE_ENDED, ("CO", "27")),
    ],
)
def test_a_denied_claim_is_paid_nothing_for_its_reason(outcome: Outcome, reason: tuple[str, str]) -> None:
    payment = first(claim(), rule(outcome))
    assert reasons(payment) == {reason: Decimal("142.00")}
    assert (payment.status, payment.paid) == ("4", ZERO)
    assert is_denial(payment)


def test_missing_information_is_named_in_the_remarks() -> None:
    payment = first(claim(), rule(Outcome.DENIED_INFORMATION))
    assert payment.remarks == ("MA01",)
    assert payment.lines[0].remarks == ("N290",)


def test_one_line_is_denied_and_the_others_are_paid() -> None:
    sent = claim("P", line("L1"), line("L2", "90785", "20.00"))
    payment = first(sent, rule(Outcome.LINE_DENIED, code="90785"))
    assert [one.paid for one in payment.lines] == [Decimal("104.25"), ZERO]
    assert payment.lines[1].adjustments == (Adjustment("CO", "97", Decimal("20.00")),)
    assert payment.status == "1"


def test_a_service_that_was_answered_before_is_a_duplicate() -> None:
    assert reasons(first(claim(), known=Known(frozenset({("90834", DAY)})))) == {("CO", "18"): Decimal("142.00")}
    assert first(claim(), known=Known(frozenset({("90837", DAY)}))).paid


def test_a_service_older_than_the_filing_limit_is_late() -> None:
    limit = replace(PLAIN, filing_days=2)
    assert reasons(first(claim(), payer=limit)) == {("CO", "29"): Decimal("142.00")}
    assert first(claim(), payer=replace(PLAIN, filing_days=3)).paid


def test_a_code_that_needs_authorization_is_denied_without_its_number() -> None:
    strict = replace(PLAIN, authorization=("90834",))
    assert reasons(first(claim(), payer=strict)) == {("CO", "197"): Decimal("142.00")}
    assert first(claim(prior_authorization="AUTH1"), payer=strict).paid


@pytest.mark.parametrize("outcome", list(REJECTIONS))
def test_a_rejected_claim_is_never_decided(outcome: Outcome) -> None:
    assert decided(claim(), rule(outcome)) == Decision(REJECTIONS[outcome], claim().lines[0])


def test_an_unanswered_claim_is_accepted_and_never_remitted() -> None:
    assert decided(claim(), rule(Outcome.UNANSWERED)) == Decision()


def test_interest_is_a_percentage_of_the_payment() -> None:
    (step,) = decided(claim(), rule(Outcome.PAID_WITH_INTEREST, interest=Decimal(2))).steps
    assert step.interest == Decimal("2.09")


def test_a_payment_is_taken_back_later_by_reversal_and_denial() -> None:
    paid, reversal, correction = decided(claim(), rule(Outcome.TAKEN_BACK, days=14)).steps
    assert (paid.days, reversal.days, correction.days) == (0, 14, 14)
    assert is_negation(paid.payment, reversal.payment)
    assert reversal.payment.is_reversal
    assert is_denial(correction.payment)


def test_a_payment_is_corrected_later_to_a_part_of_it() -> None:
    paid, _, correction = decided(claim(), rule(Outcome.CORRECTED_LATER, percent=Decimal(80))).steps
    assert (paid.payment.paid, correction.payment.paid) == (Decimal("104.25"), Decimal("83.40"))


def test_what_paid_nothing_is_not_taken_back() -> None:
    known = Known(frozenset({("90834", DAY)}))
    assert len(decided(claim(), rule(Outcome.TAKEN_BACK), known=known).steps) == 1


def test_a_replacement_reverses_the_original_and_is_decided_as_usual() -> None:
    standing = first(claim("OLD"))
    sent = claim("NEW", frequency="7", original_reference="SBX0")
    known = Known(original_known=True, standing=standing)
    reversal, payment = decided(sent, rule(Outcome.DENIED_LATE), known=known).steps
    assert is_negation(standing, reversal.payment)
    assert reversal.payment.patient_control_number == "OLD"
    assert (payment.payment.patient_control_number, payment.payment.paid) == ("NEW", Decimal("104.25"))


def test_a_void_is_a_reversal_alone() -> None:
    sent = claim("NEW", frequency="8", original_reference="SBX0")
    known = Known(original_known=True, standing=first(claim("OLD")))
    assert [step.payment.status for step in decided(sent, known=known).steps] == ["22"]


def test_a_replacement_names_an_original_that_is_on_file() -> None:
    assert decided(claim(frequency="7")).rejection is NO_ORIGINAL_NUMBER
    assert decided(claim(frequency="8", original_reference="NONE")).rejection is UNKNOWN_ORIGINAL


def test_a_second_payer_pays_what_the_first_left_to_the_patient() -> None:
    taken = (Adjustment("CO", "45", Decimal(32)), Adjustment("PR", "3", Decimal(30)))
    earlier = LineDecision("BLHB2", Decimal(80), "90834", Decimal(1), DAY, adjustments=taken)
    second = claim("P", line(decisions=(earlier,)), subscriber=subscriber(responsibility="S"))
    payment = first(second)
    assert (payment.status, payment.paid) == ("2", Decimal(30))
    assert reasons(payment) == {("OA", "23"): Decimal(112)}


money = st.integers(0, 60_000).map(lambda number: Decimal(number) / 100)
lines = st.lists(st.tuples(st.sampled_from(["90834", "90837", "90785", "96130"]), money), min_size=1, max_size=6)
plans = st.builds(Plan, st.just("KEYM1"), st.just(""), money, money, st.integers(0, 100).map(Decimal))


@given(lines, plans, st.sampled_from(Outcome), money)
def test_every_step_balances_and_its_remittance_too(
    services: list[tuple[str, Decimal]], plan: Plan, outcome: Outcome, met: Decimal
) -> None:
    sent = claim("P", *[line(f"L{at}", code, str(amount)) for at, (code, amount) in enumerate(services)])
    decision = decided(sent, rule(outcome), plan=plan, known=Known(deductible_met=met))
    slips = [
        slip(one.payment, one.interest, payer=KEYSTONE, house=PLAIN, billing=BILLING, due=TODAY)
        for one in decision.steps
    ]
    for one in slips:
        assert balance(one) == []
    if slips:
        remittance, debts = together(slips, trace="T1", debts=[], takeback="WO")
        assert balance(remittance) == []
        assert remittance.amount >= 0
        assert (remittance.method == "NON") == (remittance.amount == 0)
        assert not debts


def test_negating_twice_gives_the_amounts_again() -> None:
    payment = first(claim())
    assert negated(negated(payment)).paid == payment.paid


def test_a_reversal_alone_is_carried_and_the_next_payment_bears_it() -> None:
    old = first(claim("OLD"))
    (undo,) = decided(
        claim("NEW", frequency="8", original_reference="SBX0"), known=Known(original_known=True, standing=old)
    ).steps
    alone, debts = paid(undo.payment)
    assert (alone.amount, alone.method, alone.handling) == (ZERO, "NON", "H")
    assert [(one.reason, one.amount) for one in alone.provider_adjustments] == [("WO", Decimal("-104.25"))]
    next_one, left = paid(first(claim("NEXT", line(code="90837", amount="168.00"))), debts)
    assert next_one.amount == Decimal("38.55")
    assert [(one.reason, one.amount) for one in next_one.provider_adjustments] == [("WO", Decimal("104.25"))]
    assert not left


def paid(payment: ClaimPayment, debts: Any = ()) -> tuple[Remittance, Any]:
    """The remittance of one claim, and what is owed after it."""
    alone = slip(payment, ZERO, payer=KEYSTONE, house=PLAIN, billing=BILLING, due=TODAY)
    return together([alone], trace="T1", debts=debts, takeback="WO")
