"""Who may see which clinician: those with `team:view` all, everybody else their own record."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from clinicians.models import Clinician, Supervision
from practice.actors import Actor
from practice.clock import now


def own_clinician_id(actor: Actor) -> int | None:
    """The id of the actor's own clinician record here, or None."""
    if actor.user_id is None:
        return None
    return Clinician.objects.filter(user_id=actor.user_id).values_list("pk", flat=True).first()


def supervised_ids(actor: Actor) -> list[int]:
    """The ids of the clinicians whom the actor supervises today (the day in UTC, ends included)."""
    own = own_clinician_id(actor)
    if own is None:
        return []
    today = now().date()
    running = Q(ends_on=None) | Q(ends_on__gte=today)
    rows = Supervision.objects.filter(running, supervisor_id=own, starts_on__lte=today)
    return list(rows.values_list("supervisee_id", flat=True))


def visible_clinicians(actor: Actor) -> QuerySet[Clinician]:
    """The clinicians whose file the actor may open."""
    if actor.may("team:view"):
        return Clinician.objects.all()
    return Clinician.objects.filter(pk=own_clinician_id(actor) or 0)
