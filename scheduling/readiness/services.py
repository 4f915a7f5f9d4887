"""Going past a warning: who, and why."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.http import Http404

from practice import audit, clock
from practice.actors import Actor
from scheduling.models import Attendance, FindingOverride
from scheduling.policies import visible_attendances
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
    _refuse(attendance, code)
    row = FindingOverride.objects.create(
        attendance=attendance, code=code, reason=reason, by_id=actor.user_id, by_name=actor.name, at=clock.now()
    )
    facts = {"code": code, "reason": reason}
    audit.record("finding.overridden", actor=actor, row=attendance, client_id=attendance.client_id, after=facts)
    return row


def _locked(actor: Actor, attendance_id: int) -> Attendance:
    found = visible_attendances(actor).filter(pk=attendance_id).select_for_update(of=("self",)).first()
    if found is None:
        raise Http404
    return found


def _refuse(attendance: Attendance, code: str) -> None:
    finding = next((row for row in findings_for([attendance])[attendance.pk] if row.code == code), None)
    if finding is None:
        raise OverrideRefusedError("This no longer stands in the way.")
    if finding.blocks:
        raise OverrideRefusedError(f"This has to be fixed first: {finding.title}")
    if finding.overridden:
        raise OverrideRefusedError(f"This is decided already by {finding.overridden}.")
