"""Undo: the exact opposite, once, and nothing that later entries rest on."""

from __future__ import annotations

from decimal import Decimal

import pytest

from billing.charges import undo_many
from billing.models import Entry
from billing.money import services
from billing.money.errors import MoneyRefusedError
from billing.receivables import balance, owed, paid_by_client
from tests.billing.money.conftest import TODAY, Books


def D(amount: str) -> Decimal:  # noqa: N802 - reads as the type it makes
    return Decimal(amount)


def test_a_payment_typed_wrongly_is_owed_again(books: Books) -> None:
    before = balance(books.maya.pk)
    payment = services.take_payment(**books.pays("180.00"))
    reversal = services.reverse_payment(actor=books.bob, payment_id=payment.pk)
    assert balance(books.maya.pk) == before
    assert (reversal.payment_id, reversal.reverses.kind) == (payment.pk, Entry.Kind.PAYMENT)
    with pytest.raises(MoneyRefusedError, match="undone already"):
        services.reverse_payment(actor=books.bob, payment_id=payment.pk)


def test_reversing_follows_money_that_was_moved_to_another_charge(books: Books) -> None:
    before = balance(books.maya.pk)
    payment = services.take_payment(**books.pays("150.00"))
    services.unapply(actor=books.bob, charge_id=books.old.pk, amount=D("150.00"))
    services.apply_credit(actor=books.bob, client_id=books.maya.pk, applications={books.new.pk: D("100.00")})
    services.reverse_payment(actor=books.bob, payment_id=payment.pk)
    assert balance(books.maya.pk) == before
    assert set(paid_by_client([books.old.pk, books.new.pk]).values()) == {D("0.00")}
    assert owed([books.new.pk])[books.new.pk].by_client == D("100.00")


def test_reversing_a_payment_on_a_charge_taken_back_leaves_no_credit(books: Books) -> None:
    payment = services.take_payment(**books.pays("150.00"))
    undo_many([books.old.attendance_id], practice=books.practice, actor=books.bob, reason="Typed wrongly")
    assert balance(books.maya.pk).credit == D("150.00")
    services.reverse_payment(actor=books.bob, payment_id=payment.pk)
    assert (balance(books.maya.pk).owes, balance(books.maya.pk).credit) == (D("125.00"), D("0.00"))


def test_a_payment_that_was_refunded_is_not_reversed_before_the_refund(books: Books) -> None:
    payment = services.take_payment(**books.pays("300.00"))
    refund = services.refund(actor=books.bob, client_id=books.maya.pk, method="cash", amount=D("25.00"), paid_on=TODAY)
    with pytest.raises(MoneyRefusedError, match=r"\$25\.00 of this money was refunded"):
        services.reverse_payment(actor=books.bob, payment_id=payment.pk)
    services.reverse_payment(actor=books.bob, payment_id=refund.pk)
    services.reverse_payment(actor=books.bob, payment_id=payment.pk)
    assert (balance(books.maya.pk).owes, balance(books.maya.pk).credit) == (D("275.00"), D("0.00"))


def test_a_write_off_and_a_move_are_undone_once(books: Books) -> None:
    before = owed([books.insured.pk])
    off = services.write_off(actor=books.bob, charge_id=books.insured.pk, amount=D("25.00"), reason="Hardship")
    moved = services.move(actor=books.bob, charge_id=books.insured.pk, amount=D("42.00"), to="client")
    for entry in (off, moved):
        services.undo_entry(actor=books.bob, entry_id=entry.pk)
    assert owed([books.insured.pk]) == before
    with pytest.raises(MoneyRefusedError, match="undone already"):
        services.undo_entry(actor=books.bob, entry_id=off.pk)


def test_a_move_that_was_paid_since_is_not_undone(books: Books) -> None:
    moved = services.move(actor=books.bob, charge_id=books.insured.pk, amount=D("42.00"), to="client")
    services.take_payment(**books.pays("67.00", applications={books.insured.pk: D("67.00")}))
    with pytest.raises(MoneyRefusedError, match=r"paid \$42\.00 too much"):
        services.undo_entry(actor=books.bob, entry_id=moved.pk)


def test_credit_that_was_used_since_is_not_taken_back(books: Books) -> None:
    services.take_payment(**books.pays("150.00"))
    released = services.unapply(actor=books.bob, charge_id=books.old.pk, amount=D("150.00"))
    services.apply_credit(actor=books.bob, client_id=books.maya.pk, applications={books.new.pk: D("100.00")})
    with pytest.raises(MoneyRefusedError, match=r"\$100\.00 of this credit was used"):
        services.undo_entry(actor=books.bob, entry_id=released.pk)


def test_a_charge_or_a_payment_is_not_undone_as_an_entry(books: Books) -> None:
    for entry in Entry.objects.filter(kind=Entry.Kind.CHARGE):
        with pytest.raises(MoneyRefusedError, match="Only write-offs"):
            services.undo_entry(actor=books.bob, entry_id=entry.pk)
