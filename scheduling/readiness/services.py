"""Going past a warning, and taking that back: who, and why."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.http import Http404

from practice import audit, clock
from practice.actors import Actor
from scheduling.models import Attendance, FindingOverride
from scheduling.policies import visible_attendances
from scheduling.readiness.findings import Finding
from scheduling.readiness.registry import findings_for

LONGEST: Final = 200


class OverrideRefusedError(ValueError):
    """A finding cannot be gone past; the message says why."""


@transaction.atomic
def override(*, actor: Actor, attendance_id: int, code: str, reason: str) -> FindingOverride:
    """Turns a warning off for one attendance; what blocks cannot be turned off. Http404 when it is not there."""
    actor.require("billing:edit")
    attendance = _locked(actor, attendance_id)
    reason = " ".join(reason.split())
    if not reason or len(reason) > LONGEST:
        raise OverrideRefusedError(f"Say why, in at most {LONGEST} characters.")
    finding = _finding(attendance, code)
    if finding.blocks:
        raise OverrideRefusedError(f"This has to be fixed first: {finding.title}")
    if finding.overridden:
        raise OverrideRefusedError(f"This is decided already by {finding.overridden}.")
    row = _decide(actor, attendance, code, reason=reason)
    facts = {"code": code, "reason": reason}
    audit.record("finding.overridden", actor=actor, row=attendance, client_id=attendance.client_id, after=facts)
    return row


@transaction.atomic
def withdraw(*, actor: Actor, attendance_id: int, code: str) -> str:
    """Takes a decision to go past a warning back; the reason it had. Http404 when the attendance is not there."""
    actor.require("billing:edit")
    attendance = _locked(actor, attendance_id)
    if not _finding(attendance, code).overridden:
        raise OverrideRefusedError("This is open already.")
    decided = FindingOverride.objects.filter(attendance=attendance, code=code).order_by("-at", "-pk")
    reason = decided.values_list("reason", flat=True)[0]
    _decide(actor, attendance, code, withdrawn=True)
    facts = {"code": code, "reason": reason}
    audit.record("finding.reopened", actor=actor, row=attendance, client_id=attendance.client_id, before=facts)
    return reason


def _decide(
    actor: Actor, attendance: Attendance, code: str, *, reason: str = "", withdrawn: bool = False
) -> FindingOverride:
    return FindingOverride.objects.create(
        attendance=attendance,
        code=code,
        reason=reason,
        withdrawn=withdrawn,
        by_id=actor.user_id,
        by_name=actor.name,
        at=clock.now(),
    )


def _locked(actor: Actor, attendance_id: int) -> Attendance:
    found = visible_attendances(actor).filter(pk=attendance_id).select_for_update(of=("self",)).first()
    if found is None:
        raise Http404
    if found.status == Attendance.Status.CONFIRMED:
        raise OverrideRefusedError("This session is billed. Undo the billing first.")
    return found


def _finding(attendance: Attendance, code: str) -> Finding:
    """The worst finding of the code: a warning is not gone past while the same check also blocks."""
    found = next((row for row in findings_for([attendance])[attendance.pk] if row.code == code), None)
    if found is None:
        raise OverrideRefusedError("This no longer stands in the way.")
    return found
