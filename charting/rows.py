"""Documentation exists from the start, and is written down when somebody first needs the row."""

from __future__ import annotations

from collections.abc import Iterable

from charting.models import Documentation
from practice import clock, states
from practice.actors import Actor
from scheduling.models import Attendance


def ensure_for(attendances: Iterable[Attendance], *, actor: Actor) -> dict[int, Documentation]:
    """The documentation of each attendance by the attendance's id, made where there is none; at most four queries."""
    ids = {row.pk for row in attendances}
    found = _of(ids)
    lacking = ids - found.keys()
    if not lacking:
        return found
    now = clock.now()
    rows = [Documentation(attendance_id=number, changed_at=now) for number in sorted(lacking)]
    Documentation.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    made = _of(lacking)
    states.record_first(list(made.values()), actor=actor)
    return found | made


def _of(ids: Iterable[int]) -> dict[int, Documentation]:
    return {row.attendance_id: row for row in Documentation.objects.filter(attendance__in=ids)}
