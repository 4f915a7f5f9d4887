"""Money: rounding and splitting, with the worked examples of the payroll reference."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.money import CENT, ZERO, allocate, cents, total

amounts = st.decimals(min_value=-10_000_000, max_value=10_000_000, places=2)
weights = st.lists(st.integers(min_value=0, max_value=1_000_000), min_size=1, max_size=20).filter(any)


@pytest.mark.parametrize(
    ("exact", "rounded"),
    [("0.005", "0.01"), ("-0.005", "-0.01"), ("18.3425", "18.34"), ("2.675", "2.68"), ("1", "1.00")],
)
def test_half_a_cent_goes_away_from_zero(exact: str, rounded: str) -> None:
    assert cents(Decimal(exact)) == Decimal(rounded)
    assert cents(Decimal(exact)).as_tuple().exponent == -2


def test_three_lines_are_rounded_before_they_are_added() -> None:
    assert total([cents(Decimal("33.35") * Decimal("0.55"))] * 3) == Decimal("55.02")


def test_equity_shares_give_the_tied_cent_to_the_larger_weight() -> None:
    expected = [Decimal("24135.68"), Decimal("16090.45"), Decimal("8045.22")]
    assert allocate(Decimal("48271.35"), [3, 2, 1]) == expected


def test_equal_shares_give_the_cents_left_to_the_first() -> None:
    assert allocate(Decimal("5000.00"), [1] * 7) == [Decimal("714.29")] * 4 + [Decimal("714.28")] * 3


@given(amounts, weights)
def test_shares_sum_to_the_amount_and_are_off_by_less_than_a_cent(amount: Decimal, shares: list[int]) -> None:
    parts = allocate(amount, shares)
    assert total(parts) == amount
    for part, weight in zip(parts, shares, strict=True):
        assert abs(part - amount * weight / sum(shares)) < CENT


@given(amounts, weights)
def test_a_negative_amount_is_split_like_a_positive_one(amount: Decimal, shares: list[int]) -> None:
    assert allocate(-amount, shares) == [-part for part in allocate(amount, shares)]


@pytest.mark.parametrize("shares", [[], [0, 0], [1, -1]])
def test_impossible_weights_are_refused(shares: list[int]) -> None:
    with pytest.raises(ValueError, match="weight"):
        allocate(Decimal("1.00"), shares)


def test_a_part_of_a_cent_is_refused() -> None:
    with pytest.raises(ValueError, match="part of a cent"):
        allocate(Decimal("1.001"), [1])


def test_nothing_sums_to_zero_dollars() -> None:
    assert total([]) == ZERO
