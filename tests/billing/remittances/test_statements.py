"""Taking a remittance in and posting it costs the same number of statements for one claim as for many."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from billing.models import Remittance
from edi.remittances.reversals import negated
from tests.billing.claim_factories import Bench, answer, file_of, remittance
from tests.billing.remittances.hands import post, take


def statements(bench: Bench, count: int, control: int) -> tuple[int, int, int]:
    claims = [bench.claim("150.00", copay="25.00") for _ in range(count)]
    said = [answer(claim, "95.00", "CO-45 30.00,PR-3 25.00") for claim in claims]
    content = file_of(remittance(*said, trace=f"P{control}"), control=control)
    with CaptureQueriesContext(connection) as taken:
        take(bench, content)
    row = Remittance.objects.get(trace=f"P{control}")
    with CaptureQueriesContext(connection) as posted:
        post(bench, row)
    back = remittance(*map(negated, said), trace=f"B{control}")
    take(bench, file_of(back, control=control + 1))
    with CaptureQueriesContext(connection) as reversed_:
        post(bench, Remittance.objects.get(trace=f"B{control}"))
    return len(taken), len(posted), len(reversed_)


def test_the_number_of_statements_does_not_grow_with_the_claims(bench: Bench) -> None:
    statements(bench, 1, 1)
    assert statements(bench, 2, 11) == statements(bench, 12, 21)
