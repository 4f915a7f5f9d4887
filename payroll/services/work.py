"""Computes a run: at once, or by a worker while the page shows how far it is."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.db import transaction

from payroll.errors import PayrollRefusedError
from payroll.locks import hold_run
from payroll.models import PayRun
from payroll.services import writing
from practice import audit, clock, due, states, tasks
from practice.actors import Actor
from practice.models import Practice
from practice.tenancy.context import practice_context

KIND: Final = "payroll.run"
_SECOND_BELL: Final = dt.timedelta(minutes=1)
_TROUBLE: Final = "Something went wrong on our side. Nothing was changed; it is tried again by itself."
_WORK: Final = PayRun.Work


@transaction.atomic
def ask_to_compute(*, actor: Actor, run_id: int) -> PayRun:
    """Has a worker compute the run after the commit. PayrollRefusedError once it is approved."""
    actor.require("payroll:edit")
    run = hold_run(run_id)
    _refuse_closed(run)
    if run.work in {_WORK.IDLE, _WORK.FAILED}:
        states.transition(run, _WORK.WAITING, actor=actor, field="work")
    run.asked_by_id, run.asked_by_name = actor.user_id, actor.name
    run.save(update_fields=["asked_by_id", "asked_by_name"])
    audit.record("pay_run.asked", actor=actor, row=run)
    practice_id, number = actor.practice_id, run.pk
    due.plan(KIND, practice_id=practice_id, object_id=number, due_at=clock.now() + _SECOND_BELL)
    transaction.on_commit(lambda: _ring(practice_id, number), robust=True)
    return run


@transaction.atomic
def compute(*, actor: Actor, run_id: int) -> PayRun:
    """Reads what no other run has paid and claims it; what this run had before is figured anew.

    PayrollRefusedError once it is approved. The schedules stay locked: a second run that computes waits, and finds
    what is left.
    """
    actor.require("payroll:edit")
    run = hold_run(run_id)
    _refuse_closed(run)
    practice = Practice.objects.get(pk=actor.practice_id)
    writing.write(run, practice)
    if run.status == PayRun.Status.DRAFT:
        states.transition(run, PayRun.Status.COMPUTED, actor=actor)
    if run.work != _WORK.IDLE:
        states.transition(run, _WORK.IDLE, actor=actor, field="work")
    after = {"lines": run.line_count, "people": run.people, "gross": str(run.gross), "held": str(run.held)}
    audit.record("pay_run.computed", actor=actor, row=run, after=after)
    due.done(KIND, practice_id=practice.pk, object_id=run.pk)
    return run


@due.handles(KIND)
def perform(practice_id: int, object_id: str) -> None:
    """Computes a run that somebody asked for; a failure changes nothing, is told on the page, and tried again."""
    number = int(object_id)
    if not _begin(practice_id, number):
        return
    try:
        with transaction.atomic(), practice_context(practice_id, phi=True):
            run = PayRun.objects.get(pk=number)
            compute(actor=_actor(run), run_id=number)
    except Exception:
        _say_trouble(practice_id, number)
        raise


def _begin(practice_id: int, number: int) -> bool:
    """Whether there is something to do; says on the page that it began."""
    with transaction.atomic(), practice_context(practice_id, phi=True):
        run = PayRun.objects.select_for_update().filter(pk=number).first()
        if run is None or not run.is_open or run.work == _WORK.IDLE:
            due.done(KIND, practice_id=practice_id, object_id=number)
            return False
        if run.work != _WORK.RUNNING:
            states.transition(run, _WORK.RUNNING, actor=_actor(run), field="work")
        return True


def _say_trouble(practice_id: int, number: int) -> None:
    with transaction.atomic(), practice_context(practice_id, phi=True):
        run = PayRun.objects.select_for_update().filter(pk=number).first()
        if run is None or run.work != _WORK.RUNNING:
            return
        states.transition(run, _WORK.FAILED, actor=_actor(run), field="work", reason="An error")
        run.trouble = _TROUBLE
        run.save(update_fields=["trouble"])


def _refuse_closed(run: PayRun) -> None:
    if not run.is_open:
        state = run.get_status_display().lower()
        raise PayrollRefusedError(
            f"This run is {state}. What is wrong is put right in the next run or an off-cycle one."
        )


def _actor(run: PayRun) -> Actor:
    """Whoever asked for it."""
    asked = Actor.system(run.practice_id)
    return Actor(run.practice_id, run.asked_by_id, run.asked_by_name or asked.name, asked.permissions)


def _ring(practice_id: int, number: int) -> None:
    tasks.perform.apply_async(args=(KIND, practice_id, str(number)), retry=False)
