"""The running account foots to the ledger, whatever happened in whatever order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from billing.models import Account, ClientPayment, Entry, LedgerLine
from billing.money import running, selectors, services
from billing.money.errors import MoneyRefusedError
from billing.receivables import balance
from practice.money import ZERO, total
from tests.billing.money.conftest import TODAY, Books
from tests.people import Cast

Step = tuple[str, int, Decimal]
VERBS = ("pay", "pay_oldest", "refund", "apply", "unapply", "write_off", "move", "back", "reverse", "undo")
amounts = st.integers(1, 20000).map(lambda cents: Decimal(cents) / 100)
steps = st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 9), amounts), max_size=12)


def take(books: Books, step: Step) -> None:
    """One act; what the services refuse changes nothing."""
    verb, which, amount = step
    charge = (books.old, books.new, books.insured)[which % 3]
    money: dict[str, Any] = {"actor": books.bob, "charge_id": charge.pk, "amount": amount}
    acts: dict[str, Callable[[], Any]] = {
        "pay": lambda: services.take_payment(**books.pays(str(amount), applications={charge.pk: amount / 2})),
        "pay_oldest": lambda: services.take_payment(**books.pays(str(amount))),
        "refund": lambda: services.refund(
            actor=books.bob, client_id=books.maya.pk, method="cash", amount=amount, paid_on=TODAY
        ),
        "apply": lambda: services.apply_credit(actor=books.bob, client_id=books.maya.pk),
        "unapply": lambda: services.unapply(**money),
        "write_off": lambda: services.write_off(**money, reason="Hardship"),
        "move": lambda: services.move(**money, to="client"),
        "back": lambda: services.move(**money, to="insurer"),
        "reverse": lambda: services.reverse_payment(actor=books.bob, payment_id=_nth(ClientPayment, which)),
        "undo": lambda: services.undo_entry(actor=books.bob, entry_id=_nth(Entry, which)),
    }
    with suppress(MoneyRefusedError):
        acts[verb]()


def _nth(model: Any, which: int) -> int:
    ids = list(model.objects.order_by("-pk").values_list("pk", flat=True))
    if not ids:
        raise MoneyRefusedError("There is none.")
    return int(ids[which % len(ids)])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_the_running_account_foots_to_the_ledger(books: Books, taken: list[Step]) -> None:
    mark = transaction.savepoint()
    for step in taken:
        take(books, step)
    rows, found = running.account(books.maya.pk, TODAY), balance(books.maya.pk)
    assert rows[-1].client_after == found.owes - found.credit
    assert rows[-1].insurer_after == found.insurers_owe
    assert total(row.of_client for row in rows) == rows[-1].client_after
    assert total(line.amount for line in LedgerLine.objects.all()) == ZERO
    assert found.owes >= ZERO
    assert found.insurers_owe >= ZERO
    assert found.credit >= ZERO
    _no_charge_below_zero(books)
    transaction.savepoint_rollback(mark)


def _no_charge_below_zero(books: Books) -> None:
    for row in selectors.open_charges(books.maya.pk, TODAY):
        assert row.by_client >= ZERO
        assert row.by_insurer >= ZERO
        assert row.paid >= ZERO


def test_every_line_says_what_happened_and_what_stands_after_it(books: Books) -> None:
    services.take_payment(**books.pays("300.00", reference="1042"))
    services.write_off(
        actor=books.bob, charge_id=books.insured.pk, amount=Decimal("42.00"), reason="Late", owed_by="insurer"
    )
    rows = running.account(books.maya.pk, TODAY)
    assert [(row.words, row.client_after, row.insurer_after) for row in rows] == [
        ("90834 of Nov 2", Decimal("150.00"), Decimal("0.00")),
        ("90834 of Nov 9", Decimal("250.00"), Decimal("0.00")),
        ("90834 of Nov 10", Decimal("275.00"), Decimal("142.00")),
        ("Paid by check 1042", Decimal("-25.00"), Decimal("142.00")),
        ("Written off: 90834 of Nov 10", Decimal("-25.00"), Decimal("100.00")),
    ]
    assert rows[-1].why == "Late"
    assert rows[-1].is_undoable
    assert not rows[0].is_undoable


def test_every_page_of_the_account_foots_to_the_one_before(books: Books) -> None:
    for _ in range(60):
        services.take_payment(**books.pays("1.25"))
    newest, oldest = (running.account_page(books.maya.pk, TODAY, number) for number in ("1", "2"))
    assert (len(newest.lines), len(oldest.lines)) == (50, 13)
    for one in (newest, oldest):
        assert one.oldest.client_before + one.of_client == one.newest.client_after
        assert one.oldest.insurer_before + one.of_insurer == one.newest.insurer_after
    assert newest.oldest.client_before == oldest.newest.client_after
    assert (oldest.oldest.client_before, oldest.oldest.insurer_before) == (ZERO, ZERO)
    assert newest.newest.client_after == balance(books.maya.pk).owes


def test_every_row_opens_what_it_is_about(books: Books) -> None:
    payment = services.take_payment(**books.pays("300.00", reference="1042"))
    gone = services.take_payment(**books.pays("5.00"))
    services.reverse_payment(actor=books.bob, payment_id=gone.pk)
    rows = running.account(books.maya.pk, TODAY)
    opened = [(row.opens.page, row.opens.key) if row.opens else None for row in rows]
    charges = [("client_charge", row.pk) for row in (books.old, books.new, books.insured)]
    assert opened == [*charges, ("payment_receipt", payment.pk), None, None]
    assert running.account_of_charge(books.old.pk, TODAY)[0].opens is None


def test_what_was_undone_says_so(books: Books) -> None:
    payment = services.take_payment(**books.pays("10.00"))
    services.reverse_payment(actor=books.bob, payment_id=payment.pk)
    assert running.account(books.maya.pk, TODAY)[-1].words == "Undone: Paid by check"
    assert [row.is_reversed for row in selectors.payments(books.maya.pk).rows] == [True]


def test_the_account_and_the_tables_take_a_fixed_number_of_queries(
    books: Books, django_assert_num_queries: Any
) -> None:
    for day in range(1, 9):
        services.take_payment(**books.pays("20.00", received_on=dt.date(2026, 11, day)))
    with django_assert_num_queries(1):
        running.account(books.maya.pk, TODAY)
    with django_assert_num_queries(3):
        selectors.open_charges(books.maya.pk, TODAY)
    with django_assert_num_queries(3):
        selectors.payments(books.maya.pk)


def test_accounts_of_the_ledger_are_the_sum_of_clients(books: Books, people: Cast) -> None:
    from billing.money import overview

    services.take_payment(**books.pays("300.00"))
    found = overview.client_money(books.bob, show="all")
    for name, account, sign in (
        ("owes", Account.CLIENT_RECEIVABLE, 1),
        ("insurers_owe", Account.INSURER_RECEIVABLE, 1),
        ("credit", Account.CLIENT_CREDIT, -1),
    ):
        in_ledger = sign * total(line.amount for line in LedgerLine.objects.filter(account=account))
        assert total(getattr(row, name) for row in found.rows) == getattr(found.totals, name) == in_ledger
