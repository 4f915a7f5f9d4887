"""What changes where a clinician stands with a payer."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.http import Http404

from clinicians.errors import TeamRefusedError
from clinicians.models import Enrollment
from clinicians.services._rows import locked
from practice.actors import Actor
from practice.models import PracticePayer
from practice.records import save_changed, save_new

_STATUS = Enrollment.Status


@transaction.atomic
def set_enrollment(
    *,
    actor: Actor,
    clinician_id: int,
    payer_id: int,
    status: str,
    effective_on: dt.date | None = None,
    ends_on: dt.date | None = None,
    provider_number: str = "",
    note: str = "",
) -> Enrollment:
    """Says where a clinician stands with a payer; the first word about a pair makes its row."""
    actor.require("team:edit")
    clinician, payer = locked(clinician_id), PracticePayer.objects.filter(pk=payer_id).first()
    if payer is None:
        raise Http404
    _refuse_dates(status, effective_on, ends_on)
    values = {
        "status": status,
        "effective_on": effective_on,
        "ends_on": ends_on,
        "provider_number": provider_number,
        "note": note,
    }
    row = Enrollment.objects.filter(clinician=clinician, payer=payer).first()
    if row is not None:
        save_changed("enrollment.changed", actor, row, values)
        return row
    row = Enrollment(clinician=clinician, payer=payer, **values)
    with TeamRefusedError.instead_of(
        "enrollment_once", f"{clinician.name} stands on {payer.name}’s list already. Open it again."
    ):
        save_new("enrollment.added", actor, row)
    return row


def _refuse_dates(status: str, effective_on: dt.date | None, ends_on: dt.date | None) -> None:
    if status == _STATUS.EFFECTIVE and effective_on is None:
        raise TeamRefusedError(
            "Give the date from which the payer has them loaded; sessions bill from that day.", "effective_on"
        )
    if status == _STATUS.ENDED and effective_on is not None and ends_on is None:
        raise TeamRefusedError("Give the last day on which they were in network.", "ends_on")
    TeamRefusedError.if_reversed(effective_on, ends_on, "The last day is before the first.", "ends_on")
