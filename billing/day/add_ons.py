"""What the add-ons of attendances cost: the amount entered, or the practice's fee for each unit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from practice.money import cents
from scheduling import units
from scheduling.models import AttendanceAddOn
from scheduling.readiness import Facts


@dataclass(frozen=True, slots=True)
class AddOnPrice:
    """One add-on with its amount in dollars, all units together; None while nothing says what it costs."""

    id: int
    service_id: int
    code: str
    name: str
    units: int
    counted: bool
    amount: Decimal | None
    entered: bool


def price_add_ons(facts: Sequence[Facts]) -> dict[int, tuple[AddOnPrice, ...]]:
    """The add-ons of each attendance by its id; one query, and none where nothing has any."""
    by_id = {one.key: one for one in facts if one.add_ons}
    found: dict[int, tuple[AddOnPrice, ...]] = {}
    if not by_id:
        return found
    rows = AttendanceAddOn.objects.filter(attendance__in=list(by_id)).select_related("service").order_by("pk")
    for row in rows:
        one = by_id[row.attendance_id]
        found[one.key] = (*found.get(one.key, ()), _priced(row, one))
    return found


def fix_add_ons(prices: Mapping[int, Sequence[AddOnPrice]], attendance_ids: Collection[int]) -> None:
    """Writes the amounts that nobody entered, in one statement."""
    rows = [
        AttendanceAddOn(pk=one.id, fee=one.amount)
        for number in attendance_ids
        for one in prices.get(number, ())
        if not one.entered
    ]
    AttendanceAddOn.objects.bulk_update(rows, ["fee"], batch_size=500)


def _priced(row: AttendanceAddOn, facts: Facts) -> AddOnPrice:
    if row.fee is not None:
        return _of(row, row.fee, entered=True)
    beside = (one.service for one in facts.add_ons if one.service.id == row.service_id)
    fee = next((service.fee_on(facts.date) for service in beside), None)
    return _of(row, None if fee is None else cents(fee * row.units), entered=False)


def _of(row: AttendanceAddOn, amount: Decimal | None, *, entered: bool) -> AddOnPrice:
    service = row.service
    counted = not units.is_once(service.units_rule)
    return AddOnPrice(row.pk, service.pk, service.code, service.name, row.units, counted, amount, entered)
