"""What changes on which terms somebody works."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Final

from django.db import transaction

from clinicians.errors import TeamRefusedError
from clinicians.models import Clinician, Engagement
from clinicians.services._rows import locked
from clinicians.words import short, span
from practice.actors import Actor
from practice.overlaps import sharing_a_day
from practice.records import find, save_changed, save_new, today_of

_DAY = dt.timedelta(days=1)
_EMPLOYED: Final = frozenset({Engagement.Kind.W2_EXEMPT, Engagement.Kind.W2_NONEXEMPT})
_SHARED = "These days are taken by other terms of the same clinician."
_NINE = 9


@transaction.atomic
def add_engagement(*, actor: Actor, clinician_id: int, end_former: bool = False, **values: Any) -> Engagement:
    """New terms of work. `end_former` ends the ones before on the day before; otherwise shared days are refused."""
    actor.require("team:edit")
    clinician, today = locked(clinician_id), today_of(actor)
    row = Engagement(clinician=clinician, **_checked(values, given=bool(values.get("tin"))))
    _refuse_outside(clinician, row, today)
    for other in _clashes(row):
        if not (end_former and other.starts_on < row.starts_on):
            raise TeamRefusedError(_both(row, other, today), "starts_on")
        save_changed("engagement.ended", actor, other, {"ends_on": row.starts_on - _DAY})
    with TeamRefusedError.instead_of("engagement_one_at_a_time", _SHARED, "starts_on"):
        save_new("engagement.added", actor, row)
    return row


@transaction.atomic
def change_engagement(*, actor: Actor, engagement_id: int, **values: Any) -> Engagement:
    """Corrects terms of work; an empty SSN or EIN keeps the one on file."""
    actor.require("team:edit")
    row, today = find(Engagement, engagement_id), today_of(actor)
    clinician = locked(row.clinician_id)
    if not values.get("tin") and row.tin and values.get("tin_type") == row.tin_type:
        values.pop("tin", None)
    elif not values.get("tin") and row.tin:
        raise TeamRefusedError("Enter the number again: its type changed.", "tin")
    values = _checked(values, given=bool(values.get("tin") or row.tin))
    wanted = Engagement(pk=row.pk, clinician=clinician, **values)
    _refuse_outside(clinician, wanted, today)
    for other in _clashes(wanted):
        raise TeamRefusedError(_both(wanted, other, today), "starts_on")
    with TeamRefusedError.instead_of("engagement_one_at_a_time", _SHARED, "starts_on"):
        save_changed("engagement.changed", actor, row, values)
    return row


def _checked(values: dict[str, Any], *, given: bool) -> dict[str, Any]:
    """The values with a number that fits its type; TeamRefusedError says what does not."""
    TeamRefusedError.if_reversed(
        values["starts_on"], values.get("ends_on"), "The last day is before the first.", "ends_on"
    )
    kind, tin_type = values["kind"], values.get("tin_type") or Engagement.TinType.SSN
    if kind in _EMPLOYED and tin_type == Engagement.TinType.EIN:
        raise TeamRefusedError(
            "An employee is paid under an SSN. An EIN belongs to a contractor’s business.", "tin_type"
        )
    is_business = kind == Engagement.Kind.CONTRACTOR and tin_type == Engagement.TinType.EIN and given
    if is_business and not values.get("business_name"):
        raise TeamRefusedError("Name the business that the EIN belongs to.", "business_name")
    checked = values | {"tin_type": tin_type}
    if kind != Engagement.Kind.CONTRACTOR:
        checked["business_name"] = ""
    return checked | ({"tin": _written(values["tin"], tin_type)} if values.get("tin") else {})


def _written(number: str, tin_type: str) -> str:
    """`123-45-6789` or `12-3456789`; TeamRefusedError when there are not nine digits."""
    digits = re.sub(r"\D", "", number)
    if len(digits) != _NINE or not re.fullmatch(r"[\d -]+", number):
        name = Engagement.TinType(tin_type).label
        raise TeamRefusedError(f"An {name} has nine digits; this has {len(digits)}.", "tin")
    if tin_type == Engagement.TinType.EIN:
        return f"{digits[:2]}-{digits[2:]}"
    return f"{digits[:3]}-{digits[3:5]}-{digits[5:]}"


def _clashes(row: Engagement) -> list[Engagement]:
    others = Engagement.objects.filter(clinician_id=row.clinician_id).exclude(pk=row.pk or 0)
    return list(sharing_a_day(others, row.starts_on, row.ends_on).order_by("starts_on"))


def _refuse_outside(clinician: Clinician, row: Engagement, today: dt.date) -> None:
    if clinician.ends_on is not None and row.starts_on > clinician.ends_on:
        left = short(clinician.ends_on, today)
        raise TeamRefusedError(f"{clinician.name} left on {left}. Bring them back to work first.", "starts_on")


def _both(row: Engagement, other: Engagement, today: dt.date) -> str:
    """Why two terms cannot stand beside each other, naming both."""
    return (
        f"{_named(row, today)} and {_named(other, today)} share days. "
        "End the former on the day before, or choose other dates."
    )


def _named(row: Engagement, today: dt.date) -> str:
    return f"“{row.get_kind_display()}” {span(row.starts_on, row.ends_on, today)}"
