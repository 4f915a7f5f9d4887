"""Working a denial: what a person says of it, and what the books say after."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from billing.models import Denial
from billing.remittances import denials
from billing.remittances.errors import RemittanceRefusedError
from tests.billing.claim_factories import Bench, answer, books, remittance
from tests.billing.remittances.hands import arrive_and_post


@pytest.fixture
def denial(bench: Bench) -> Denial:
    claim = bench.claim("150.00", copay="25.00")
    arrive_and_post(bench, remittance(answer(claim, "0.00", "PR-27 150.00")))
    return Denial.objects.get()


def test_written_off_closes_what_was_open(bench: Bench, denial: Denial) -> None:
    denials.resolve(denial.pk, resolution="written_off", note="Too late", actor=bench.biller)
    assert books() == {"client_receivable": "25.00", "revenue": "-150.00", "write_off": "125.00"}
    denial.refresh_from_db()
    assert (denial.status, denial.resolution, denial.note) == ("resolved", "written_off", "Too late")
    with pytest.raises(RemittanceRefusedError, match="closed already"):
        denials.resolve(denial.pk, resolution="written_off", note="", actor=bench.biller)
    with pytest.raises(RemittanceRefusedError, match="Nothing is open"):
        denials.reopen(denial.pk, actor=bench.biller)


def test_moved_to_the_client(bench: Bench, denial: Denial) -> None:
    denials.resolve(denial.pk, resolution="to_client", note="", actor=bench.biller)
    assert books() == {"client_receivable": "150.00", "revenue": "-150.00"}


def test_what_the_contract_takes_off_is_not_moved_to_the_client(bench: Bench) -> None:
    claim = bench.claim("150.00")
    arrive_and_post(bench, remittance(answer(claim, "0.00", "CO-197 150.00")))
    before = books()
    with pytest.raises(RemittanceRefusedError, match="under the contract"):
        denials.resolve(Denial.objects.get().pk, resolution="to_client", note="", actor=bench.biller)
    assert books() == before


def test_it_waits_until_a_day_and_is_opened_again(bench: Bench, denial: Denial) -> None:
    facts: Any = {"actor": bench.biller, "practice": bench.practice, "note": "Called Keystone"}
    with pytest.raises(RemittanceRefusedError, match="has passed"):
        denials.follow_up(denial.pk, on=dt.date(2026, 11, 1), **facts)
    row = denials.follow_up(denial.pk, on=dt.date(2026, 12, 1), **facts)
    assert (row.status, row.follow_up_on, row.note) == ("waiting", dt.date(2026, 12, 1), "Called Keystone")
    denials.resolve(denial.pk, resolution="appealed", note="", actor=bench.biller)
    row = denials.reopen(denial.pk, actor=bench.biller)
    assert (row.status, row.resolution) == ("open", "")


def test_a_later_payment_closes_it(bench: Bench, denial: Denial) -> None:
    arrive_and_post(bench, remittance(answer(denial.claim, "125.00", "PR-3 25.00"), trace="EFT2"), control=2)
    denial.refresh_from_db()
    assert (denial.status, denial.resolution) == ("resolved", "paid")


def test_a_second_refusal_replaces_the_first(bench: Bench, denial: Denial) -> None:
    arrive_and_post(bench, remittance(answer(denial.claim, "0.00", "CO-29 150.00"), trace="EFT2"), control=2)
    assert list(Denial.objects.order_by("pk").values_list("status", "resolution")) == [
        ("resolved", "taken_back"),
        ("open", ""),
    ]
