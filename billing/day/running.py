"""The work of a billing: chunk by chunk in short transactions, safe to run twice or by two workers at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.db import transaction

from billing import charges
from billing.claims import batching, making
from billing.day import words
from billing.day.add_ons import fix_add_ons
from billing.day.judging import Judged, judge_loaded
from billing.day.services import KIND, left, proposed_as_held
from billing.models import BillingRun
from billing.secondary import riding
from practice import clock, due, states
from practice.actors import Actor
from practice.models import Practice
from practice.tenancy.context import practice_context
from scheduling import confirming, locks
from scheduling.models import Attendance
from scheduling.policies import visible_attendances
from scheduling.readiness import load_rows

CHUNK: Final = 500
_TROUBLE: Final = "Something went wrong on our side. What was billed is kept; the rest is tried again by itself."


@due.handles(KIND)
def perform(practice_id: int, object_id: str) -> None:
    """Bills what a run was asked for. A chunk that fails is undone as a whole, told on the page, and tried again."""
    try:
        while _next_chunk(practice_id, int(object_id)):
            pass
    except Exception:
        _say_trouble(practice_id, int(object_id))
        raise


def _next_chunk(practice_id: int, run_id: int) -> bool:
    """Whether there is more to do. The run's row stays locked: a second worker waits and goes on after it."""
    with transaction.atomic(), practice_context(practice_id, phi=True):
        run = BillingRun.objects.select_for_update(no_key=True).filter(pk=run_id).first()
        if run is None or run.status == BillingRun.Status.DONE:
            due.done(KIND, practice_id=practice_id, object_id=run_id)
            return False
        actor = _actor(run)
        with practice_context(practice_id, phi=True, rates=actor.rates):
            _handle(run, Practice.objects.get(pk=practice_id), actor)
        return True


def _handle(run: BillingRun, practice: Practice, actor: Actor) -> None:
    if run.status != BillingRun.Status.RUNNING:
        states.transition(run, BillingRun.Status.RUNNING, actor=actor)
    chunk = whole_clients(run.attendance_ids[run.handled : run.handled + CHUNK + 1])
    billed, left_out = bill_chunk(run, chunk, practice=practice, actor=actor)
    run.billed_ids, run.left = [*run.billed_ids, *billed], [*run.left, *left_out]
    run.handled, run.trouble = run.handled + len(chunk), ""
    run.save(update_fields=["billed_ids", "left", "handled", "trouble"])
    if run.handled >= len(run.attendance_ids):
        states.transition(run, BillingRun.Status.DONE, actor=actor)
        due.done(KIND, practice_id=practice.pk, object_id=run.pk)


def whole_clients(ids: Sequence[int]) -> list[int]:
    """The first of these attendances, at most a chunk, without dividing a client's, which may share a claim.

    They are in the order of their clients. One query, and none for a chunk that is the last.
    """
    if len(ids) <= CHUNK:
        return list(ids)
    whose = dict(Attendance.objects.filter(pk__in=ids).values_list("pk", "client_id"))
    cut = CHUNK
    while cut and whose.get(ids[cut - 1]) == whose.get(ids[cut]):
        cut -= 1
    return list(ids[: cut or CHUNK])


def bill_chunk(
    run: BillingRun, ids: Sequence[int], *, practice: Practice, actor: Actor
) -> tuple[list[int], list[dict[str, object]]]:
    """Bills what is ready of the chunk: the ids it billed, and why it left the others.

    The attendances are locked before they are judged, so that two clicks on the same session bill it once.
    """
    actor.require("billing:edit")
    locked = locks.attendances(visible_attendances(actor).filter(pk__in=ids).only("pk"))
    loaded = load_rows([row.pk for row in locked])
    judged = judge_loaded(loaded, actor=actor)
    ready = {number: one for number, one in judged.items() if one.is_ready and one.amount is not None}
    rows = [row for row in loaded.rows if row.pk in ready]
    _hold(rows, run, actor)
    confirmed = confirming.confirm_locked(
        rows,
        {number: one.proposal for number, one in ready.items()},
        practice=practice,
        actor=actor,
        attestation_text_version=words.ATTESTATION_VERSION,
        fees={number: one.price.amount for number, one in ready.items() if one.price.amount is not None},
        today=clock.today(practice),
    )
    fix_add_ons({number: one.add_ons for number, one in ready.items()}, confirmed)
    charged = charges.charge_many(confirmed, practice=practice, actor=actor)
    claims = [*making.make_many(charged, actor=actor), *riding.to_go(actor=actor)]
    batching.batch_many(claims, actor=actor, run=run)
    billed = set(confirmed)
    return [pk for pk in ids if pk in billed], [_left(pk, judged.get(pk)) for pk in ids if pk not in billed]


def _hold(rows: Sequence[Attendance], run: BillingRun, actor: Actor) -> None:
    scheduled = [row for row in rows if row.status == Attendance.Status.SCHEDULED]
    states.transition_many(scheduled, Attendance.Status.HELD, actor=actor, reason=proposed_as_held(run))


def _left(attendance_id: int, one: Judged | None) -> dict[str, object]:
    if one is None:
        return left(attendance_id, [words.GONE])
    if one.facts.is_confirmed:
        return left(attendance_id, [words.ALREADY])
    if one.facts.is_canceled:
        return left(attendance_id, [words.NOT_BILLABLE])
    return left(attendance_id, [(finding.code, finding.title) for finding in one.blocking] or [words.REFUSED])


def _actor(run: BillingRun) -> Actor:
    """Whoever clicked, with what they were allowed then."""
    return Actor(run.practice_id, run.made_by_id, run.made_by_name, frozenset(run.made_by_permissions))


def _say_trouble(practice_id: int, run_id: int) -> None:
    with transaction.atomic(), practice_context(practice_id, phi=True):
        run = BillingRun.objects.select_for_update(no_key=True).filter(pk=run_id).first()
        if run is None or run.status == BillingRun.Status.DONE:
            return
        actor = _actor(run)
        if run.status == BillingRun.Status.WAITING:
            states.transition(run, BillingRun.Status.RUNNING, actor=actor)
        if run.status == BillingRun.Status.RUNNING:
            states.transition(run, BillingRun.Status.FAILED, actor=actor, reason="An error")
        run.trouble = _TROUBLE
        run.save(update_fields=["trouble"])
