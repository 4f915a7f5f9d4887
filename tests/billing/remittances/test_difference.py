"""Why less is refused than the payer's reasons come to, to the cent."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from billing.claims.selectors.money import Sums
from billing.remittances.difference import difference
from practice.money import total
from tests.billing.claim_factories import Bench, make_bench
from tests.billing.remittances.test_denial_pages import deny, url
from tests.people import Cast, signed_in


def D(amount: str) -> Decimal:  # noqa: N802 - reads as the type it makes
    return Decimal(amount)


def reasons(*amounts: str) -> list[dict[str, Any]]:
    return [{"group": "CO", "reason": "197", "amount": amount} for amount in amounts]


def test_nothing_is_said_where_the_reasons_are_what_is_refused() -> None:
    assert difference(D("150.00"), reasons("100.00", "50.00"), Sums(client_share=D("25.00"))) is None


@pytest.mark.parametrize(
    ("refused", "stood", "said"),
    [
        ("125.00", Sums(client_share=D("25.00")), ["client’s share"]),
        ("95.00", Sums(client_share=D("25.00"), adjusted=D("-30.00")), ["client’s share", "by contract"]),
        ("50.00", Sums(written_off=D("-40.00"), insurer_paid=D("60.00")), ["Written off", "Paid by the insurer"]),
        ("90.00", Sums(), ["No longer open"]),
        ("180.00", Sums(), ["without a reason"]),
    ],
)
def test_every_part_of_the_difference_has_its_words(refused: str, stood: Sums, said: list[str]) -> None:
    found = difference(D(refused), reasons("150.00"), stood)
    assert found is not None
    assert len(found.parts) == len(said)
    assert all(words in part.words for words, part in zip(said, found.parts, strict=True))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(0, 50_000), min_size=6, max_size=6))
def test_the_sum_foots(cents: list[int]) -> None:
    refused, known, share, off, lost, paid = (Decimal(number) / 100 for number in cents)
    stood = Sums(client_share=share, adjusted=-off, written_off=-lost, insurer_paid=paid)
    found = difference(refused, reasons(str(known)), stood)
    if found is None:
        assert refused == known
    else:
        assert found.reasons + total(part.amount for part in found.parts) == found.refused == refused


def test_both_pages_say_it(people: Cast, inside: Any) -> None:
    with inside(people.fernhollow):
        bench: Bench = make_bench(people.fernhollow, people.actor(people.bob))
        row = deny(bench, "CO-197 150.00")
    bob = signed_in(people.bob)
    page = bob.get(url("denial", row.pk)).content.decode()
    for words in ("reasons together", "$150.00", "The client’s share, which the client is asked for", "−$25.00"):
        assert words in page
    page = bob.get(url("claim", row.claim_id)).content.decode()
    assert "reasons come to $150.00. Less $25.00 (the client’s share, which the client is asked for), $125.00" in page
