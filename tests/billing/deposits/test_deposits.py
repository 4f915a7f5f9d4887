"""Payments not seen in the bank, and a statement that marks several by their trace numbers."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from billing.deposits.reading import rows
from billing.deposits.selectors import compare, waiting
from billing.models import Remittance
from billing.remittances import services
from tests.billing.claim_factories import Bench, answer, books, remittance
from tests.billing.remittances.hands import arrive, arrive_and_post
from tests.billing.remittances.rooms import Room, url

TODAY = dt.date(2026, 11, 17)
STATEMENT = """Date,Description,Debit,Credit,Balance
11/16/2026,"KEYSTONE HCCLAIMPMT TRN*1*EFT0001*1234567890~",,120.00,9120.00
11/16/2026,"KEYSTONE HCCLAIMPMT TRN*1*EFT0002*1234567890~",,80.00,9200.00
11/16/2026,RENT,1500.00,,7700.00
"""


def paid(bench: Bench, number: int, amount: str) -> Remittance:
    said = remittance(answer(bench.claim(amount), amount), trace=f"EFT000{number}")
    return arrive_and_post(bench, said, control=number)[0]


def problems(bench: Bench, text: str) -> dict[str, str]:
    found = compare(bench.biller, rows(text), TODAY)
    return {one.remittance.trace: one.problem for one in found.seen}


def test_rows_are_read_whatever_the_columns_are(bench: Bench) -> None:
    found = rows(STATEMENT)
    assert [(one.on, one.amounts) for one in found] == [
        (dt.date(2026, 11, 16), (Decimal("120.00"), Decimal("9120.00"))),
        (dt.date(2026, 11, 16), (Decimal("80.00"), Decimal("9200.00"))),
        (dt.date(2026, 11, 16), (Decimal("1500.00"), Decimal("7700.00"))),
    ]
    [semicolon] = rows("2026-11-16;EFT0001;($120.00)")
    assert (semicolon.amounts, semicolon.names("eft0001"), semicolon.names("EFT")) == (
        (Decimal("-120.00"),),
        True,
        False,
    )


def test_what_agrees_can_be_marked_and_differences_are_said(bench: Bench) -> None:
    paid(bench, 1, "120.00")
    paid(bench, 2, "85.00")
    assert problems(bench, STATEMENT) == {
        "EFT0001": "",
        "EFT0002": "The bank has $80.00, $5.00 less than the $85.00 of the payment.",
    }
    assert [str(one.amount) for one in waiting(bench.biller)] == ["120.00", "85.00"]


def test_what_is_not_posted_or_in_the_bank_already_is_said(bench: Bench) -> None:
    row = paid(bench, 1, "120.00")
    services.record_deposit(row.pk, amount=Decimal("120.00"), on=TODAY, actor=bench.biller, practice=bench.practice)
    arrive(bench, remittance(answer(bench.claim("80.00"), "80.00"), trace="EFT0002"), control=2)
    found = problems(bench, STATEMENT)
    assert found["EFT0001"] == "Its deposit is recorded already, or it paid nothing."
    assert found["EFT0002"] == "It is ready to post. Post it first."


@pytest.mark.parametrize(
    ("row", "words"), [("EFT0001,120.00", "no date"), ("11/18/2026,EFT0001,120.00", "in the future")]
)
def test_a_day_that_cannot_be_is_said(bench: Bench, row: str, words: str) -> None:
    paid(bench, 1, "120.00")
    assert words in problems(bench, row)["EFT0001"]


def test_the_page_marks_those_that_agree(room: Room) -> None:
    with room.open():
        paid(room.bench, 1, "120.00")
        paid(room.bench, 2, "85.00")
    assert "2 payments" in room.get("deposits")
    page = room.bob.post(url("choose_deposits"), {"text": STATEMENT}).content.decode()
    for words in ("3 rows read, 1 names no payment of yours", "Mark 1 deposit · $120.00", "$5.00 less than"):
        assert words in page
    with room.open():
        row = Remittance.objects.get(trace="EFT0001")
    said = room.post("mark_deposits", deposit=[f"{row.pk}|120.00|2026-11-16"])
    assert "1 deposit is recorded, $120.00." in said
    with room.open():
        assert books()["bank"] == "120.00"
    again = room.post("mark_deposits", deposit=[f"{row.pk}|120.00|2026-11-16"])
    assert "EFT0001 was left" in again
    assert "Choose the payments that are in the bank." in room.post("mark_deposits", deposit=["x"])


def test_a_statement_without_amounts_is_refused(room: Room) -> None:
    response = room.bob.post(url("choose_deposits"), {"text": "hello"})
    assert response.status_code == 422
    assert "No row with an amount was found." in response.content.decode()


@given(st.text(max_size=300))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_pasted_is_read_without_a_crash(text: str) -> None:
    assert isinstance(rows(text), list)
