"""Write-offs and moves between client and insurer."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from billing.charges import undo_many
from billing.models import Account, LedgerLine
from billing.money import services
from billing.money.errors import MoneyRefusedError
from billing.receivables import Owed, owed
from practice.money import total
from tests.billing.money.conftest import Books


def D(amount: str) -> Decimal:  # noqa: N802 - reads as the type it makes
    return Decimal(amount)


def test_a_write_off_ends_what_the_client_owes(books: Books) -> None:
    facts: dict[str, Any] = {"actor": books.bob, "charge_id": books.old.pk}
    with pytest.raises(MoneyRefusedError, match="Say why") as refused:
        services.write_off(amount=D("150.00"), reason=" ", **facts)
    assert refused.value.field == "reason"
    with pytest.raises(MoneyRefusedError, match=r"client owes \$150\.00 on 90834 of Nov 2"):
        services.write_off(amount=D("150.01"), reason="Hardship", **facts)
    services.write_off(amount=D("150.00"), reason="Hardship", bad_debt=True, **facts)
    assert owed([books.old.pk])[books.old.pk] == Owed(D("0.00"), D("0.00"))
    assert total(line.amount for line in LedgerLine.objects.filter(account=Account.BAD_DEBT)) == D("150.00")


def test_what_an_insurer_owes_is_written_off_apart(books: Books) -> None:
    facts: dict[str, Any] = {
        "actor": books.bob,
        "charge_id": books.insured.pk,
        "reason": "Too late",
        "owed_by": "insurer",
    }
    with pytest.raises(MoneyRefusedError, match=r"insurer owes \$142\.00"):
        services.write_off(amount=D("150.00"), **facts)
    services.write_off(amount=D("142.00"), **facts)
    assert owed([books.insured.pk])[books.insured.pk] == Owed(D("0.00"), D("25.00"))


def test_a_charge_moves_to_the_client_and_back_but_never_more_than_is_open(books: Books) -> None:
    facts: dict[str, Any] = {"actor": books.bob, "charge_id": books.insured.pk}
    services.move(amount=D("42.00"), to="client", **facts)
    assert owed([books.insured.pk])[books.insured.pk] == Owed(D("100.00"), D("67.00"))
    with pytest.raises(MoneyRefusedError, match=r"insurer owes \$100\.00"):
        services.move(amount=D("100.01"), to="client", **facts)
    services.move(amount=D("67.00"), to="insurer", **facts)
    assert owed([books.insured.pk])[books.insured.pk] == Owed(D("167.00"), D("0.00"))


def test_a_self_pay_charge_has_no_insurer_to_move_to(books: Books) -> None:
    with pytest.raises(MoneyRefusedError, match="No insurer was asked"):
        services.move(actor=books.bob, charge_id=books.old.pk, amount=D("10.00"), to="insurer")


def test_nothing_is_posted_to_a_charge_that_was_taken_back(books: Books) -> None:
    undo_many([books.old.attendance_id], practice=books.practice, actor=books.bob, reason="Typed wrongly")
    with pytest.raises(MoneyRefusedError, match="was taken back"):
        services.write_off(actor=books.bob, charge_id=books.old.pk, amount=D("1.00"), reason="Small")
    services.take_payment(**books.pays("150.00"))
    assert owed([books.old.pk])[books.old.pk].by_client == 0


def test_undoing_a_charge_undoes_what_was_written_off_moved_and_paid_on_it(books: Books) -> None:
    facts: dict[str, Any] = {"actor": books.bob, "charge_id": books.insured.pk}
    services.move(amount=D("40.00"), to="client", reason="Deductible", **facts)
    services.write_off(amount=D("12.00"), reason="Hardship", **facts)
    services.take_payment(**books.pays("30.00", applications={books.insured.pk: D("30.00")}))
    undo_many([books.insured.attendance_id], practice=books.practice, actor=books.bob, reason="Wrong day")
    assert owed([books.insured.pk])[books.insured.pk] == Owed(D("0.00"), D("0.00"))
    credit = total(line.amount for line in LedgerLine.objects.filter(account=Account.CLIENT_CREDIT))
    assert credit == D("-30.00")
