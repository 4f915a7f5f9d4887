"""Which billed sessions stand on a clinician's license or terms of work."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from clinicians.foundations import Foundation
from clinicians.models import License
from practice import clock
from practice.models import Practice
from scheduling.models import Attendance


def sessions_billed_on(row: Foundation, practice: Practice) -> str:
    """In a sentence, how many; another license that was good for the same state and day leaves none on this one."""
    rows = Attendance.objects.filter(
        rendering=row.clinician_id, status=Attendance.Status.CONFIRMED, outcome=Attendance.Status.HELD
    )
    on_it = _on_license(row, practice) if isinstance(row, License) else _between(practice, row.starts_on, row.ends_on)
    found = rows.filter(on_it).count()
    if not found:
        return ""
    what = "One session was billed" if found == 1 else f"{found} sessions were billed"
    return f"{what} on this license." if isinstance(row, License) else f"{what} under these terms."


def _on_license(row: License, practice: Practice) -> Q:
    others = License.objects.filter(clinician=row.clinician_id, state=row.state).exclude(pk=row.pk)
    covered = Q(pk__in=[])
    for other in others:
        covered |= _between(practice, other.issued_on, other.expires_on)
    office = Q(session__telehealth=False, session__location__state=row.state)
    away = Q(session__telehealth=True, client_state=row.state)
    return (office | away) & _between(practice, row.issued_on, row.expires_on) & ~covered


def _between(practice: Practice, first: dt.date | None, last: dt.date | None) -> Q:
    span = Q()
    if first is not None:
        span &= Q(session__starts_at__gte=clock.instant(practice, first, dt.time.min))
    if last is not None:
        span &= Q(session__starts_at__lt=clock.instant(practice, last + dt.timedelta(days=1), dt.time.min))
    return span
