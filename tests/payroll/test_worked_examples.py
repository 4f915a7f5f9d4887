"""The worked examples of `payroll.md`, to the cent: W1, W2, W4, W7, W11, W12, W13, W22."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from payroll.calculation import wages
from tests.payroll.facts import (
    ANA,
    CONTRACTOR,
    NEXT,
    W2,
    Bench,
    amounts,
    codes,
    earlier,
    flat,
    other,
    payee,
    percent,
    run,
    version,
)

MEDICAID, AETNA = 2, 3


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_w1_share_of_what_is_collected_line_by_line(bench: Bench) -> None:
    session = bench.service()
    postings = [bench.paid("84.37", session), bench.copay("25.00", session), bench.paid("91.15"), bench.copay("130.00")]
    outcome = run(payee(version(percent("0.60", name="all services"))), postings=postings)
    assert amounts(outcome) == ["50.62", "15.00", "54.69", "78.00"]
    assert str(outcome.gross) == "198.31"
    line = outcome.lines[0]
    assert line.words == "Keystone Mutual paid $84.37 on Nov 12. You get 60%."
    assert line.steps == [
        {"label": "Keystone Mutual, paid on Nov 12", "note": "", "amount": "84.37"},
        {"label": "Your share", "note": "Agreement of Jan 1, 2026, version 1: “all services”", "rate": "0.6"},
        {"label": "84.37 × 0.6 = 50.622, rounded to the cent"},
        {"label": "Your pay", "amount": "50.62"},
    ]
    assert outcome.lines[1].words == "The client paid $25.00 on Nov 12. You get 60%."


def test_w2_each_line_is_rounded_once(bench: Bench) -> None:
    outcome = run(payee(version(percent("0.55"))), postings=[bench.paid("33.35") for _ in range(3)])
    assert amounts(outcome) == ["18.34"] * 3
    assert str(outcome.gross) == "55.02"


@pytest.mark.parametrize("recognized", ["paid", "rendered"])
def test_w4_fixed_amounts_by_code_with_a_cap_for_groups(bench: Bench, recognized: str) -> None:
    given = {"90791": "85.00", "90834": "62.50", "90837": "78.00", "90847": "70.00"}
    rules = [
        flat(amount, place, codes=frozenset({code}), recognized=recognized)
        for place, (code, amount) in enumerate(given.items(), 1)
    ]
    rules += [
        flat("18.00", 8, codes=frozenset({"90853"}), group_cap="90.00", recognized=recognized),
        flat("4.00", 9, codes=frozenset({"90785"}), recognized=recognized),
    ]
    held = {"90791": 1, "90834": 6, "90837": 11, "90847": 2}
    services = [bench.service(code) for code, count in held.items() for _ in range(count)]
    for size in (7, 4):
        session = bench.number()
        services += [bench.service("90853", session_id=session) for _ in range(size)]
    services += [bench.service("90785", kind="add_on") for _ in range(3)]
    who = payee(version(*rules))
    if recognized == "rendered":
        outcome = run(who, services=services)
    else:
        outcome = run(who, postings=[bench.paid("50.00", one) for one in services])
    by_code = {code: Decimal(0) for code in (*given, "90853", "90785")}
    for line in outcome.lines:
        by_code[line.code] += line.amount
    assert {code: str(amount) for code, amount in by_code.items()} == {
        "90791": "85.00",
        "90834": "375.00",
        "90837": "858.00",
        "90847": "140.00",
        "90853": "162.00",
        "90785": "12.00",
    }
    assert str(outcome.gross) == "1632.00"


def test_w7_a_salary_of_65000_twice_a_month_sums_to_the_year() -> None:
    annual = Decimal(65000)
    parts = [wages.salary_part(annual, number, 24) for number in range(1, 25)]
    assert [str(part) for part in parts[:4]] == ["2708.33", "2708.34", "2708.33", "2708.33"]
    assert sum(parts) == Decimal("65000.00")


def test_w7_a_bonus_for_each_kept_session_above_fifty_is_paid_when_the_month_is_over(bench: Bench) -> None:
    bonus = other("bonus", "35.00", 2, threshold=50, window="month")
    who = payee(version(other("salary", "72000"), bonus), tax_class=W2)
    kept = {ANA: [bench.service(day=place % 28 + 1) for place in range(63)]}
    first = run(who, kept=kept)
    assert amounts(first) == ["3000.00"]
    second = run(who, kept=kept, number=22, **NEXT)
    assert str(second.gross) == "3455.00"
    assert [str(line.amount) for line in second.lines if line.kind == "bonus"] == ["35.00"] * 13
    words = [line.words for line in second.lines if line.kind == "bonus"]
    assert words[0] == "The 51st session you kept in November. Each above 50 pays $35.00."
    paid = {ANA: earlier([line for line in second.lines if line.kind == "bonus"])}
    again = run(who, kept=kept, bonuses=paid, starts_on=dt.date(2026, 12, 1), ends_on=dt.date(2026, 12, 15), number=23)
    assert [line.kind for line in again.lines] == ["salary"]
    fewer = {ANA: kept[ANA][:60]}
    back = run(who, kept=fewer, bonuses=paid, starts_on=dt.date(2026, 12, 1), ends_on=dt.date(2026, 12, 15), number=23)
    assert [str(line.amount) for line in back.lines if line.kind == "bonus"] == ["-35.00"] * 3


def test_w11_late_cancels_and_no_shows(bench: Bench) -> None:
    late = [bench.service("", kind="late_cancel", payer_id=None) for _ in range(2)]
    missed = bench.service("", kind="no_show", payer_id=None)
    fees = [bench.copay("75.00", one) for one in late]
    absences = frozenset({"late_cancel", "no_show"})
    share = run(payee(version(percent("0.50", applies_to=absences))), postings=fees)
    assert str(share.gross) == "75.00"
    rendered = flat("20.00", applies_to=absences, recognized="rendered")
    each = run(payee(version(rendered)), postings=fees, services=[*late, missed])
    assert str(each.gross) == "60.00"
    assert each.lines[0].words == "A late cancel on Nov 3 pays $20.00."
    nothing = run(payee(version(percent("0.60"))), postings=fees)
    assert amounts(nothing) == ["0.00", "0.00"]
    assert nothing.lines[0].words.endswith("Your agreement pays nothing for a late cancel.")
    assert nothing.findings == []


def test_w12_unsigned_notes_hold_a_contractors_pay_until_the_run_whose_cutoff_they_make(bench: Bench) -> None:
    who = payee(version(percent("0.60"), holds_unsigned=True), tax_class=CONTRACTOR)
    first = [bench.paid("110.00") for _ in range(5)]
    late, never = first[3].service.attendance_id, first[4].service.attendance_id
    one = run(who, postings=first, unsigned={late, never})
    assert (str(one.gross), str(one.held)) == ("198.00", "132.00")
    assert ("held", "info") in codes(one)
    assert one.findings[0].words == ("Ana Reyes: $132.00 held, 2 unsigned notes. Paid in the next run after signing.")
    second = [bench.paid("110.00", bench.service(day=20), on=dt.date(2026, 11, 20)) for _ in range(4)]
    paid = {line.ledger_line_id for line in one.lines if not line.is_held}
    left = [posting for posting in first if posting.id not in paid]
    two = run(who, postings=[*left, *second], unsigned={never}, earlier=earlier(one.lines), **NEXT)
    assert (str(two.gross), str(two.held)) == ("330.00", "66.00")


def test_employees_are_paid_for_unsigned_sessions_and_flagged(bench: Bench) -> None:
    posting = bench.paid("110.00")
    outcome = run(
        payee(version(percent("0.60")), tax_class=W2), postings=[posting], unsigned={posting.service.attendance_id}
    )
    assert (str(outcome.gross), str(outcome.held)) == ("66.00", "0.00")
    assert codes(outcome) == [("unsigned", "warn")]


def test_w13_a_takeback_from_a_contractor_is_carried_forward(bench: Bench) -> None:
    old, new = percent("0.60", 1), percent("0.65", 2)
    versions = (
        version(old, ends_on=dt.date(2026, 11, 10)),
        version(new, id=2, version=2, starts_on=dt.date(2026, 11, 11)),
    )
    who = payee(*versions)
    paid = bench.paid("120.00")
    first = run(who, postings=[paid])
    assert amounts(first) == ["72.00"]
    taken = bench.taken(paid, on=dt.date(2026, 11, 20))
    fresh = bench.paid("95.00", bench.service(day=18), on=dt.date(2026, 11, 20))
    second = run(who, postings=[taken, fresh], earlier=earlier(first.lines), **NEXT)
    assert amounts(second) == ["-72.00", "61.75", "10.25"]
    assert str(second.gross) == "0.00"
    assert ("carried", "info") in codes(second)
    back = next(line for line in second.lines if line.amount == Decimal("-72.00"))
    assert back.words == (
        "Keystone Mutual took back $120.00 on Nov 20. Your 60% of it, paid in the run of Nov 1–15, goes back."
    )
    assert (back.is_adjustment, back.cause_line_id, back.rule_id) == (True, 1000, 1)
    over = [one for one in earlier(second.lines, 2000, "Nov 16–30") if one.event_kind == "carried_out"]
    later = {"starts_on": dt.date(2026, 12, 1), "ends_on": dt.date(2026, 12, 15), "key": "3"}
    third = run(who, postings=[replace(fresh, id=999, service=bench.service(day=19))], carried=over, **later)
    assert amounts(third) == ["61.75", "-10.25"]
    assert third.lines[-1].words == "−$10.25 carried over from the run of Nov 16–30."


def test_w22_the_highest_priority_wins(bench: Bench) -> None:
    rules = (
        percent("0.60", 1),
        percent("0.50", 2, priority=10, payer_ids=frozenset({MEDICAID})),
        flat("85.00", 3, priority=20, codes=frozenset({"90791"})),
    )
    postings = [
        bench.paid("96.40", bench.service("90791", payer_id=MEDICAID)),
        bench.paid("71.15", bench.service("90834", payer_id=MEDICAID)),
        bench.paid("99.99", bench.service("90834", payer_id=AETNA)),
    ]
    outcome = run(payee(version(*rules)), postings=postings)
    assert amounts(outcome) == ["85.00", "35.58", "59.99"]
    assert str(outcome.gross) == "180.57"
