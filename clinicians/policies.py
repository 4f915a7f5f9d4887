"""Who may see which clinician: those with `team:view` all, everybody else their own record."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from clinicians.models import Clinician, Supervision
from practice import clock
from practice.actors import Actor


@dataclass(frozen=True, slots=True)
class Own:
    """The actor's own clinician record, and the present date where its practice is."""

    id: int
    today: dt.date


def own_clinician(actor: Actor) -> Own | None:
    """The actor's own record here with today's date, or None; one query."""
    if actor.user_id is None:
        return None
    found = Clinician.objects.filter(user_id=actor.user_id).values_list("pk", "practice__time_zone").first()
    return Own(found[0], clock.now().astimezone(ZoneInfo(found[1])).date()) if found else None


def own_clinician_id(actor: Actor) -> int | None:
    """The id of the actor's own clinician record here, or None."""
    own = own_clinician(actor)
    return own.id if own else None


def supervised_ids(actor: Actor) -> list[int]:
    """The ids of the clinicians whom the actor supervises today, first and last day included."""
    own = own_clinician(actor)
    if own is None:
        return []
    running = Q(ends_on=None) | Q(ends_on__gte=own.today)
    rows = Supervision.objects.filter(running, supervisor_id=own.id, starts_on__lte=own.today)
    return list(rows.values_list("supervisee_id", flat=True))


def visible_clinicians(actor: Actor) -> QuerySet[Clinician]:
    """The clinicians whose file the actor may open."""
    if actor.may("team:view"):
        return Clinician.objects.all()
    return Clinician.objects.filter(pk=own_clinician_id(actor) or 0)
