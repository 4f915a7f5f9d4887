"""Making the claims of the next payer costs the same number of statements for one claim as for many."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from billing.models import Claim
from billing.secondary.selectors import pair_of
from tests.billing.claim_factories import answer, remittance
from tests.billing.remittances.hands import arrive, post
from tests.billing.secondary.hands import Pair
from tests.billing.secondary.test_by_hand import TODAY


def statements(pair: Pair, count: int, control: int) -> int:
    claims = [pair.claim("150.00") for _ in range(count)]
    said = [answer(claim, "95.00", "CO-45 30.00,PR-2 25.00") for claim in claims]
    [row] = arrive(pair.bench, remittance(*said, trace=f"P{control}"), control=control)
    with CaptureQueriesContext(connection) as posted:
        post(pair.bench, row)
    assert Claim.objects.filter(follows__in=claims, status="ready").count() == count
    return len(posted)


def test_the_number_of_statements_does_not_grow_with_the_claims(pair: Pair) -> None:
    statements(pair, 1, 1)
    assert statements(pair, 2, 11) == statements(pair, 12, 21)


def test_what_a_page_says_of_a_pair_costs_a_fixed_number(pair: Pair) -> None:
    claim = pair.claim("150.00")
    pair.says(answer(claim, "95.00", "CO-45 30.00,PR-2 25.00"))
    with CaptureQueriesContext(connection) as asked:
        found = pair_of(pair.bench.biller, claim, TODAY)
    assert [one.claim.payer.name for one in found.after] == ["Blue Harbor PPO"]
    assert len(asked) <= 14
