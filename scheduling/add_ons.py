"""Add-ons of an attendance: added, counted and removed before it is confirmed."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction

from practice import audit
from practice.actors import Actor
from practice.models import Service
from scheduling import attending, units, vouching
from scheduling.errors import AttendanceRefusedError
from scheduling.models import Attendance, AttendanceAddOn

_ABSENT: Final = {
    Attendance.Status.LATE_CANCELED: "a late cancel",
    Attendance.Status.NO_SHOW: "a no-show",
    Attendance.Status.CANCELED: "a canceled session",
}
_NOT_HERE: Final = "That add-on is not offered here."


@transaction.atomic
def save_add_on(*, actor: Actor, attendance_id: int, service_id: int, count: int = 1) -> AttendanceAddOn:
    """Bills a service beside the main one, or changes its units when it is there; it is priced again.

    Raises AttendanceRefusedError with a sentence when the add-on does not go with the session, or not so often.
    """
    actor.require("billing:edit")
    session, attendance = attending.locked(actor, attendance_id)
    _refuse_state(attendance)
    added = Service.objects.filter(pk=service_id).first()
    if added is None:
        raise AttendanceRefusedError(_NOT_HERE, "add_on")
    found = _beside(attendance, service_id)
    if found is None:
        _refuse_misfit(attendance.service or session.service, added)
    _refuse_units(added, count)
    before = _said(found, added)
    row = found or AttendanceAddOn(attendance=attendance, service=added)
    row.units, row.fee = count, None
    row.save()
    _record(actor, attendance, before, _said(row, added))
    return row


@transaction.atomic
def remove_add_on(*, actor: Actor, attendance_id: int, service_id: int) -> AttendanceAddOn:
    """Takes an add-on off; the row that was there. Raises AttendanceRefusedError when it is not, or is confirmed."""
    actor.require("billing:edit")
    _, attendance = attending.locked(actor, attendance_id)
    _refuse_confirmed(attendance)
    row = _beside(attendance, service_id)
    if row is None:
        raise AttendanceRefusedError("That add-on is no longer there.", "add_on")
    before = _said(row, row.service)
    AttendanceAddOn.objects.filter(pk=row.pk).delete()
    _record(actor, attendance, before, None)
    return row


def _beside(attendance: Attendance, service_id: int) -> AttendanceAddOn | None:
    return AttendanceAddOn.objects.filter(attendance=attendance, service=service_id).select_related("service").first()


def _refuse_state(attendance: Attendance) -> None:
    _refuse_confirmed(attendance)
    what = _ABSENT.get(Attendance.Status(attendance.status))
    if what:
        raise AttendanceRefusedError(f"Nothing is added to {what}. Say first that the session was held.", "add_on")


def _refuse_confirmed(attendance: Attendance) -> None:
    if attendance.status == Attendance.Status.CONFIRMED:
        raise AttendanceRefusedError("This attendance is confirmed. Undo the confirmation first.")


def _refuse_misfit(primary: Service | None, added: Service) -> None:
    if not added.is_active:
        raise AttendanceRefusedError(f"{added.code} is no longer offered here.", "add_on")
    if not added.add_on_to:
        sentence = f"{added.code} is a service of its own and belongs in a session of its own."
        raise AttendanceRefusedError(sentence, "add_on")
    if primary is None:
        raise AttendanceRefusedError("Choose the session’s service first.", "add_on")
    if primary.code not in added.add_on_to:
        goes_with = " or ".join(part for part in (", ".join(added.add_on_to[:-1]), added.add_on_to[-1]) if part)
        raise AttendanceRefusedError(
            f"{added.code} does not go with {primary.code}. It goes with {goes_with}.", "add_on"
        )


def _refuse_units(added: Service, count: int) -> None:
    if not 1 <= count <= units.MOST:
        raise AttendanceRefusedError(f"Units are 1 to {units.MOST}.", "units")
    if count > 1 and units.is_once(added.units_rule):
        said = units.once_in_words(added.units_rule)
        raise AttendanceRefusedError(f"{added.code} is billed {said}: 1 unit.", "units")


def _said(row: AttendanceAddOn | None, service: Service) -> dict[str, Any] | None:
    return None if row is None else {"add_on": service.code, "units": row.units}


def _record(actor: Actor, attendance: Attendance, before: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
    audit.record(
        "attendance.add_on",
        actor=actor,
        row=attendance,
        client_id=attendance.client_id,
        before=before,
        after=after,
    )
    vouching.lapse(attendance, actor=actor)
