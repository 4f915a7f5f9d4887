"""Puts several sessions right at once."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from practice import audit
from practice.actors import Actor
from scheduling import locks
from scheduling.models import Attendance
from scheduling.policies import visible_attendances


@transaction.atomic
def use_scheduled_times(*, actor: Actor, attendance_ids: Collection[int]) -> int:
    """Takes the calendar's times as what happened, where nobody entered any; how many that were."""
    actor.require("billing:edit")
    chosen = visible_attendances(actor).filter(pk__in=attendance_ids, actual_start=None, actual_stop=None)
    rows = locks.attendances(chosen.select_related("session").exclude(status=Attendance.Status.CONFIRMED))
    for row in rows:
        row.actual_start, row.actual_stop = row.session.starts_at, row.session.ends_at
    Attendance.objects.bulk_update(rows, ["actual_start", "actual_stop"], batch_size=500)
    audit.record_many(
        audit.event(
            "attendance.facts",
            actor=actor,
            row=row,
            client_id=row.client_id,
            after={"actual_start": row.actual_start, "actual_stop": row.actual_stop},
        )
        for row in rows
    )
    return len(rows)
