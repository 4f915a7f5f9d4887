"""Approval, its withdrawal, export, lock. There is no reopening."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from django.db import transaction
from django.db.models import Sum

from payroll.calculation.words import money
from payroll.errors import PayrollRefusedError
from payroll.locks import hold_run
from payroll.models import EventKind, PayLine, PayRun, RunTotal
from payroll.services.writing import OutOfBalanceError
from payroll.words import run_name
from practice import audit, clock, states
from practice.actors import Actor
from practice.money import ZERO

_S: Final = PayRun.Status


@transaction.atomic
def approve(*, actor: Actor, run_id: int, gross: Decimal | None = None) -> PayRun:
    """Freezes a computed run; `gross` is what somebody saw it come to.

    PayrollRefusedError names what must be put right first, also when it comes to something else by now.
    """
    actor.require("payroll:edit")
    run = hold_run(run_id)
    if run.status == _S.DRAFT:
        raise PayrollRefusedError("Something changed since this run was computed. Compute it again, then approve it.")
    _refuse_unless(run, _S.COMPUTED)
    if run.work in {PayRun.Work.WAITING, PayRun.Work.RUNNING}:
        raise PayrollRefusedError("This run is being computed. Wait until it is done.")
    blocking = [one["words"] for one in run.findings if one["severity"] == "block"]
    if blocking:
        raise PayrollRefusedError(" ".join(blocking))
    if gross is not None and gross != run.gross:
        raise PayrollRefusedError(
            f"This run was computed again and now comes to {money(run.gross)}, not {money(gross)}. Look at it again."
        )
    _check_sums(run)
    states.transition(run, _S.APPROVED, actor=actor)
    run.approved_at, run.approved_by_name = clock.now(), actor.name
    run.save(update_fields=["approved_at", "approved_by_name"])
    audit.record("pay_run.approved", actor=actor, row=run, after={"gross": str(run.gross), "people": run.people})
    return run


@transaction.atomic
def withdraw_approval(*, actor: Actor, run_id: int, reason: str) -> PayRun:
    """Takes an approval back, saying why; the run can be computed again. Refused once a later run builds on it."""
    actor.require("payroll:edit")
    run = hold_run(run_id)
    said = " ".join(reason.split())
    if not said:
        raise PayrollRefusedError("Say why, so that the history tells it.", "reason")
    _refuse_unless(run, _S.APPROVED)
    _refuse_built_upon(run)
    states.transition(run, _S.COMPUTED, actor=actor, reason=said)
    run.approved_at, run.approved_by_name = None, ""
    run.save(update_fields=["approved_at", "approved_by_name"])
    audit.record("pay_run.approval_withdrawn", actor=actor, row=run, after={"reason": said})
    return run


@transaction.atomic
def mark_exported(*, actor: Actor, run_id: int) -> PayRun:
    """The files are made: from now on nothing about this run changes. Whoever may make them may say so."""
    actor.require("payroll:edit", "payroll:totals")
    run = hold_run(run_id)
    _refuse_unless(run, _S.APPROVED)
    states.transition(run, _S.EXPORTED, actor=actor)
    run.exported_at = clock.now()
    run.save(update_fields=["exported_at"])
    audit.record("pay_run.exported", actor=actor, row=run, after={"gross": str(run.gross)})
    return run


@transaction.atomic
def lock(*, actor: Actor, run_id: int) -> PayRun:
    """The provider took the files: the run is history."""
    actor.require("payroll:edit")
    run = hold_run(run_id)
    _refuse_unless(run, _S.EXPORTED)
    states.transition(run, _S.LOCKED, actor=actor)
    run.locked_at = clock.now()
    run.save(update_fields=["locked_at"])
    audit.record("pay_run.locked", actor=actor, row=run)
    return run


def _refuse_unless(run: PayRun, wanted: str) -> None:
    if run.status != wanted:
        here, there = run.get_status_display().lower(), PayRun.Status(wanted).label.lower()
        raise PayrollRefusedError(f"This run is {here}, not {there}.")


def _refuse_built_upon(run: PayRun) -> None:
    carried = PayLine.objects.filter(run=run, event_kind=EventKind.CARRIED_OUT).values("pk")
    later = PayRun.objects.filter(lines__event_kind=EventKind.CARRIED_IN, lines__cause_line_id__in=carried).first()
    if later is not None:
        raise PayrollRefusedError(
            f"An amount of this run is carried into {run_name(later)}. Discard or correct that one."
        )
    after = PayRun.objects.filter(schedule=run.schedule_id, kind=PayRun.Kind.REGULAR, starts_on__gt=run.ends_on).first()
    if run.kind == PayRun.Kind.REGULAR and after is not None:
        raise PayrollRefusedError(
            f"{run_name(after)[:1].upper()}{run_name(after)[1:]} was opened since. Discard it first."
        )


def _check_sums(run: PayRun) -> None:
    lines = PayLine.objects.filter(run=run, is_held=False).aggregate(sum=Sum("amount", default=ZERO))["sum"]
    sums = RunTotal.objects.filter(run=run).aggregate(sum=Sum("amount", default=ZERO))["sum"]
    if not lines == sums == run.gross:
        raise OutOfBalanceError(f"Run {run.pk}: lines {lines}, totals {sums}, gross {run.gross}.")
