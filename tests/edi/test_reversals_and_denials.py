"""A reversal negates exactly or is none; a denial is told by the money."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edi.remittances.balancing import balance
from edi.remittances.denials import is_denial, is_line_denial
from edi.remittances.model import Adjustment, ClaimPayment
from edi.remittances.reversals import is_negation, negated
from tests.edi.remittance_making import claim, claims, line, remittance
from tests.edi.test_remittance_samples import sample


@settings(max_examples=60, deadline=None)
@given(claims(), st.randoms(use_true_random=False))
def test_a_reversed_claim_negates_exactly_in_any_order(original: ClaimPayment, random: object) -> None:
    reversal = negated(original)
    shuffled = replace(
        reversal,
        adjustments=_shuffled(reversal.adjustments, random),
        lines=tuple(
            replace(each, adjustments=_shuffled(each.adjustments, random)) for each in _shuffled(reversal.lines, random)
        ),
    )
    assert is_negation(original, shuffled)
    assert is_negation(shuffled, original)


def _shuffled(items: tuple, random) -> tuple:  # type: ignore[no-untyped-def, type-arg]
    return tuple(random.sample(items, len(items)))


def test_a_claim_with_its_reversal_and_correction_comes_to_the_correction() -> None:
    original = claim(line())
    correction = claim(line("150", "130", ("PR", "3", "20")), position=2)
    paid = remittance(negated(original), correction)
    assert balance(paid) == []
    assert paid.signed_amount == Decimal(25)


ORIGINAL = claim(line(), line("200", "180", ("CO", "45", "20")))
REVERSAL = negated(ORIGINAL)


@pytest.mark.parametrize(
    "changed",
    [
        replace(REVERSAL, paid=REVERSAL.paid + 1),
        replace(REVERSAL, charge=REVERSAL.charge + 1),
        replace(REVERSAL, adjustments=(Adjustment("CO", "45", Decimal(-1)),)),
        replace(REVERSAL, lines=REVERSAL.lines[:1]),
        replace(REVERSAL, lines=(negated(claim(line("150", "105", ("CO", "45", "45")))).lines[0], REVERSAL.lines[1])),
        replace(REVERSAL, lines=(negated(claim(line("150", "105", ("PI", "45", "45")))).lines[0], REVERSAL.lines[1])),
        ORIGINAL,
    ],
    ids=["paid", "charge", "claim adjustment", "line missing", "amount moved", "group", "not negated"],
)
def test_anything_else_is_no_negation(changed: ClaimPayment) -> None:
    assert not is_negation(ORIGINAL, changed)


def test_adjustments_split_differently_still_negate() -> None:
    one = claim(line("150", "105", ("CO", "45", "25"), ("PR", "3", "20")))
    other = negated(
        claim(line("150", "105", ("CO", "45", "10"), ("PR", "3", "20"), ("CO", "45", "15"), ("OA", "23", "0")))
    )
    assert is_negation(one, other)


def test_a_sample_with_reversals_is_negated_by_what_was_paid_first() -> None:
    reversal = sample("mjpete3__parse_835_2.txt")[0].claims[0]
    original = claim(line("150", "45", ("PR", "3", "15"), ("CO", "45", "90")))
    assert is_negation(original, reversal)


@pytest.mark.parametrize(
    ("denied", "adjustments"),
    [
        (False, [("PR", "1", "150")]),
        (False, [("CO", "45", "50"), ("PR", "1", "100")]),
        (False, [("CO", "45", "130"), ("PR", "3", "20")]),
        (True, [("CO", "197", "150")]),
        (True, [("CO", "45", "150")]),
        (True, [("PR", "29", "150")]),
        (True, [("PR", "31", "150")]),
        (True, [("PR", "96", "150")]),
        (True, [("CO", "197", "130"), ("PR", "3", "20")]),
        (True, [("CO", "NEW", "130"), ("PR", "3", "20")]),
        (True, [("OA", "23", "150")]),
    ],
)
@pytest.mark.parametrize("status", ["1", "2", "4"])
def test_a_denial_is_told_by_the_money_under_any_status(
    denied: bool, adjustments: list[tuple[str, str, str]], status: str
) -> None:
    found = claim(line("150", "0", *adjustments), status=status)
    assert is_denial(found) is denied
    assert is_line_denial(found.lines[0]) is denied


def test_what_is_paid_reversed_or_free_is_no_denial() -> None:
    refused = line("150", "0", ("CO", "197", "150"))
    assert not is_denial(claim(line(), refused))
    assert is_line_denial(refused)
    assert not is_denial(negated(claim(refused)))
    assert not is_denial(claim(refused, status="25"))
    assert not is_denial(claim(line("0", "0", ("CO", "45", "0"))))


def test_a_late_claim_reported_as_processed_is_a_denial() -> None:
    late, paid = sample("mjpete3__parse_835_1.txt")[0].claims
    assert late.status == "1"
    assert is_denial(late)
    assert not is_denial(paid)
