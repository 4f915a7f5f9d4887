"""A payer answers a claim of several sessions: each cent finds the session it was paid for."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from billing.models import Claim, ClaimLine, Denial, LedgerLine, RemittanceLine
from billing.remittances import undoing
from tests.billing.claim_factories import Bench, answer, line, open_on, remittance
from tests.billing.remittances.hands import arrive, arrive_and_post

pytestmark = pytest.mark.django_db


def rows_of(claim: Claim) -> list[ClaimLine]:
    return list(ClaimLine.objects.filter(claim=claim).select_related("charge").order_by("position"))


def paid_on(charge_id: int) -> Decimal:
    """What came in for a charge."""
    lines = LedgerLine.objects.filter(charge=charge_id, account="payer_clearing")
    return sum(lines.values_list("amount", flat=True), Decimal("0.00"))


def test_money_goes_to_the_session_whose_line_was_paid(bench: Bench) -> None:
    claim = bench.month(["150.00"], ["150.00", "25.00"], ["150.00"], copay="20.00")
    one, two, extra, three = rows_of(claim)
    said = answer(
        claim,
        "310.07",
        lines=[
            line(three, "100.01", "CO-45 29.99, PR-3 20.00"),
            line(one, "100.02", "CO-45 29.98, PR-3 20.00"),
            line(extra, "10.03", "CO-45 14.97"),
            line(two, "100.01", "CO-45 29.99, PR-3 20.00"),
        ],
    )
    arrive_and_post(bench, remittance(said))
    assert [paid_on(row.charge_id) for row in (one, two, extra, three)] == [
        Decimal("100.02"), Decimal("100.01"), Decimal("10.03"), Decimal("100.01"),
    ]  # fmt: skip
    assert [open_on(row.charge_id).get("client_receivable") for row in (one, two, extra, three)] == [
        "20.00", "20.00", None, "20.00",
    ]  # fmt: skip
    assert all("insurer_receivable" not in open_on(row.charge_id) for row in (one, two, extra, three))
    claim.refresh_from_db()
    assert claim.status == "paid"
    attendances = {row.charge.attendance_id for row in (one, two, three)}
    assert len(attendances) == 3


def test_without_references_lines_are_told_apart_by_their_days(bench: Bench) -> None:
    claim = bench.month(["150.00"], ["150.00"], ["150.00"])
    rows = rows_of(claim)
    paid = ["90.00", "100.00", "110.00"]
    lines = [
        line(row, amount, f"CO-45 {Decimal('150.00') - Decimal(amount)}", by_reference=False)
        for row, amount in zip(rows, paid, strict=True)
    ]
    arrive_and_post(bench, remittance(answer(claim, "300.00", lines=list(reversed(lines)))))
    assert [str(paid_on(row.charge_id)) for row in rows] == paid


def test_the_same_code_without_references_and_days_is_asked_about(bench: Bench) -> None:
    claim = bench.month(["150.00"], ["150.00"])
    undated = {"service_from": None, "service_to": None}
    lines = [line(row, "100.00", "CO-45 50.00", by_reference=False, **undated) for row in rows_of(claim)]
    (row,) = arrive(bench, remittance(answer(claim, "200.00", lines=lines, service_from=None)))
    found = RemittanceLine.objects.filter(remittance_claim__remittance=row)
    by_charge = {one.charge_id for one in found}
    assert row.held_for or len(by_charge) == 2


def test_one_refused_session_is_the_whole_denial(bench: Bench) -> None:
    claim = bench.month(["150.00"], ["150.00"])
    one, two = rows_of(claim)
    said = answer(claim, "100.00", lines=[line(one, "100.00", "CO-45 50.00"), line(two, "0.00", "CO-197 150.00")])
    arrive_and_post(bench, remittance(said))
    denial = Denial.objects.get()
    assert (denial.claim_id, denial.amount) == (claim.pk, Decimal("150.00"))
    assert open_on(two.charge_id)["insurer_receivable"] == "150.00"
    claim.refresh_from_db()
    assert claim.status == "partially_paid"


def test_taking_a_posting_back_leaves_every_session_as_it_was(bench: Bench) -> None:
    claim = bench.month(["150.00"], ["150.00"])
    before = [open_on(row.charge_id) for row in rows_of(claim)]
    lines = [line(row, "100.00", "CO-45 50.00") for row in rows_of(claim)]
    (row,) = arrive_and_post(bench, remittance(answer(claim, "200.00", lines=lines)))
    undoing.take_back(row.pk, reason="Wrong file", actor=bench.biller, practice=bench.practice)
    assert [open_on(row.charge_id) for row in rows_of(claim)] == before
    claim.refresh_from_db()
    assert claim.status in {"accepted", "sent"}
    assert claim.last_on - claim.service_on == dt.timedelta(days=7)
