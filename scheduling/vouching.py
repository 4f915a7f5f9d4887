"""A clinician's word is about the record as it was: it lapses when the record changes before it is billed."""

from __future__ import annotations

from practice import audit
from practice.actors import Actor
from scheduling.models import Attendance


def lapse(attendance: Attendance, *, actor: Actor) -> None:
    """The clinician vouched for the record as it was: once it changes, their word is asked for again."""
    if attendance.attestation_id is None or attendance.status == Attendance.Status.CONFIRMED:
        return
    attendance.attestation = None
    attendance.save(update_fields=["attestation"])
    audit.record("attendance.attestation_lapsed", actor=actor, row=attendance, client_id=attendance.client_id)
