"""Takes back the billing of single sessions, while nothing that asks for them has left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.http import Http404

from billing import charges
from billing.claims import batching
from billing.claims.errors import ClaimRefusedError
from billing.day import words
from billing.day.errors import BillingRefusedError
from billing.models import BillingRun, Claim, ClaimSession, Submission
from practice import audit, clock, states
from practice.actors import Actor
from practice.models import Practice, StateChange
from practice.setup.selectors import get_settings
from scheduling import confirming, locks
from scheduling.models import Attendance
from scheduling.policies import visible_attendances

_OVER = (Claim.Status.WITHDRAWN, Claim.Status.VOIDED)
_HERE = (Claim.Status.DRAFT, Claim.Status.READY, Claim.Status.BATCHED, Claim.Status.REJECTED)


@transaction.atomic
def undo_session(*, actor: Actor, practice: Practice, attendance_id: int) -> Attendance:
    """Unbills one session: its charges are reversed, it comes off its claim, and is what it was before the click.

    A claim that asks for other sessions too stays in its batch without this one; one that asked for it alone is
    withdrawn. BillingRefusedError when its claim has left, and where nothing asks for it, after the practice's delay.
    """
    actor.require("billing:edit")
    _take_out_of_runs(attendance_id)
    found = locks.attendances(visible_attendances(actor).filter(pk=attendance_id))
    if not found:
        raise Http404
    if found[0].status != Attendance.Status.CONFIRMED:
        raise BillingRefusedError("This session is not billed any more.")
    if attendance_id not in undoable([attendance_id]):
        raise BillingRefusedError(_too_late(attendance_id))
    reason = "Billing of this session undone"
    take_back([attendance_id], practice=practice, actor=actor, reason=reason)
    _reschedule(attendance_id, actor, reason)
    audit.record("billing.session_undone", actor=actor, row=found[0], client_id=found[0].client_id)
    return Attendance.objects.select_related("client").get(pk=attendance_id)


def take_back(ids: Collection[int], *, practice: Practice, actor: Actor, reason: str) -> list[int]:
    """Takes claims, charges and confirmations of locked attendances back; those that were confirmed.

    BillingRefusedError when a claim has left.
    """
    try:
        batching.withdraw_many(ids, actor=actor, reason=reason)
    except ClaimRefusedError as error:
        raise BillingRefusedError(str(error)) from error
    charges.undo_many(list(ids), practice=practice, actor=actor, reason=reason)
    return confirming.unconfirm_many(ids, actor, reason)


def undoable(attendance_ids: Sequence[int]) -> set[int]:
    """Which of these billed sessions can be taken back one by one; two queries.

    Those whose claims are still here; without any, those billed within the practice's delay.
    """
    rows = ClaimSession.objects.filter(attendance__in=attendance_ids).exclude(claim__status__in=_OVER)
    asked = dict(rows.annotate(left=_has_left()).order_by("left").values_list("attendance_id", "left"))
    since = clock.now() - dt.timedelta(minutes=get_settings().send_delay_minutes)
    recent = Attendance.objects.filter(pk__in=attendance_ids, confirmed_at__gte=since)
    new = set(recent.values_list("pk", flat=True))
    return {pk for pk in attendance_ids if not asked.get(pk, pk not in new)}


def _has_left() -> ExpressionWrapper[Q]:
    """Whether a session's claim left, or stands in a file that is made."""
    made = Submission.objects.filter(
        claim=OuterRef("claim"), number=F("claim__number"), claim__status=Claim.Status.BATCHED
    )
    return ExpressionWrapper(~Q(claim__status__in=_HERE) | Q(Exists(made)), output_field=BooleanField())


def _too_late(attendance_id: int) -> str:
    if ClaimSession.objects.filter(attendance=attendance_id, claim__status__in=Claim.UNDER_WAY).exists():
        return batching.sentence_of_left(1, 1)
    return "It was billed some time ago, and its claim is decided or there is none. Correct it on the client’s account."


def _take_out_of_runs(attendance_id: int) -> None:
    """What a click says it billed is what stands of it."""
    rows = BillingRun.objects.select_for_update(no_key=True).filter(
        billed_ids__contains=[attendance_id], undone_at=None
    )
    for run in rows.order_by("pk"):
        run.billed_ids = [pk for pk in run.billed_ids if pk != attendance_id]
        run.save(update_fields=["billed_ids"])


def _reschedule(attendance_id: int, actor: Actor, reason: str) -> None:
    """Back to scheduled where it was the click that said it was held."""
    said = StateChange.objects.filter(
        kind=Attendance._meta.label_lower, object_id=attendance_id, before="scheduled", after="held"
    )
    last = said.order_by("-at", "-pk").values_list("reason", flat=True).first() or ""
    row = Attendance.objects.get(pk=attendance_id)
    if last.startswith(words.AS_HELD) and row.status == Attendance.Status.HELD:
        states.transition(row, Attendance.Status.SCHEDULED, actor=actor, reason=reason)
