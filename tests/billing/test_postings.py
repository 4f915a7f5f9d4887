"""What each event in money posts: every builder balances, and undoing it leaves nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.ledger import postings
from billing.ledger.postings import ChargeFacts, Posting, UnbalancedError
from billing.models import Account
from practice.money import total

amounts = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("99999.99"), places=2)
FACTS = ChargeFacts(charge_id=1, client_id=2, clinician_id=3, payer_id=4, amount=Decimal("142.00"))
SELF_PAY = ChargeFacts(charge_id=1, client_id=2, clinician_id=3, payer_id=None, amount=Decimal("142.00"))


def by_account(lines: list[Posting]) -> dict[str, Decimal]:
    return {account: total(line.amount for line in lines if line.account == account) for account in accounts(lines)}


def accounts(lines: list[Posting]) -> set[str]:
    return {line.account for line in lines}


def test_an_insured_charge_is_owed_by_the_insurer() -> None:
    found = by_account(postings.charge(FACTS))
    assert found == {Account.INSURER_RECEIVABLE: Decimal("142.00"), Account.REVENUE: Decimal("-142.00")}


def test_the_copay_is_owed_by_the_client_at_once_and_never_more_than_the_charge() -> None:
    shared = ChargeFacts(1, 2, 3, 4, Decimal("142.00"), copay=Decimal("25.00"))
    assert by_account(postings.charge(shared))[Account.INSURER_RECEIVABLE] == Decimal("117.00")
    small = ChargeFacts(1, 2, 3, 4, Decimal("20.00"), copay=Decimal("25.00"))
    assert by_account(postings.charge(small)) == {
        Account.CLIENT_RECEIVABLE: Decimal("20.00"),
        Account.REVENUE: Decimal("-20.00"),
    }


def test_a_self_pay_charge_is_owed_by_the_client() -> None:
    assert Account.CLIENT_RECEIVABLE in accounts(postings.charge(SELF_PAY))


def test_what_a_payment_does_not_cover_becomes_credit() -> None:
    lines = postings.payment(Decimal("200.00"), 2, [(SELF_PAY, Decimal("142.00"))])
    assert by_account(lines) == {
        Account.BANK: Decimal("200.00"),
        Account.CLIENT_RECEIVABLE: Decimal("-142.00"),
        Account.CLIENT_CREDIT: Decimal("-58.00"),
    }


def test_a_payment_that_is_used_up_leaves_no_line_of_zero() -> None:
    lines = postings.payment(Decimal("142.00"), 2, [(SELF_PAY, Decimal("142.00"))])
    assert Account.CLIENT_CREDIT not in accounts(lines)


@given(amounts)
def test_every_builder_balances_and_its_negation_undoes_it(amount: Decimal) -> None:
    facts = ChargeFacts(1, 2, 3, 4, amount)
    for lines in (
        postings.charge(facts),
        postings.payment(amount, 2, []),
        postings.apply_credit(facts, amount),
        postings.release(facts, amount),
        postings.refund(amount, 2),
        postings.write_off(facts, amount, bad_debt=True, from_insurer=False),
        postings.write_off(facts, amount, bad_debt=False, from_insurer=True),
        postings.to_client(facts, amount),
        postings.to_insurer(facts, amount),
    ):
        postings.check(lines)
        both = lines + postings.negation(lines)
        assert set(by_account(both).values()) == {Decimal("0.00")}


def test_lines_that_do_not_sum_to_zero_are_refused() -> None:
    with pytest.raises(UnbalancedError, match=r"off by 0\.01"):
        postings.check([Posting(Account.BANK, Decimal("1.00")), Posting(Account.CLIENT_CREDIT, Decimal("-0.99"))])
    with pytest.raises(UnbalancedError, match="needs lines"):
        postings.check([])
