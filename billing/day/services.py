"""Starts a billing, stops it, and takes it back while nothing has left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Final

from django.db import transaction
from django.http import Http404

from billing.day import words
from billing.day.errors import BillingRefusedError
from billing.day.undoing import take_back
from billing.models import BillingRun
from practice import audit, clock, due, states, tasks
from practice.actors import Actor
from practice.models import Practice, StateChange
from scheduling import locks
from scheduling.models import Attendance
from scheduling.policies import visible_attendances

KIND: Final = "billing.run"
_SECOND_BELL: Final = dt.timedelta(minutes=1)


@transaction.atomic
def bill(
    *,
    actor: Actor,
    practice: Practice,
    attendance_ids: Collection[int],
    attested: bool,
    day: dt.date | None = None,
) -> BillingRun:
    """Starts billing the sessions; a worker does it after the commit and leaves what is not ready, saying why.

    Raises BillingRefusedError when nobody attested or nothing was chosen.
    """
    actor.require("billing:edit")
    if not attested:
        raise BillingRefusedError("Nothing was billed: attest that the services were provided as recorded.")
    chosen = visible_attendances(actor).filter(pk__in=attendance_ids)
    ids = list(chosen.order_by("client_id", "session__starts_at", "pk").values_list("pk", flat=True))
    if not ids:
        raise BillingRefusedError("Nothing was billed: choose at least one session that is ready.")
    run = BillingRun.objects.create(
        day=day,
        attendance_ids=ids,
        made_at=clock.now(),
        made_by_id=actor.user_id,
        made_by_name=actor.name,
        made_by_permissions=sorted(actor.permissions),
    )
    states.record_first([run], actor=actor)
    audit.record("billing.started", actor=actor, row=run, after={"sessions": len(ids)})
    due.plan(KIND, practice_id=practice.pk, object_id=run.pk, due_at=clock.now() + _SECOND_BELL)
    transaction.on_commit(lambda: _ring(practice.pk, run.pk), robust=True)
    return run


@transaction.atomic
def stop_run(*, actor: Actor, run_id: int) -> BillingRun:
    """Ends a billing after the sessions it has in hand; the others are left and can be billed by another click."""
    actor.require("billing:edit")
    run = _locked(run_id)
    if run.status == BillingRun.Status.DONE:
        return run
    rest = run.attendance_ids[run.handled :]
    run.left = [*run.left, *(left(number, [words.STOPPED]) for number in rest)]
    run.handled = len(run.attendance_ids)
    run.save(update_fields=["left", "handled"])
    if run.status != BillingRun.Status.RUNNING:
        states.transition(run, BillingRun.Status.RUNNING, actor=actor)
    states.transition(run, BillingRun.Status.DONE, actor=actor, reason="Stopped")
    audit.record("billing.stopped", actor=actor, row=run, after={"left": len(rest)})
    due.done(KIND, practice_id=actor.practice_id, object_id=run.pk)
    return run


@transaction.atomic
def undo_run(*, actor: Actor, practice: Practice, run_id: int) -> BillingRun:
    """Takes a billing back: charges by reversing entries, attendances to what they were before the click.

    What a later click billed again stays. Raises BillingRefusedError while it runs, when it is undone already, and
    when its claims have left.
    """
    actor.require("billing:edit")
    run = _locked(run_id)
    if run.status != BillingRun.Status.DONE:
        raise BillingRefusedError("This is still being billed. Stop it first, then undo what it did.")
    if run.undone_at is not None:
        raise BillingRefusedError("This was undone already.")
    ids = _still_its_own(run)
    locks.attendances(Attendance.objects.filter(pk__in=ids))
    reason = f"Billing of {clock.local(practice, run.made_at):%b} {clock.local(practice, run.made_at).day} undone"
    back = take_back(ids, practice=practice, actor=actor, reason=reason)
    _reschedule(run, back, actor, reason)
    run.undone_at = clock.now()
    run.save(update_fields=["undone_at"])
    audit.record("billing.undone", actor=actor, row=run, after={"sessions": len(back)})
    return run


def left(attendance_id: int, reasons: Collection[tuple[str, str]]) -> dict[str, object]:
    """Why one attendance was left, as the run keeps it: codes and sentences."""
    return {
        "attendance_id": attendance_id,
        "codes": [code for code, _ in reasons],
        "titles": [title for _, title in reasons],
    }


def proposed_as_held(run: BillingRun) -> str:
    """The reason kept with attendances that the click itself marked as held."""
    return f"{words.AS_HELD}{run.pk}"


def _locked(run_id: int) -> BillingRun:
    run = BillingRun.objects.select_for_update(no_key=True).filter(pk=run_id).first()
    if run is None:
        raise Http404
    return run


def _still_its_own(run: BillingRun) -> list[int]:
    later = BillingRun.objects.filter(pk__gt=run.pk, undone_at=None, billed_ids__overlap=run.billed_ids)
    again = {number for ids in later.values_list("billed_ids", flat=True) for number in ids}
    return [number for number in run.billed_ids if number not in again]


def _reschedule(run: BillingRun, ids: Collection[int], actor: Actor, reason: str) -> None:
    """Back to scheduled where it was the click that said they were held."""
    said = StateChange.objects.filter(
        kind=Attendance._meta.label_lower, object_id__in=list(ids), reason=proposed_as_held(run)
    )
    rows = Attendance.objects.filter(
        pk__in=list(said.values_list("object_id", flat=True)), status=Attendance.Status.HELD
    )
    states.transition_many(list(rows), Attendance.Status.SCHEDULED, actor=actor, reason=reason)


def _ring(practice_id: int, run_id: int) -> None:
    tasks.perform.apply_async(args=(KIND, practice_id, str(run_id)), retry=False)
