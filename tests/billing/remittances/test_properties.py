"""Whatever a payer answers to claims of ours: what adds up posts, to the cent, and taking it back undoes it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from billing.ledger.postings import ChargeFacts, check
from billing.models import ClaimLine, LedgerLine, Remittance
from billing.receivables import owed
from billing.remittances.posting import Part, Standing, answers, lines_of, not_ours
from edi.remittances.model import ProviderAdjustment
from edi.remittances.reversals import negated
from practice.money import total
from tests.billing.claim_factories import Bench, answer, books, clearing, line, plb, remittance
from tests.billing.remittances.hands import arrive_and_post

CENTS = st.integers(0, 30_000).map(lambda number: Decimal(number) / 100)
REASONS = ["CO-45", "CO-253", "PR-1", "PR-2", "PR-3", "CO-197", "PR-29", "OA-23", "PI-45", "CO-16", "OA-1", "XX-9999"]
PLB = st.tuples(st.sampled_from(["L6", "WO", "FB", "CS", "51", "90", "72", "IR"]), st.integers(-5000, 5000))


@st.composite
def parts(draw: Any, amount: Decimal) -> tuple[Decimal, str]:
    """What is paid of an amount, and reasons for the rest, which sum to it exactly."""
    left, reasons = amount, []
    for code in draw(st.lists(st.sampled_from(REASONS), max_size=3, unique=True)):
        cut = min(left, draw(CENTS))
        if cut:
            reasons.append(f"{code} {cut}")
            left -= cut
    return left, ",".join(reasons)


@st.composite
def stories(draw: Any) -> list[tuple[list[Decimal], Decimal, list[tuple[Decimal, str]]]]:
    """Claims with one or two lines, their copay, and the answer to every line."""
    made = []
    for _ in range(draw(st.integers(1, 3))):
        amounts = draw(st.lists(CENTS.filter(bool), min_size=1, max_size=2))
        made.append((amounts, min(draw(CENTS), amounts[0]), [draw(parts(amount)) for amount in amounts]))
    return made


@given(stories(), st.lists(PLB, max_size=2))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_adds_up_posts_exactly_and_its_reversal_undoes_it(bench: Bench, told: Any, adjusted: Any) -> None:
    with rolled_back():
        _tell_and_take_back(bench, told, adjusted)


@contextmanager
def rolled_back() -> Iterator[None]:
    """Every example starts from the same books."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _tell_and_take_back(bench: Bench, told: Any, adjusted: Any) -> None:
    claims = [bench.claim(*amounts, copay=copay) for amounts, copay, _ in told]
    before = books()
    said = []
    for claim, (_, _, answered) in zip(claims, told, strict=True):
        rows = ClaimLine.objects.filter(claim=claim).order_by("position")
        lines = [line(row, paid, taken) for row, (paid, taken) in zip(rows, answered, strict=True)]
        said.append(answer(claim, sum((one.paid for one in lines), Decimal(0)), lines=lines))
    whole = remittance(*said, plbs=_plbs(adjusted, 1))
    [row] = arrive_and_post(bench, whole)
    assert row.status == Remittance.Status.POSTED
    assert clearing(row) == row.amount == whole.signed_amount
    assert total(LedgerLine.objects.values_list("amount", flat=True)) == Decimal(0)
    _check_charges(claims, told)
    back = remittance(*map(negated, said), trace="BACK", plbs=_plbs(adjusted, -1))
    arrive_and_post(bench, back, control=2)
    assert books() == before


def _plbs(adjusted: Any, sign: int) -> list[ProviderAdjustment]:
    return [plb(code, Decimal(sign * amount) / 100, "REF") for code, amount in adjusted if amount]


def _check_charges(claims: Any, told: Any) -> None:
    """Everything charged is paid, written off, or owed by somebody."""
    for claim, (amounts, _, answered) in zip(claims, told, strict=True):
        rows = list(ClaimLine.objects.filter(claim=claim).order_by("position"))
        found = owed([row.charge_id for row in rows])
        for row, amount, (paid, _) in zip(rows, amounts, answered, strict=True):
            lines = LedgerLine.objects.filter(charge=row.charge_id)
            written_off = total(lines.filter(account="contractual").values_list("amount", flat=True))
            open_now = found[row.charge_id].by_insurer + found[row.charge_id].by_client
            assert open_now + written_off == amount - paid


@given(CENTS, CENTS, CENTS, st.lists(CENTS, min_size=1, max_size=4))
def test_what_stands_at_a_claim_is_split_without_losing_a_cent(
    paid: Decimal, write_off: Decimal, patient: Decimal, weights: list[Decimal]
) -> None:
    charges = [ChargeFacts(place, 1, 1, 1, weight) for place, weight in enumerate(weights, 1)]
    found = answers(charges, {}, Part(Decimal(0), paid, write_off, patient))
    assert total(one.paid for one in found) == paid
    assert total(one.write_off for one in found) == write_off
    for one in found:
        lines = lines_of(one, Standing(insurer=one.facts.amount), payer_id=1, remittance_id=1)
        if lines:
            check(lines)


def test_nothing_paid_for_a_claim_that_is_not_ours_posts_nothing() -> None:
    assert not_ours(Decimal(0), "X", payer_id=1, remittance_id=1) == []
