"""An answer, its reversal and its correction come to the correction alone: in the books, for the claim, and in pay."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billing.models import Claim, ClaimLine, LedgerLine
from billing.money.services import take_payment
from clinicians.models import Engagement
from edi.remittances import model as x12
from edi.remittances.reversals import negated
from payroll.models import PayLine
from practice.money import ZERO
from tests.billing.arrivals.histories import CENTS, part
from tests.billing.arrivals.standing import books_by_party, open_work, rolled_back
from tests.billing.arrivals.test_any_order import QUIET
from tests.billing.claim_factories import PAID_ON, Bench, answer, line, remittance
from tests.billing.remittances.hands import arrive_and_post
from tests.payroll.desk import Desk, at, share
from tests.people import Cast

TIMES = st.sampled_from(["together", "apart", "correction first"])


@st.composite
def cases(draw: Any) -> dict[str, Any]:
    """A claim, what its client paid of the copay, the answer and what stands in its place."""
    amounts = draw(st.lists(CENTS.filter(lambda one: one >= 1), min_size=1, max_size=2))
    copay = min(draw(CENTS), amounts[0])
    return {
        "amounts": amounts,
        "copay": copay,
        "paid": draw(st.sampled_from([ZERO, copay])),
        "first": [draw(part(amount)) for amount in amounts],
        "again": [draw(part(amount)) for amount in amounts],
        "when": draw(TIMES),
    }


def said(claim: Claim, parts: Any, icn: str = "") -> x12.ClaimPayment:
    rows = ClaimLine.objects.filter(claim=claim).order_by("position")
    lines = [line(row, paid, taken) for row, (paid, taken) in zip(rows, parts, strict=True)]
    return answer(claim, sum((one.paid for one in lines), ZERO), lines=lines, icn=icn)


def come(bench: Bench, *payments: tuple[x12.ClaimPayment, ...]) -> None:
    for number, claims in enumerate(payments, 1):
        arrive_and_post(bench, remittance(*claims, trace=f"EFT{number:04}"), control=number)


def reached(claim: Claim) -> dict[str, Any]:
    claim.refresh_from_db()
    work = open_work()
    return {
        "books": books_by_party(),
        "claim": claim.status,
        "number": claim.payer_control_number,
        "denials": work["denials"],
        "earned": earned(),
    }


def earned() -> dict[int, Decimal]:
    """What insurers paid for each clinician's sessions: the sum of the postings that pay is figured on."""
    sums: dict[int, Decimal] = defaultdict(lambda: ZERO)
    rows = LedgerLine.objects.filter(account="payer_clearing", clinician__isnull=False)
    for clinician, amount in rows.values_list("clinician_id", "amount"):
        sums[clinician or 0] += amount
    return {clinician: amount for clinician, amount in sums.items() if amount}


def check(bench: Bench, case: dict[str, Any]) -> None:
    with rolled_back():
        claim = bench.claim(*case["amounts"], copay=case["copay"])
        if case["paid"]:
            facts: Any = {"client_id": claim.client_id, "method": "cash", "received_on": PAID_ON}
            take_payment(actor=bench.biller, amount=case["paid"], **facts)
        first, again = said(claim, case["first"]), said(claim, case["again"], icn=f"ICN{claim.pk}B")
        with rolled_back():
            come(bench, (again,))
            expected = reached(claim)
        with rolled_back():
            back = negated(first)
            ways = {
                "together": ((first,), (back, again)),
                "apart": ((first,), (back,), (again,)),
                "correction first": ((first,), (again,), (back,)),
            }
            come(bench, *ways[case["when"]])
            assert reached(claim) == expected


@given(cases())
@settings(max_examples=6, **QUIET)
def test_an_answer_its_reversal_and_its_correction_are_the_correction(bench: Bench, case: dict[str, Any]) -> None:
    check(bench, case)


@pytest.mark.long
@given(cases())
@settings(max_examples=200, **QUIET)
def test_many_answers_reversals_and_corrections_are_the_correction(bench: Bench, case: dict[str, Any]) -> None:
    check(bench, case)


@pytest.mark.parametrize("between", [False, True], ids=["in one pay run", "with a pay run between"])
def test_pay_comes_to_the_correction_too(bench: Bench, people: Cast, between: bool) -> None:
    Engagement.objects.create(clinician=bench.clinician, kind=Engagement.Kind.CONTRACTOR, starts_on=dt.date(2026, 1, 1))
    desk = Desk(bench.practice, people.actor(people.alice), bench.payer)
    desk.rules(bench.clinician, share("0.60"), takebacks="shared", unsigned="flag")
    schedule = desk.schedule()
    paid, corrected = bench.claim("150.00", "40.00"), bench.claim("150.00", "40.00")
    one = [(Decimal("103.33"), "CO-45 46.67"), (ZERO, "CO-197 40")]
    other = [(Decimal("71.11"), "CO-45 78.89"), (Decimal("17.77"), "PR-3 22.23")]
    with at(12):
        first = said(corrected, one)
        come(bench, (first,))
    if between:
        with at(16):
            desk.finish(desk.run(schedule))
    with at(17 if between else 13):
        again = said(corrected, other, icn="AGAIN")
        arrive_and_post(bench, remittance(negated(first), again, trace="BACK"), control=8)
        arrive_and_post(bench, remittance(said(paid, other), trace="ONCE"), control=9)
    with at(1, 12) if between else at(16):
        desk.run(schedule)
    sums: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for row in PayLine.objects.filter(event_kind="posting").select_related("charge"):
        sums[row.charge.attendance_id] += row.amount
    lines = dict(ClaimLine.objects.filter(claim__in=[paid, corrected]).values_list("claim_id", "charge__attendance_id"))
    assert sums[lines[corrected.pk]] == sums[lines[paid.pk]] > 0
