"""Money taken back: never a payment below nothing, and in the end every cent."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from sandbox.takebacks import Carried, Debt, settle

cents = st.integers(-50_000, 50_000).map(lambda number: Decimal(number) / 100)


def test_what_a_payment_cannot_bear_is_carried_under_the_claims_number() -> None:
    settled = settle(Decimal("-60.00"), [("N1", Decimal("100.00"))], [], "WO")
    assert settled.entries == (Carried("WO", "N1", Decimal("-60.00")),)
    assert settled.debts == (Debt("WO", "N1", Decimal("60.00")),)


def test_later_payments_bear_it_oldest_first() -> None:
    debts = [Debt("WO", "N1", Decimal(60)), Debt("WO", "N2", Decimal(30))]
    settled = settle(Decimal(70), [], debts, "WO")
    assert settled.entries == (Carried("WO", "N1", Decimal(60)), Carried("WO", "N2", Decimal(10)))
    assert settled.debts == (Debt("WO", "N2", Decimal(20)),)


def test_a_payment_that_reaches_for_everything_leaves_nothing_owed() -> None:
    settled = settle(Decimal(100), [], [Debt("FB", "N1", Decimal(60))], "WO")
    assert settled.entries == (Carried("FB", "N1", Decimal(60)),)
    assert settled.debts == ()


@given(st.lists(st.lists(cents, min_size=1, max_size=5), max_size=12))
def test_no_payment_is_negative_and_what_was_paid_and_is_owed_is_what_was_decided(days: list[list[Decimal]]) -> None:
    debts: list[Debt] = []
    paid = decided = Decimal(0)
    for number, amounts in enumerate(days):
        net = sum(amounts, Decimal(0))
        lost = [(f"N{number}-{at}", -amount) for at, amount in enumerate(amounts) if amount < 0]
        settled = settle(net, lost, debts, "WO")
        payment = net - sum((entry.amount for entry in settled.entries), Decimal(0))
        assert payment >= 0
        paid, decided, debts = paid + payment, decided + net, list(settled.debts)
        assert paid - sum((debt.left for debt in debts), Decimal(0)) == decided
        assert all(debt.left > 0 for debt in debts)
