"""Whatever two payers answer, take back and answer anew: every charge is paid, written off or owed, and once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from billing.models import Claim, LedgerLine
from edi.remittances import model as x12
from edi.remittances.reversals import negated
from practice.money import ZERO, total
from tests.billing.claim_factories import answer
from tests.billing.secondary.hands import SECOND, Pair, charges, open_with

CENTS = st.integers(0, 20_000).map(lambda number: Decimal(number) / 100)
FIRST = ["CO-45", "PR-1", "PR-2", "PR-3", "CO-22", "CO-197", "OA-23"]
LATER = ["OA-23", "CO-45", "PR-1", "PR-2", "CO-197", "OA-1"]


@st.composite
def parts(draw: Any, amount: Decimal, codes: list[str]) -> tuple[Decimal, str]:
    """What is paid of an amount, and reasons for the rest, which sum to it exactly."""
    left, reasons = amount, []
    for code in draw(st.lists(st.sampled_from(codes), max_size=3, unique=True)):
        cut = min(left, draw(CENTS))
        if cut:
            reasons.append(f"{code} {cut}")
            left -= cut
    return left, ",".join(reasons)


@st.composite
def stories(draw: Any) -> dict[str, Any]:
    """A charge, what the client paid of the copay, and the answers of both payers in some order."""
    amount = draw(CENTS.filter(lambda one: one >= 1))
    copay = min(draw(CENTS), amount)
    return {
        "amount": amount,
        "copay": copay,
        "paid": draw(st.sampled_from([Decimal(0), copay])),
        "first": draw(parts(amount, FIRST)),
        "later": draw(parts(amount, LATER)),
        "again": draw(st.none() | parts(amount, FIRST)),
        "back": draw(st.booleans()),
    }


@given(stories())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_cent_is_paid_written_off_or_owed_by_one(pair: Pair, story: dict[str, Any]) -> None:
    with rolled_back():
        _live(pair, story)


@contextmanager
def rolled_back() -> Iterator[None]:
    """Every example starts from the same books."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _live(pair: Pair, story: dict[str, Any]) -> None:
    claim = pair.claim(story["amount"], copay=story["copay"])
    if story["paid"]:
        pair.pays(claim, str(story["paid"]))
    first = answer(claim, *story["first"])
    pair.says(first)
    _foots(claim, story["amount"])
    second = Claim.objects.filter(follows=claim).first()
    said: x12.ClaimPayment | None = None
    if second is not None:
        assert _client_owes(claim) == ZERO
        pair.sent(claim)
        second.refresh_from_db()
        said = pair.second_says(second, *story["later"])
        _foots(claim, story["amount"])
        _owes_once(claim, story)
    if story["again"] is not None:
        pair.says(negated(first), answer(claim, *story["again"]))
        _foots(claim, story["amount"])
    if said is not None and story["back"]:
        pair.says(negated(said), payer=SECOND)
        _foots(claim, story["amount"])


def _foots(claim: Claim, amount: Decimal) -> None:
    """The charge is what payers and client paid, what was written off, and what each still owes."""
    lines = LedgerLine.objects.filter(charge__in=charges(claim))
    sums = {
        account: total(line.amount for line in lines if line.account == account)
        for account in ("payer_clearing", "contractual", "insurer_receivable", "client_receivable")
    }
    paid = -total(
        line.amount
        for line in lines.select_related("entry__reverses")
        if line.account == "client_receivable" and _is_payment(line)
    )
    assert total(sums.values()) + paid == amount
    first, later, client = (Decimal(one) for one in open_with(claim))
    assert first + later + client == sums["insurer_receivable"] + sums["client_receivable"]


def _owes_once(claim: Claim, story: dict[str, Any]) -> None:
    """After both answered nobody owes what was paid: together they owe no more than the charge less what came in."""
    first, later, client = (Decimal(one) for one in open_with(claim))
    came_in = story["first"][0] + story["later"][0]
    assert client >= ZERO
    assert first + later + client <= max(story["amount"] - came_in, ZERO) or min(first, later) < ZERO
    if came_in + _written_off(claim) <= story["amount"]:
        assert min(first, later) >= ZERO


def _written_off(claim: Claim) -> Decimal:
    return total(line.amount for line in LedgerLine.objects.filter(charge__in=charges(claim), account="contractual"))


def _client_owes(claim: Claim) -> Decimal:
    return Decimal(open_with(claim)[2])


def _is_payment(line: LedgerLine) -> bool:
    kind = line.entry.reverses.kind if line.entry.reverses else line.entry.kind
    return kind in {"payment", "apply"}
