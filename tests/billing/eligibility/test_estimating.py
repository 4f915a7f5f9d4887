"""The estimate says what the answer and the price say together, and nothing where one of them is silent."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.eligibility.estimating import Price, estimate, for_session
from billing.eligibility.facts import Facts, Figure, Limit, as_data, from_data

MH = "MH"
RATE = Price("90837", rate=Decimal("142.00"), fee=Decimal("180.00"))
FEE = Price("90837", fee=Decimal("180.00"))
NOTHING = Price("90837")


def figure(text: str) -> Figure:
    return Figure(Decimal(text), MH)


def left(text: str, total: str = "1500.00") -> Limit:
    return Limit(total=figure(total), left=figure(text), whose="individual")


ACTIVE = Facts(is_active=True, network="in")
COPAY = replace(ACTIVE, copay=figure("25.00"))
SHARE = replace(ACTIVE, coinsurance=figure("0.2"))


@pytest.mark.parametrize(
    ("facts", "price", "amount"),
    [
        (COPAY, RATE, "25.00"),
        (COPAY, NOTHING, "25.00"),
        (replace(COPAY, deductible=left("310.00")), RATE, "25.00"),
        (replace(COPAY, copay=figure("0")), RATE, "0.00"),
        (replace(COPAY, copay=figure("200.00")), RATE, "142.00"),
        (replace(SHARE, deductible=left("0")), RATE, "28.40"),
        (replace(SHARE, deductible=left("42.00")), RATE, "62.00"),
        (replace(SHARE, deductible=left("310.00")), RATE, "142.00"),
        (replace(SHARE, deductible=left("310.00"), out_of_pocket=left("50.00")), RATE, "50.00"),
        (replace(SHARE, out_of_pocket=left("0")), RATE, "0.00"),
        (replace(SHARE, deductible=left("0")), FEE, "36.00"),
        (replace(ACTIVE, deductible=left("310.00")), RATE, "142.00"),
    ],
)
def test_what_is_owed(facts: Facts, price: Price, amount: str) -> None:
    found = estimate(facts, price)
    assert found is not None
    assert found.amount == Decimal(amount)


@pytest.mark.parametrize(
    ("facts", "price", "words"),
    [
        (replace(ACTIVE, is_active=False), RATE, "not active"),
        (replace(COPAY, covered=False), RATE, "does not cover"),
        (replace(COPAY, copay=Figure(None, MH, (Decimal(20), Decimal(40)))), RATE, "several shares"),
        (replace(COPAY, coinsurance=figure("0.2")), RATE, "ask it which"),
        (replace(SHARE, deductible=left("310.00")), NOTHING, "20% of what the payer allows"),
        (replace(SHARE, deductible=Limit(total=figure("1500.00"))), RATE, "20% of what the payer allows"),
        (replace(ACTIVE, deductible=left("10.00")), RATE, "$10.00 of the deductible is left"),
    ],
)
def test_no_amount_where_a_figure_is_missing(facts: Facts, price: Price, words: str) -> None:
    found = estimate(facts, price)
    assert found is not None
    assert found.amount is None
    assert words in found.sentence


def test_nothing_is_said_of_an_answer_without_money() -> None:
    assert estimate(ACTIVE, RATE) is None
    assert estimate(Facts(), RATE) is None


def test_the_fee_is_the_most_and_says_so() -> None:
    found = estimate(replace(SHARE, deductible=left("0")), FEE)
    assert found is not None
    assert "at most $36.00" in found.sentence


def test_a_session_by_video_costs_what_the_payer_says_of_telehealth() -> None:
    facts = replace(COPAY, telehealth=True, telehealth_copay=figure("20.00"))
    assert for_session(facts, telehealth=False) == facts
    found = estimate(for_session(facts, telehealth=True), RATE)
    assert found is not None
    assert found.amount == Decimal("20.00")
    refused = estimate(for_session(replace(facts, telehealth=False), telehealth=True), RATE)
    assert refused is not None
    assert "does not cover" in refused.sentence


def test_a_deductible_left_beside_a_copay_is_named() -> None:
    found = estimate(replace(COPAY, deductible=left("310.00")), RATE)
    assert found is not None
    assert "up to $142.00" in found.why


amounts = st.decimals(min_value=0, max_value=5000, places=2)


@given(amounts, amounts, st.decimals(min_value=0, max_value=1, places=2), amounts)
def test_never_more_than_is_allowed_nor_than_is_left(rate: Decimal, due: Decimal, share: Decimal, top: Decimal) -> None:
    facts = replace(
        ACTIVE,
        coinsurance=Figure(share, MH),
        deductible=Limit(left=Figure(due, MH)),
        out_of_pocket=Limit(left=Figure(top, MH)),
    )
    found = estimate(facts, Price("90837", rate=rate))
    assert found is not None
    assert found.amount is not None
    assert 0 <= found.amount <= min(rate, top)


@given(amounts, amounts, st.text(max_size=20), st.booleans() | st.none())
def test_facts_come_back_as_they_were_stored(one: Decimal, other: Decimal, name: str, active: bool | None) -> None:
    facts = Facts(
        is_active=active,
        plan_name=name,
        copay=Figure(one, MH),
        deductible=Limit(Figure(one, ""), Figure(None, MH, (one, other)), whose="individual"),
    )
    assert from_data(as_data(facts)) == facts
