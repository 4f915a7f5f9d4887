"""Whatever order answers arrive in, however often and between whose others: the end is the same."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from random import Random
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from billing.models import Remittance
from tests.billing.arrivals.answers import Arrival, deliver
from tests.billing.arrivals.histories import Life, stories, tell
from tests.billing.arrivals.standing import rolled_back, standing
from tests.billing.claim_factories import Bench
from tests.billing.remittances.hands import post

QUIET: Final[dict[str, Any]] = {
    "deadline": None,
    "phases": (Phase.explicit, Phase.generate),
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
}
"""Examples that take a database are not made smaller when they fail: that would take longer than the suite."""
SEEDS = st.integers(0, 2**32 - 1)
LEFT_TO_NOBODY: Final = [
    [
        Life(
            [Decimal("3.66"), Decimal("146.17")],
            Decimal("3.66"),
            "accepted",
            [
                [(Decimal(0), "CO-197 3.66"), (Decimal(0), "CO-197 146.17")],
                [(Decimal("3.66"), ""), (Decimal("113.83"), "CO-16 20.00,OA-1 12.34")],
            ],
            "answered twice",
        )
    ]
]
"""The second answer leaves a part to a next payer, and none comes."""


def post_what_is_ready(bench: Bench) -> None:
    """The biller posts until nothing is ready any more."""
    while rows := list(Remittance.objects.filter(status=Remittance.Status.READY).order_by("pk")):
        for row in rows:
            row.refresh_from_db()
            if row.status == Remittance.Status.READY:
                post(bench, row)


def in_order(bench: Bench, arrivals: Sequence[Arrival]) -> dict[str, Any]:
    """Everything as it was said, each payment posted when it comes."""
    for one in arrivals:
        deliver(bench, one)
        post_what_is_ready(bench)
    return standing()


def shuffled(bench: Bench, arrivals: Sequence[Arrival], dice: Random) -> dict[str, Any]:
    """In another order, some of it twice, and posted now and then."""
    again = dice.sample(arrivals, dice.randint(0, len(arrivals)))
    order = [*arrivals, *again]
    dice.shuffle(order)
    for one in order:
        deliver(bench, one)
        if dice.random() < 0.3:
            post_what_is_ready(bench)
    post_what_is_ready(bench)
    return standing()


def check(bench: Bench, story: Any, seed: int) -> None:
    with rolled_back():
        told = tell(bench, story)
        with rolled_back():
            expected = in_order(bench, told.arrivals)
        with rolled_back():
            assert shuffled(bench, told.arrivals, Random(seed)) == expected  # noqa: S311 - an order, not a secret


@given(stories(), SEEDS)
@example(LEFT_TO_NOBODY, 1)
@example(LEFT_TO_NOBODY, 2)
@settings(max_examples=5, **QUIET)
def test_any_order_of_arrival_ends_the_same(bench: Bench, story: Any, seed: int) -> None:
    check(bench, story, seed)


@pytest.mark.long
@given(stories(), SEEDS)
@settings(max_examples=200, **QUIET)
def test_any_order_of_many_arrivals_ends_the_same(bench: Bench, story: Any, seed: int) -> None:
    check(bench, story, seed)
