"""Opening and discarding runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from clinicians.models import Clinician
from payroll.errors import PayrollRefusedError
from payroll.locks import hold_payroll, hold_run
from payroll.models import PayLine, PayPeriod, PayRun, PaySchedule, RunTotal
from payroll.words import run_name, span
from practice import audit, clock, due, states
from practice.actors import Actor
from practice.money import ZERO
from practice.records import find, today_of


@transaction.atomic
def open_run(*, actor: Actor, schedule_id: int) -> PayRun:
    """The run of the schedule's next period. PayrollRefusedError while the one before is not approved."""
    actor.require("payroll:edit")
    hold_payroll()
    schedule = find(PaySchedule, schedule_id)
    period = _next_period(schedule)
    if period.starts_on > today_of(actor):
        raise PayrollRefusedError(f"The next period, {span(period.starts_on, period.ends_on)}, has not begun.")
    before = PayRun.objects.filter(schedule=schedule, kind=PayRun.Kind.REGULAR, status__in=["draft", "computed"])
    for other in before:
        raise PayrollRefusedError(f"First approve {run_name(other)}: what it pays is not paid again.")
    run = _new(actor, schedule, period.starts_on, period.ends_on, pay_on=period.pay_on)
    run.period = period
    return _open(run, actor)


@transaction.atomic
def open_off_cycle_run(
    *,
    actor: Actor,
    schedule_id: int,
    pay_on: dt.date,
    through: dt.date | None = None,
    clinician_ids: Collection[int] = (),
    note: str = "",
) -> PayRun:
    """A run between the regular ones: what is unpaid up to a day (today), of these people or everybody; no salaries."""
    actor.require("payroll:edit")
    hold_payroll()
    schedule, today = find(PaySchedule, schedule_id), today_of(actor)
    last = through or today
    if last > today:
        raise PayrollRefusedError("This day is in the future. Pay what is there up to today.", "through")
    if last < schedule.starts_on:
        raise PayrollRefusedError(f"“{schedule.name}” begins later.", "through")
    if Clinician.objects.filter(pk__in=clinician_ids).count() != len(set(clinician_ids)):
        raise PayrollRefusedError("One of the people is not there any more. Choose again.", "clinician_ids")
    run = _new(actor, schedule, last, last, pay_on=pay_on)
    run.kind, run.clinician_ids, run.note = PayRun.Kind.OFF_CYCLE, sorted(set(clinician_ids)), note.strip()
    return _open(run, actor)


@transaction.atomic
def discard_run(*, actor: Actor, run_id: int) -> None:
    """Throws an open run away; its events are unpaid again. PayrollRefusedError once it is approved."""
    actor.require("payroll:edit")
    run = hold_run(run_id)
    if not run.is_open:
        raise PayrollRefusedError(f"{_cap(run_name(run))} is {run.get_status_display().lower()} and stays.")
    audit.record(
        "pay_run.discarded", actor=actor, row=run, before=audit.snapshot(run, {"starts_on", "ends_on", "gross"})
    )
    clear(run)
    due.done("payroll.run", practice_id=actor.practice_id, object_id=run.pk)
    run.delete()


def clear(run: PayRun) -> None:
    """Takes a run's lines and totals away; their events are unpaid again."""
    PayLine.objects.filter(run=run).delete()
    RunTotal.objects.filter(run=run).delete()
    run.people, run.line_count, run.gross, run.held, run.findings = 0, 0, ZERO, ZERO, []
    run.save(update_fields=["people", "line_count", "gross", "held", "findings"])


def _next_period(schedule: PaySchedule) -> PayPeriod:
    done = PayRun.objects.filter(schedule=schedule, period__isnull=False).order_by("-starts_on").first()
    periods = PayPeriod.objects.filter(schedule=schedule).order_by("starts_on")
    if done is not None:
        periods = periods.filter(starts_on__gt=done.starts_on)
    found = periods.first()
    if found is None:
        raise PayrollRefusedError(f"“{schedule.name}” has no further period. Make more, or set up another schedule.")
    return found


def _new(actor: Actor, schedule: PaySchedule, first: dt.date, last: dt.date, *, pay_on: dt.date) -> PayRun:
    return PayRun(
        schedule=schedule,
        starts_on=first,
        ends_on=last,
        pay_on=pay_on,
        made_at=clock.now(),
        made_by_id=actor.user_id,
        made_by_name=actor.name,
    )


def _open(run: PayRun, actor: Actor) -> PayRun:
    run.save()
    states.record_first([run], actor=actor)
    after = audit.snapshot(run, {"kind", "starts_on", "ends_on", "pay_on", "clinician_ids", "note"})
    audit.record("pay_run.opened", actor=actor, row=run, after=after)
    return run


def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]
