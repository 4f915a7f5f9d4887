"""Postings taken back, the last first, leave the books exactly as they were before each; posted again, as after."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from billing.models import Claim, Remittance
from billing.remittances import services, undoing
from tests.billing.arrivals.histories import stories, tell
from tests.billing.arrivals.standing import rolled_back, standing
from tests.billing.arrivals.test_any_order import QUIET
from tests.billing.claim_factories import Bench
from tests.billing.remittances.hands import arrive, post
from tests.billing.takebacks.test_footing import check_footing

DECIDED = frozenset({Claim.Status.PAID, Claim.Status.PARTIALLY_PAID, Claim.Status.DENIED})


def stood() -> dict[str, Any]:
    """What undoing must bring back. A claim that no answer is left of is accepted, whatever it was before."""
    now = standing()
    claims = {pk: state if state in DECIDED else "" for pk, state in now["claims"].items()}
    work = {key: found for key, found in now["work"].items() if key != "payments"}
    return {"claims": claims, "books": now["books"], "clearing": now["clearing"], "work": work}


def check(bench: Bench, story: Any) -> None:
    with rolled_back():
        rows, before = [], []
        for number, said in enumerate(tell(bench, story).payments, 1):
            before.append(stood())
            [row] = arrive(bench, said, control=number)
            rows.append(post(bench, row))
        after = stood()
        for row, former in reversed(list(zip(rows, before, strict=True))):
            undoing.take_back(row.pk, reason="Matched wrongly", actor=bench.biller, practice=bench.practice)
            assert stood() == former
            check_footing(bench)
        for row in rows:
            services.accept(row.pk, code="taken_back", actor=bench.biller)
            assert post(bench, row).status == Remittance.Status.POSTED
        assert stood() == after


@given(stories())
@settings(max_examples=5, **QUIET)
def test_taking_postings_back_brings_the_former_books(bench: Bench, story: Any) -> None:
    check(bench, story)


@pytest.mark.long
@given(stories())
@settings(max_examples=150, **QUIET)
def test_taking_many_postings_back_brings_the_former_books(bench: Bench, story: Any) -> None:
    check(bench, story)
