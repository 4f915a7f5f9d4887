"""What holds of any run: sums agree, an event is paid once in any order, a full reversal leaves nothing."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from payroll.calculation import totals
from payroll.calculation.facts import CONTRACTOR, W2, Posting, Rule
from payroll.calculation.steps import packed, unpacked
from practice.money import ZERO, total
from tests.payroll.facts import NEXT, Bench, earlier, flat, payee, percent, run, version

MONEY = st.integers(1, 30000).map(lambda number: Decimal(number) / 100)
RATES = st.integers(1, 100).map(lambda number: str(Decimal(number) / 100))
RULES = st.one_of(RATES.map(percent), MONEY.map(lambda amount: flat(str(amount))))


def sessions(amounts: list[tuple[Decimal, Decimal]]) -> list[Posting]:
    """An insurer's and a client's payment on each session."""
    bench = Bench()
    made = []
    for insurer, client in amounts:
        session = bench.service()
        made += [bench.paid(str(insurer), session), bench.copay(str(client), session)]
    return made


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(MONEY, MONEY), min_size=1, max_size=12), RULES, st.sampled_from([W2, CONTRACTOR]))
def test_lines_and_totals_agree_and_every_event_has_one_line(
    amounts: list[tuple[Decimal, Decimal]], rule: Rule, tax_class: str
) -> None:
    postings = sessions(amounts)
    outcome = run(payee(version(rule), tax_class=tax_class), postings=postings)
    assert total(one.amount for one in totals.of(outcome.lines)) == outcome.gross
    assert sorted(line.ledger_line_id or 0 for line in outcome.lines) == sorted(one.id for one in postings)
    assert all(unpacked(packed(line.steps)) == [_without_blanks(step) for step in line.steps] for line in outcome.lines)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(MONEY, MONEY), min_size=1, max_size=8), RULES, st.randoms(use_true_random=False))
def test_the_order_in_which_events_are_read_changes_nothing(
    amounts: list[tuple[Decimal, Decimal]], rule: Rule, shuffler: random.Random
) -> None:
    postings = sessions(amounts)
    mixed = list(postings)
    shuffler.shuffle(mixed)
    one, two = (run(payee(version(rule)), postings=given_) for given_ in (postings, mixed))
    assert [(line.event_key, line.amount) for line in one.lines] == [
        (line.event_key, line.amount) for line in two.lines
    ]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(MONEY, MONEY), min_size=1, max_size=8), RULES, st.data())
def test_two_runs_pay_together_what_one_would(
    amounts: list[tuple[Decimal, Decimal]], rule: Rule, data: st.DataObject
) -> None:
    postings = sessions(amounts)
    cut = data.draw(st.integers(0, len(postings)))
    whole = run(payee(version(rule)), postings=postings)
    first = run(payee(version(rule)), postings=postings[:cut])
    second = run(payee(version(rule)), postings=postings[cut:], earlier=earlier(first.lines), **NEXT)
    assert first.gross + second.gross == whole.gross


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(MONEY, MONEY), min_size=1, max_size=8), RULES)
def test_what_is_reversed_in_full_nets_to_nothing(amounts: list[tuple[Decimal, Decimal]], rule: Rule) -> None:
    postings = sessions(amounts)
    first = run(payee(version(rule)), postings=postings)
    bench = Bench()
    back = [replace(one, id=one.id + 10_000, amount=-one.amount, reverses_id=one.id) for one in postings]
    fresh = replace(bench.paid("5000.00", replace(bench.service(), id=77_777)), id=77_777)
    second = run(payee(version(rule)), postings=[*back, fresh], earlier=earlier(first.lines), **NEXT)
    taken = total(line.amount for line in second.lines if line.is_adjustment and line.kind != "carried")
    assert first.gross + taken == ZERO


@settings(deadline=None, max_examples=60)
@given(MONEY, st.lists(st.integers(1, 100), min_size=1, max_size=6), RATES)
def test_a_payment_taken_back_in_parts_leaves_no_cent(amount: Decimal, weights: list[int], rate: str) -> None:
    bench = Bench()
    session = bench.service()
    paid = bench.paid(str(amount), session)
    left, parts = amount, []
    for weight in weights:
        part = (left * weight / 100).quantize(Decimal("0.01"))
        if ZERO < part < left:
            parts.append(part)
            left -= part
    back = [replace(paid, id=900_000 + place, amount=-part) for place, part in enumerate([*parts, left])]
    first = run(payee(version(percent(rate))), postings=[paid])
    second = run(payee(version(percent(rate))), postings=back, earlier=earlier(first.lines), **NEXT)
    assert first.gross + total(line.amount for line in second.lines if line.kind == "session") == ZERO


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(MONEY, MONEY), min_size=1, max_size=6))
def test_what_is_carried_forward_is_neither_lost_nor_doubled(amounts: list[tuple[Decimal, Decimal]]) -> None:
    who = payee(version(percent("0.60")))
    first = run(who, postings=sessions(amounts))
    back = [replace(one, id=one.id + 10_000, amount=-one.amount, reverses_id=one.id) for one in sessions(amounts)]
    second = run(who, postings=back, earlier=earlier(first.lines), **NEXT)
    assert second.gross == ZERO
    over = [one for one in earlier(second.lines, 5000) if one.event_kind == "carried_out"]
    third = run(who, carried=over, key="3", starts_on=NEXT["starts_on"], ends_on=NEXT["ends_on"])
    assert third.gross == ZERO
    carried = [one.amount for one in third.lines]
    assert carried == [-first.gross, first.gross]


def _without_blanks(step: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in step.items() if value or name == "label"}
