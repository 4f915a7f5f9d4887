"""What an attendance costs."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from billing.pricing import PriceFacts, price

FACTS = PriceFacts(
    outcome="held",
    insured=True,
    fee=Decimal("168.00"),
    contract_rate=Decimal("118.42"),
    own_rate=Decimal("90.00"),
    late_cancel_fee=Decimal("75.00"),
    no_show_fee=Decimal("100.00"),
)


@pytest.mark.parametrize(
    ("changed", "amount", "why"),
    [
        ({}, "168.00", "the practice's fee"),
        ({"fee": None}, "118.42", "contract's rate"),
        ({"insured": False}, "90.00", "own rate"),
        ({"insured": False, "own_rate": None}, "168.00", "the practice's fee"),
        ({"outcome": "late_canceled"}, "75.00", "late cancel"),
        ({"outcome": "no_show", "insured": False}, "100.00", "no-show"),
        ({"entered": Decimal(120)}, "120.00", "by hand"),
    ],
)
def test_the_price_and_its_reason(changed: dict[str, object], amount: str, why: str) -> None:
    found = price(replace(FACTS, **changed))  # type: ignore[arg-type]
    assert found.amount == Decimal(amount)
    assert why in found.why


@pytest.mark.parametrize("insured", [True, False])
def test_without_any_price_there_is_no_amount(insured: bool) -> None:
    nothing = replace(FACTS, insured=insured, fee=None, contract_rate=None, own_rate=None)
    assert price(nothing).amount is None


def test_a_contract_never_prices_what_the_client_pays() -> None:
    assert price(replace(FACTS, insured=False, fee=None, own_rate=None)).amount is None


@pytest.mark.parametrize(
    ("changed", "amount"),
    [
        ({"units": 3}, "504.00"),
        ({"units": 3, "fee": Decimal("33.333333")}, "100.00"),
        ({"units": 4, "fee": None}, "473.68"),
        ({"units": 2, "insured": False, "own_rate": None}, "336.00"),
        ({"units": 2, "insured": False}, "90.00"),
        ({"units": 2, "entered": Decimal("120.005")}, "120.01"),
        ({"units": 2, "outcome": "no_show"}, "100.00"),
    ],
)
def test_fees_and_contract_rates_are_for_each_unit_and_rounded_once(changed: dict[str, object], amount: str) -> None:
    assert price(replace(FACTS, **changed)).amount == Decimal(amount)  # type: ignore[arg-type]
