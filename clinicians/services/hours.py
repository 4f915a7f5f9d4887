"""What changes when somebody works in a usual week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from django.db import transaction
from django.http import Http404

from clinicians.errors import TeamRefusedError
from clinicians.models import WorkingHours
from clinicians.services._rows import locked
from practice import audit
from practice.actors import Actor
from practice.models import AuditEvent, Location

_SET: Final = "clinician.hours_set"


@dataclass(frozen=True, slots=True)
class Stretch:
    """From when to when on a weekday (0 is Monday), by the practice's wall clock, and where."""

    weekday: int
    starts: dt.time
    ends: dt.time
    location_id: int | None = None


@transaction.atomic
def set_hours(*, actor: Actor, clinician_id: int, stretches: Sequence[Stretch]) -> list[WorkingHours]:
    """Replaces the usual week. TeamRefusedError names the two stretches that overlap."""
    actor.require("team:edit")
    clinician = locked(clinician_id)
    week = sorted(stretches, key=lambda stretch: (stretch.weekday, stretch.starts))
    _refuse_disorder(week)
    _refuse_overlap(week)
    places = set(Location.objects.values_list("pk", flat=True))
    before = _told(WorkingHours.objects.filter(clinician=clinician))
    WorkingHours.objects.filter(clinician=clinician).delete()
    rows = [
        WorkingHours(
            clinician=clinician,
            weekday=stretch.weekday,
            starts=stretch.starts,
            ends=stretch.ends,
            location_id=stretch.location_id if stretch.location_id in places else None,
        )
        for stretch in week
    ]
    WorkingHours.objects.bulk_create(rows)
    audit.record(_SET, actor=actor, row=clinician, before=before, after=_told(rows))
    return rows


@transaction.atomic
def restore_hours(*, actor: Actor, clinician_id: int) -> list[WorkingHours]:
    """Puts the week back as it was before the last change. Http404 when it was never changed."""
    actor.require("team:edit")
    clinician = locked(clinician_id)
    told = AuditEvent.objects.filter(action=_SET, kind=clinician._meta.label_lower, object_id=str(clinician_id))
    event = told.order_by("-at").first()
    before = event.before if event else None
    if not before or "stretches" not in before:
        raise Http404
    week = [
        Stretch(day, dt.time.fromisoformat(starts), dt.time.fromisoformat(ends), place)
        for day, starts, ends, place in before["stretches"]
    ]
    return set_hours(actor=actor, clinician_id=clinician_id, stretches=week)


def _refuse_disorder(week: Sequence[Stretch]) -> None:
    for stretch in week:
        if stretch.ends <= stretch.starts:
            raise TeamRefusedError(f"{_named(stretch)} ends before it starts.")


def _refuse_overlap(week: Sequence[Stretch]) -> None:
    for first, second in pairwise(week):
        if first.weekday == second.weekday and second.starts < first.ends:
            raise TeamRefusedError(f"{_named(first)} and {_named(second)} overlap.")


def _named(stretch: Stretch) -> str:
    day = WorkingHours.Weekday(stretch.weekday).label
    return f"{day} {_clock(stretch.starts)} to {_clock(stretch.ends)}"


def _clock(value: dt.time) -> str:
    return f"{value:%I:%M %p}".lstrip("0")


def _told(rows: Iterable[WorkingHours]) -> dict[str, Any]:
    """The week in words, and as `restore_hours` reads it."""
    week = list(rows)
    stretches = [[row.weekday, row.starts.isoformat(), row.ends.isoformat(), row.location_id] for row in week]
    return {"hours": [str(row) for row in week], "stretches": stretches}
