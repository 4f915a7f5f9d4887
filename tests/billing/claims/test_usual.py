"""How long a payer usually takes: the middle of what it did, and nothing where it did too little."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from billing.claims.usual import FEWEST, usual_days
from billing.models import Claim, Remittance
from practice import clock
from practice.models import PracticePayer
from tests.billing.claim_factories import Bench, answer, make_bench, remittance
from tests.billing.remittances.hands import arrive, arrive_and_post
from tests.people import Cast


@pytest.fixture
def bench(people: Cast, inside: Any) -> Iterator[Bench]:
    with inside(people.fernhollow):
        yield make_bench(people.fernhollow, people.actor(people.bob))


def answered(bench: Bench, days: Sequence[int], *, first: int = 1, posted: bool = True) -> list[Claim]:
    """Claims that were answered so many days after they were sent."""
    claims = [bench.claim("100.00") for _ in days]
    for number, (claim, after) in enumerate(zip(claims, days, strict=True), first):
        Claim.objects.filter(pk=claim.pk).update(sent_at=clock.now() - dt.timedelta(days=after))
        take = arrive_and_post if posted else arrive
        take(bench, remittance(answer(claim, "100.00"), trace=f"EFT{number}"), control=number)
    return claims


def test_fewer_than_five_answers_say_nothing(bench: Bench) -> None:
    answered(bench, [9] * (FEWEST - 1))
    assert usual_days(bench.payer.pk) is None


@pytest.mark.parametrize(("days", "middle"), [([3, 40, 5, 13, 8], 8), ([12, 2, 10, 4, 8, 6], 6), ([0] * 5, 0)])
def test_the_middle_is_a_day_that_was(bench: Bench, days: list[int], middle: int) -> None:
    answered(bench, days)
    assert usual_days(bench.payer.pk) == middle


def test_what_is_not_posted_or_a_year_old_or_of_another_payer_does_not_count(bench: Bench) -> None:
    answered(bench, [10] * FEWEST)
    held = answered(bench, [1] * FEWEST, first=10, posted=False)
    assert usual_days(bench.payer.pk) == 10
    Remittance.objects.filter(claims__claim__in=held).update(status=Remittance.Status.POSTED)
    assert usual_days(bench.payer.pk) == 1
    Remittance.objects.filter(claims__claim__in=held).update(received_at=clock.now() - dt.timedelta(days=366))
    assert usual_days(bench.payer.pk) == 10
    other = PracticePayer.objects.create(name="Another Mutual", payer_id="OTH01")
    Claim.objects.filter(pk__in=[claim.pk for claim in held]).update(payer=other)
    assert usual_days(other.pk) is None


def test_an_answer_from_before_the_last_sending_is_none_to_it(bench: Bench) -> None:
    claims = answered(bench, [7] * (FEWEST + 1))
    Claim.objects.filter(pk__in=[claim.pk for claim in claims[:2]]).update(sent_at=clock.now() + dt.timedelta(days=1))
    assert usual_days(bench.payer.pk) is None
