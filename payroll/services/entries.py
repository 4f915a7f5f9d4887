"""Hours and lines that people enter by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Final

from django.db import transaction

from clinicians.models import Clinician
from payroll.calculation.calendars import workweek_of
from payroll.calculation.words import short
from payroll.errors import PayrollRefusedError
from payroll.locks import hold_payroll, hold_run
from payroll.models import HoursEntry, HoursKind, ManualLine, PayLine, PayRun
from payroll.services.runs import clear
from payroll.services.stale import reopen, reopen_computed
from payroll.words import run_name
from practice import clock
from practice.actors import Actor
from practice.money import ZERO, cents
from practice.records import find, remove, removed, save_changed, save_new, today_of

_DAY: Final = Decimal(24)


@transaction.atomic
def add_hours(
    *,
    actor: Actor,
    clinician_id: int,
    worked_on: dt.date,
    kind: str,
    hours: Decimal,
    note: str = "",
    corrects_id: int | None = None,
) -> HoursEntry:
    """Hours of one day and kind. Below zero they correct an entry that was paid."""
    actor.require("payroll:edit")
    hold_payroll()
    clinician = find(Clinician, clinician_id)
    _refuse_hours(actor, worked_on, kind, hours, corrects=corrects_id is not None)
    if corrects_id is not None and find(HoursEntry, corrects_id).clinician_id != clinician.pk:
        raise PayrollRefusedError("These hours are somebody else’s.", "corrects_id")
    row = HoursEntry(
        clinician=clinician,
        worked_on=worked_on,
        kind=kind,
        hours=hours,
        note=note.strip(),
        corrects_id=corrects_id,
        made_at=clock.now(),
        made_by_id=actor.user_id,
    )
    save_new("hours.added", actor, row)
    reopen_computed(actor, "Hours were added", clinician_id=clinician.pk, since=worked_on)
    return row


@transaction.atomic
def change_hours(
    *, actor: Actor, hours_id: int, worked_on: dt.date, kind: str, hours: Decimal, note: str = ""
) -> HoursEntry:
    """Puts an entry right that no approved run paid; PayrollRefusedError otherwise: a correction follows it."""
    actor.require("payroll:edit")
    hold_payroll()
    row = find(HoursEntry, hours_id)
    _refuse_hours(actor, worked_on, kind, hours, corrects=row.corrects_id is not None)
    _free(row, actor)
    first = min(row.worked_on, worked_on)
    values = {"worked_on": worked_on, "kind": kind, "hours": hours, "note": note.strip()}
    save_changed("hours.changed", actor, row, values)
    reopen_computed(actor, "Hours were changed", clinician_id=row.clinician_id, since=first)
    return row


@transaction.atomic
def remove_hours(*, actor: Actor, hours_id: int) -> None:
    """Takes an entry away that no approved run paid."""
    actor.require("payroll:edit")
    hold_payroll()
    row = find(HoursEntry, hours_id)
    _free(row, actor)
    if HoursEntry.objects.filter(corrects=row).exists():
        raise PayrollRefusedError("Another entry corrects these hours. Remove that one first.")
    reopen_computed(actor, "Hours were removed", clinician_id=row.clinician_id, since=row.worked_on)
    remove("hours.removed", actor, row)


@transaction.atomic
def restore_hours(*, actor: Actor, hours_id: int) -> HoursEntry:
    """Puts an entry back as it was when it was removed. Http404 when it was not."""
    actor.require("payroll:edit")
    hold_payroll()
    row = removed("hours.removed", HoursEntry, hours_id)
    if row.corrects_id is not None:
        find(HoursEntry, row.corrects_id)
    save_new("hours.restored", actor, row)
    reopen_computed(actor, "Hours were put back", clinician_id=row.clinician_id, since=row.worked_on)
    return row


@transaction.atomic
def add_manual_line(
    *,
    actor: Actor,
    run_id: int,
    clinician_id: int,
    kind: str,
    amount: Decimal,
    reason: str,
    week_of: dt.date | None = None,
    hours: Decimal | None = None,
) -> ManualLine:
    """An amount of an open run with its reason; `week_of` is any day of the workweek an overtime premium is for."""
    actor.require("payroll:edit")
    run = _open_run(run_id)
    clinician = find(Clinician, clinician_id)
    _refuse_amount(kind, amount, reason)
    if kind == ManualLine.Kind.OVERTIME_PREMIUM and week_of is None:
        raise PayrollRefusedError("Say for which workweek the premium is.", "week_of")
    row = ManualLine(
        run=run,
        clinician=clinician,
        kind=kind,
        amount=amount,
        reason=reason.strip(),
        workweek_starts_on=workweek_of(week_of, run.schedule.workweek_starts) if week_of else None,
        hours=hours,
        made_at=clock.now(),
        made_by_id=actor.user_id,
        made_by_name=actor.name,
    )
    save_new("pay_line.added_by_hand", actor, row)
    reopen(run, actor, "A line was added by hand")
    return row


@transaction.atomic
def remove_manual_line(*, actor: Actor, manual_line_id: int) -> None:
    """Takes a line by hand out of an open run."""
    actor.require("payroll:edit")
    row = find(ManualLine, manual_line_id)
    run = _open_run(row.run_id)
    PayLine.objects.filter(manual_line=row).delete()
    clear(run)
    remove("pay_line.removed_by_hand", actor, row)
    reopen(run, actor, "A line by hand was removed")


@transaction.atomic
def restore_manual_line(*, actor: Actor, manual_line_id: int) -> ManualLine:
    """Puts a line by hand back into its run as it was when it was removed. Http404 when it was not."""
    actor.require("payroll:edit")
    row = removed("pay_line.removed_by_hand", ManualLine, manual_line_id)
    run = _open_run(row.run_id)
    save_new("pay_line.restored_by_hand", actor, row)
    reopen(run, actor, "A line by hand was put back")
    return row


def _open_run(run_id: int) -> PayRun:
    run = hold_run(run_id)
    if not run.is_open:
        raise PayrollRefusedError(
            f"{run_name(run)[:1].upper()}{run_name(run)[1:]} is {run.get_status_display().lower()}."
        )
    return run


def _free(row: HoursEntry, actor: Actor) -> None:
    """Takes the entry out of open runs; PayrollRefusedError where a run that stays has paid it."""
    for line in PayLine.objects.filter(hours_entry=row).select_related("run"):
        if not line.run.is_open:
            raise PayrollRefusedError(f"These hours were paid by {run_name(line.run)}. Enter a correction instead.")
        clear(line.run)
        reopen(line.run, actor, "Hours were changed")


def _refuse_hours(actor: Actor, worked_on: dt.date, kind: str, hours: Decimal, *, corrects: bool) -> None:
    if kind not in HoursKind.values:
        raise PayrollRefusedError("Say what the time was for.", "kind")
    if worked_on > today_of(actor):
        raise PayrollRefusedError(
            f"{short(worked_on)} is in the future. Hours are entered once they were worked.", "worked_on"
        )
    if not hours or abs(hours) > _DAY or hours != hours.quantize(Decimal("0.01")):
        raise PayrollRefusedError("Hours of a day are above 0 and up to 24, with two places.", "hours")
    if hours < ZERO and not corrects:
        raise PayrollRefusedError("Hours below zero correct an entry that was paid. Start from that entry.", "hours")


def _refuse_amount(kind: str, amount: Decimal, reason: str) -> None:
    if kind not in ManualLine.Kind.values:
        raise PayrollRefusedError("Choose what this line is.", "kind")
    if not amount or amount != cents(amount):
        raise PayrollRefusedError("Give an amount with two places that is not $0.00.", "amount")
    below = amount < ZERO and kind not in {ManualLine.Kind.CORRECTION, ManualLine.Kind.OTHER}
    if below:
        raise PayrollRefusedError("Only a correction can be below zero.", "amount")
    if not reason.strip():
        raise PayrollRefusedError("Say why; the person reads it on their statement.", "reason")
