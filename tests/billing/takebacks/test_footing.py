"""Whatever payers withhold, defer, give back and take back: takebacks and other balances are the ledger's balance."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from billing.models import Account, LedgerLine, Takeback
from billing.remittances.selectors.balances import other_balances
from billing.takebacks.figures import UNDONE, Figures, Happened, fold
from billing.takebacks.recording import figures_of
from billing.takebacks.selectors.listing import sums
from edi.remittances.reversals import negated
from practice.money import ZERO, total
from tests.billing.claim_factories import Bench, answer, plb
from tests.billing.remittances.test_properties import rolled_back
from tests.billing.takebacks.test_feeding import pays

REASONS = st.sampled_from(["WO", "FB", "72", "CS", "J1", "IS"])
STEPS = st.lists(
    st.tuples(REASONS, st.integers(-9000, 9000).filter(bool), st.sampled_from(["REF1", "ref 1", "2026ICN00002", ""])),
    max_size=4,
)


@given(st.lists(STEPS, min_size=1, max_size=4), st.booleans())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_takebacks_and_other_balances_are_the_payer_balance(bench: Bench, told: Any, taken_back: bool) -> None:
    with rolled_back():
        paid = answer(bench.claim("150.00"), "95.00", "CO-45 55.00", icn="2026ICN00002")
        pays(bench, 1, paid)
        if taken_back:
            pays(bench, 2, negated(paid))
        for number, step in enumerate(told, 3):
            pays(bench, number, plbs=tuple(plb(code, Decimal(cents) / 100, name) for code, cents, name in step))
        check_footing(bench)


def check_footing(bench: Bench) -> None:
    """By payer, and as the list's figures say it; what is kept on the records is what their events come to."""
    rows = list(Takeback.objects.all())
    figures = figures_of([row.pk for row in rows])
    for row in rows:
        one = figures[row.pk]
        kept = Figures(row.demanded, row.open_amount, row.announced_left, row.unplaced)
        assert (kept, row.status) == (one, one.state)
        lines = LedgerLine.objects.filter(account=Account.PAYER_BALANCE, payer=row.payer_id, reference=row.reference)
        assert one.balance == -lines.aggregate(sum=Sum("amount", default=ZERO))["sum"]
    held = -LedgerLine.objects.filter(account=Account.PAYER_BALANCE).aggregate(sum=Sum("amount", default=ZERO))["sum"]
    known = total(figures[row.pk].balance for row in rows)
    others = total(one.amount for one in other_balances())
    assert known + others == held
    shown = sums(bench.biller)
    assert (shown.balance, shown.ledger, shown.other) == (held, held, others)


AMOUNTS = st.integers(-9999, 9999).map(lambda number: Decimal(number) / 100)


@given(st.lists(st.tuples(AMOUNTS, st.integers(0, 3)), max_size=6), st.none() | AMOUNTS.map(abs))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_figures_never_fall_below_nothing_and_keep_the_balance(told: Any, letter: Decimal | None) -> None:
    events = [Happened("payment", balance=amount, remittance_id=number) for amount, number in told]
    found = fold([*events, Happened("letter", announced=letter)])
    assert min(found.demanded, found.open, found.announced_left, found.unplaced, found.taken) >= ZERO
    assert found.balance == total(amount for amount, _ in told)


@given(st.lists(st.tuples(AMOUNTS, st.integers(0, 3)), max_size=5), AMOUNTS)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_what_is_undone_never_was(told: Any, amount: Decimal) -> None:
    events = [Happened("payment", balance=one, remittance_id=number) for one, number in told]
    more = [Happened("payment", balance=amount, remittance_id=9), Happened(UNDONE, balance=-amount, remittance_id=9)]
    assert fold([*events, *more]) == fold(events)
