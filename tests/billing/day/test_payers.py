"""Who is asked for what: never an insurer for a service that no insurer covers; units times the fee, to the cent."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from billing.models import Charge
from practice.models import PracticeSettings, Service
from scheduling.models import Attendance, AttendanceAddOn
from tests.billing.day.hands import Desk, accounts
from tests.scheduling.readiness import made


def charges() -> list[tuple[Any, ...]]:
    return list(Charge.objects.order_by("kind", "pk").values_list("kind", "code", "payer", "coverage", "amount"))


def uninsured(desk: Desk, fee: str = "80.00", **facts: Any) -> Service:
    row = Service.objects.create(code="99051", name="Coaching", insured=False, needs_diagnosis=False, **facts)
    row.fees.create(amount=Decimal(fee), starts_on=made.KEPT)
    return row


def with_copay(desk: Desk, copay: str, **facts: Any) -> Attendance:
    row = desk.session(**facts)
    row.coverage.copay = Decimal(copay)
    row.coverage.save()
    return row


def test_a_service_that_is_not_insured_is_the_clients_alone(desk: Desk) -> None:
    row = with_copay(desk, "25.00", service=uninsured(desk))
    assert desk.bill(row).billed_ids == [row.pk]
    assert charges() == [("session", "99051", None, None, Decimal("80.00"))]
    assert accounts() == {"client_receivable": Decimal("80.00"), "revenue": Decimal("-80.00")}


def test_an_insured_service_asks_the_client_for_the_copay_and_the_insurer_for_the_rest(desk: Desk) -> None:
    row = with_copay(desk, "25.00")
    desk.bill(row)
    assert charges() == [("session", "90834", desk.made["payer"].pk, row.coverage_id, Decimal("142.10"))]
    assert accounts() == {
        "client_receivable": Decimal("25.00"),
        "insurer_receivable": Decimal("117.10"),
        "revenue": Decimal("-142.10"),
    }


def test_an_add_on_that_is_not_insured_is_the_clients_beside_an_insured_session(desk: Desk) -> None:
    row = with_copay(desk, "25.00")
    extra = uninsured(desk, "19.95", kind="add_on", add_on_to=["90834"])
    AttendanceAddOn.objects.create(attendance=row, service=extra)
    desk.bill(row)
    payer = desk.made["payer"].pk
    assert charges() == [
        ("add_on", "99051", None, None, Decimal("19.95")),
        ("session", "90834", payer, row.coverage_id, Decimal("142.10")),
    ]
    assert accounts() == {
        "client_receivable": Decimal("44.95"),
        "insurer_receivable": Decimal("117.10"),
        "revenue": Decimal("-162.05"),
    }


@pytest.mark.parametrize("outcome", ["late_canceled", "no_show"])
def test_no_insurer_is_asked_for_an_absence(desk: Desk, outcome: str) -> None:
    PracticeSettings.objects.update(late_cancel_fee=Decimal("75.00"), no_show_fee=Decimal("75.00"))
    row = with_copay(desk, "25.00", status=outcome, actual_start=None, actual_stop=None, diagnoses=[])
    desk.bill(row)
    assert charges() == [(outcome.replace("ed", ""), "", None, None, Decimal("75.00"))]
    assert accounts() == {"client_receivable": Decimal("75.00"), "revenue": Decimal("-75.00")}


def test_units_cost_the_fee_as_often(desk: Desk) -> None:
    by_units = Service.objects.create(code="96131", name="Testing", units_rule="further hours")
    by_units.fees.create(amount=Decimal("61.13"), starts_on=made.KEPT)
    row = desk.session(service=by_units, units=3)
    desk.bill(row)
    charge = Charge.objects.get()
    assert (charge.units, charge.amount) == (3, Decimal("183.39"))
    assert accounts() == {"insurer_receivable": Decimal("183.39"), "revenue": Decimal("-183.39")}
