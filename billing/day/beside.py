"""Add-ons on the billing day: which fit a session, what a row shows of them, and how one is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db.models import Q

from billing.day.add_ons import AddOnPrice
from billing.day.shapes import Beside, Entry
from practice.models import Service
from scheduling import units
from scheduling.errors import AttendanceRefusedError
from scheduling.models import Attendance, AttendanceAddOn
from scheduling.readiness import Facts
from scheduling.readiness.facts import ServiceFacts

ADD: Final = "add_on"
REMOVE: Final = "remove_add_on"
_NO_NUMBER: Final = "Enter the units as a number."


def offered(facts: Facts) -> list[ServiceFacts]:
    """What the practice offers to be added to this session and is not on it yet."""
    if not facts.code or facts.is_absence or facts.is_canceled:
        return []
    there = {one.service.id for one in facts.add_ons}
    services = facts.practice.services
    return [one for one in services if one.is_active and facts.code in one.add_on_to and one.id not in there]


def beside_of(price: AddOnPrice) -> Beside:
    """An add-on as its row shows it."""
    return Beside(price.service_id, price.code, price.name, price.units, price.counted, price.amount)


def controls(name: str, row: Attendance) -> tuple[Entry, ...]:
    """Which add-on and how often; of one that is there already (`add_on.7`) only how often."""
    number = name.partition(".")[2]
    if number:
        found = row.add_ons.filter(service=int(number) if number.isdecimal() else 0).select_related("service").first()
        if found is None:
            return ()
        return (
            Entry("service", "", "hidden", number),
            Entry("units", f"Units of {found.service.code}", "number", str(found.units)),
        )
    main = row.service or row.session.service
    fitting = Q(is_active=True, add_on_to__contains=[main.code if main else ""])
    rows = Service.objects.filter(fitting).exclude(pk__in=row.add_ons.values("service")).order_by("code")
    choices = tuple((str(one.pk), str(one)) for one in rows)
    return (
        Entry("service", "Add-on", "select", "", (("", "Choose"), *choices)),
        Entry("units", "Units", "number", "1"),
    )


def read(values: Mapping[str, str]) -> tuple[int, int]:
    """The service and the units, from an entry or as `7:2` from a button; AttendanceRefusedError otherwise."""
    service, _, count = values.get("value", "").partition(":")
    service, count = service or values.get("service", ""), count or values.get("units", "") or "1"
    if not service.isdecimal():
        raise AttendanceRefusedError("Choose an add-on.", "service")
    if not count.strip().isdecimal():
        raise AttendanceRefusedError(_NO_NUMBER, "units")
    return int(service), int(count)


def units_of(attendance_id: int, service_id: int) -> int | None:
    """How often an add-on is on a session; None when it is not."""
    found = AttendanceAddOn.objects.filter(attendance=attendance_id, service=service_id)
    return found.values_list("units", flat=True).first()


def said(code: str, count: int) -> str:
    """`90785` or `90840, 2 units`."""
    return code if count == 1 else f"{code}, {units.in_words(count)}"
