"""The same remittance posts once, however it is wrapped, split over files, or put in another order."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings

from billing.models import Remittance
from edi.remittances import model as x12
from tests.billing.arrivals.histories import stories, tell
from tests.billing.arrivals.standing import books_by_party, clearing, rolled_back, standing
from tests.billing.arrivals.test_any_order import QUIET, SEEDS, post_what_is_ready
from tests.billing.arrivals.wrapping import wrapped
from tests.billing.claim_factories import Bench, answer, cas, remittance
from tests.billing.remittances.hands import arrive, arrive_and_post, take


def check(bench: Bench, story: Any, seed: int) -> None:
    dice = Random(seed)  # noqa: S311 - a wrapping, not a secret
    with rolled_back():
        said = tell(bench, story).payments
        found = []
        for turn in range(3):
            for place, content in enumerate(wrapped(said, dice)):
                take(bench, content, f"{turn}-{place}.835")
            post_what_is_ready(bench)
            found.append(standing())
        assert found[1:] == found[:1] * 2
        assert clearing() == {one.trace: one.signed_amount for one in said if one.signed_amount}
        assert Remittance.objects.filter(status=Remittance.Status.POSTED).count() == len(said)


@given(stories(), SEEDS)
@settings(max_examples=5, **QUIET)
def test_the_same_remittances_in_any_wrapping_post_once(bench: Bench, story: Any, seed: int) -> None:
    check(bench, story, seed)


@pytest.mark.long
@given(stories(), SEEDS)
@settings(max_examples=120, **QUIET)
def test_many_remittances_in_any_wrapping_post_once(bench: Bench, story: Any, seed: int) -> None:
    check(bench, story, seed)


@pytest.mark.parametrize("paid", ["100.00", "0.00"], ids=["money", "nothing paid"])
def test_the_same_claims_in_another_order_post_once(bench: Bench, paid: str) -> None:
    """Payments of nothing share numbers, so that there the answers themselves have to tell."""
    claims = [bench.claim("150.00"), bench.claim("150.00")]
    rest = Decimal("150.00") - Decimal(paid)
    said = [answer(one, paid, f"CO-45 {rest / 2},PR-1 {rest / 2}") for one in claims]
    arrive_and_post(bench, remittance(*said))
    before = books_by_party()
    [again] = arrive(bench, remittance(*reversed(said)), control=2)
    assert again.status in {Remittance.Status.HELD, Remittance.Status.DUPLICATE}
    post_what_is_ready(bench)
    assert books_by_party() == before


def test_payments_of_nothing_under_one_number_about_other_claims_both_post(bench: Bench) -> None:
    for control in (1, 2):
        said = answer(bench.claim("150.00"), "0.00", "CO-45 50,PR-1 100")
        arrive_and_post(bench, remittance(said), control=control)
    assert Remittance.objects.filter(status=Remittance.Status.POSTED).count() == 2


def test_what_stands_at_the_claim_in_another_order_is_the_same(bench: Bench) -> None:
    """Adjustments in another order are other bytes under the same number: a person looks, and nothing posts."""
    claim = bench.claim("150.00")
    said = answer(claim, "100.00", lines=(), adjustments=cas("CO-45 30,PR-2 20"))
    arrive_and_post(bench, remittance(said))
    before = books_by_party()
    turned: x12.ClaimPayment = replace(said, adjustments=tuple(reversed(said.adjustments)))
    [again] = arrive(bench, remittance(turned), control=2)
    assert [one["code"] for one in again.held_for] == ["same_trace"]
    assert books_by_party() == before
