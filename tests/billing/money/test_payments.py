"""Payments and refunds: applied, kept as credit, and never more than there is."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from billing.models import ClientPayment, Entry
from billing.money import services
from billing.money.errors import MoneyRefusedError
from billing.receivables import ClientBalance, balance, owed
from practice.models import AuditEvent
from tests.billing.money.conftest import TODAY, Books
from tests.billing.money.making import make_charge, make_client, make_clinician
from tests.people import Cast


def D(amount: str) -> Decimal:  # noqa: N802 - reads as the type it makes
    return Decimal(amount)


def test_a_payment_fills_the_oldest_charges_first(books: Books) -> None:
    services.take_payment(**books.pays("180.00"))
    found = owed([books.old.pk, books.new.pk])
    assert (found[books.old.pk].by_client, found[books.new.pk].by_client) == (D("0.00"), D("70.00"))
    assert balance(books.maya.pk).credit == 0


def test_what_no_charge_needs_stays_as_credit(books: Books) -> None:
    services.take_payment(**books.pays("300.00"))
    assert balance(books.maya.pk) == ClientBalance(D("0.00"), D("142.00"), D("25.00"))


def test_a_payment_goes_where_it_is_told_to_and_the_rest_is_credit(books: Books) -> None:
    services.take_payment(**books.pays("60.00", applications={books.new.pk: D("40.00")}))
    found = balance(books.maya.pk)
    assert (found.owes, found.credit) == (D("235.00"), D("20.00"))


def test_a_payment_is_effective_on_the_day_it_was_received_and_written_down(books: Books) -> None:
    day = dt.date(2026, 11, 12)
    payment = services.take_payment(**books.pays("10.00", received_on=day, reference=" 1042 "))
    entry = Entry.objects.get(payment=payment)
    assert (entry.posted_on, entry.effective_on, payment.reference) == (TODAY, day, "1042")
    event = AuditEvent.objects.get(action="payment.taken")
    assert event.client_id == books.maya.pk
    assert event.after is not None
    assert event.after["applied"] == {str(books.old.pk): "10.00"}


@pytest.mark.parametrize(
    ("amount", "facts", "sentence"),
    [
        ("0.00", {}, "above"),
        ("10.005", {}, "two places"),
        ("10.00", {"received_on": dt.date(2026, 11, 18)}, "future"),
        ("99999999999.00", {}, "largest"),
    ],
)
def test_a_payment_that_cannot_be_is_refused(books: Books, amount: str, facts: dict[str, Any], sentence: str) -> None:
    with pytest.raises(MoneyRefusedError, match=sentence):
        services.take_payment(**books.pays(amount, **facts))
    assert not ClientPayment.objects.exists()


def test_no_charge_gets_more_than_the_client_owes_on_it(books: Books) -> None:
    with pytest.raises(MoneyRefusedError, match=r"owes \$100\.00 on 90834 of Nov 9") as refused:
        services.take_payment(**books.pays("200.00", applications={books.new.pk: D("100.01")}))
    assert refused.value.field == f"apply_{books.new.pk}"


def test_no_more_is_applied_than_was_paid(books: Books) -> None:
    with pytest.raises(MoneyRefusedError, match=r"\$50\.00 is applied, but only \$40\.00 was paid"):
        services.take_payment(**books.pays("40.00", applications={books.new.pk: D("50.00")}))


def test_a_charge_of_another_client_is_not_there(books: Books) -> None:
    other = make_client(2, "Hale")
    charge = make_charge(books.practice, other, make_clinician(npi=""), day=dt.date(2026, 11, 3))
    with pytest.raises(Http404):
        services.take_payment(**books.pays("40.00", applications={charge.pk: D("40.00")}))


def test_who_may_only_look_takes_no_payment(books: Books, people: Cast) -> None:
    with pytest.raises(PermissionDenied):
        services.take_payment(**books.pays("40.00", actor=people.actor(people.ivan)))


def test_a_refund_gives_credit_back_and_never_more(books: Books) -> None:
    services.take_payment(**books.pays("300.00"))
    facts: dict[str, Any] = {"actor": books.bob, "client_id": books.maya.pk, "method": "check", "paid_on": TODAY}
    with pytest.raises(MoneyRefusedError, match=r"\$25\.00 of credit"):
        services.refund(amount=D("25.01"), **facts)
    services.refund(amount=D("25.00"), **facts)
    assert balance(books.maya.pk).credit == 0
    with pytest.raises(MoneyRefusedError, match=r"\$0\.00 of credit"):
        services.refund(amount=D("0.01"), **facts)


def test_credit_pays_the_oldest_charges_and_can_be_taken_off_again(books: Books) -> None:
    services.take_payment(**books.pays("120.00", applications={}))
    services.apply_credit(actor=books.bob, client_id=books.maya.pk)
    assert (balance(books.maya.pk).owes, balance(books.maya.pk).credit) == (D("155.00"), D("0.00"))
    with pytest.raises(MoneyRefusedError, match=r"has paid \$120\.00 on 90834 of Nov 2"):
        services.unapply(actor=books.bob, charge_id=books.old.pk, amount=D("120.01"))
    services.unapply(actor=books.bob, charge_id=books.old.pk, amount=D("120.00"))
    assert (balance(books.maya.pk).owes, balance(books.maya.pk).credit) == (D("275.00"), D("120.00"))


def test_no_more_credit_is_applied_than_there_is(books: Books) -> None:
    services.take_payment(**books.pays("20.00", applications={}))
    with pytest.raises(MoneyRefusedError, match=r"\$20\.00 of credit"):
        services.apply_credit(actor=books.bob, client_id=books.maya.pk, applications={books.old.pk: D("21.00")})
    services.apply_credit(actor=books.bob, client_id=books.maya.pk)
    with pytest.raises(MoneyRefusedError, match="Say how much"):
        services.apply_credit(actor=books.bob, client_id=books.maya.pk)
