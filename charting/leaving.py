"""What a clinician who leaves has not documented, signed or co-signed."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from charting.listing import STATES
from charting.policies import given_by, reach_of
from charting.selectors import needing_notes, with_states
from clinicians.leaving import Leaver, StaysOpen
from clinicians.models import Supervision
from practice import clock
from scheduling.models import Attendance


def notes_left(leaver: Leaver) -> list[StaysOpen]:
    """Their own open notes, and notes that wait for their co-signature; nothing for who may not know of all notes."""
    if not reach_of(leaver.actor).sees_all:
        return []
    page = leaver.url("documentation")
    own = _count({leaver.clinician_id}, STATES["missing"] | STATES["drafted"])
    waiting = _count(_supervised(leaver), STATES["cosign"])
    found = []
    if own:
        what = f"{own} sessions have" if own > 1 else "One session has"
        url = f"{page}?clinician={leaver.clinician_id}"
        found.append(StaysOpen(f"{what} no signed documentation.", "Open the documentation", url))
    if waiting:
        what = f"{waiting} notes wait" if waiting > 1 else "One note waits"
        found.append(StaysOpen(f"{what} for their co-signature.", "Open the notes", f"{page}?state=cosign"))
    return found


def _count(clinician_ids: Collection[int], which: Q) -> int:
    if not clinician_ids:
        return 0
    rows = needing_notes(Attendance.objects.filter(given_by(clinician_ids)))
    return with_states(rows).filter(which).count()


def _supervised(leaver: Leaver) -> set[int]:
    today = clock.today(leaver.practice)
    running = Q(ends_on=None) | Q(ends_on__gte=today)
    rows = Supervision.objects.filter(running, supervisor=leaver.clinician_id, starts_on__lte=today)
    return set(rows.values_list("supervisee_id", flat=True))
