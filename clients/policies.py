"""Who may see which client: those with `clients:view` all, a clinician the people on their own caseload now."""

from __future__ import annotations

from typing import Final

from django.db.models import Q, QuerySet

from clients.models import Caseload, Client
from clinicians.policies import own_clinician
from practice.actors import Actor

SEES: Final = ("clients:view", "clients:own")
DIAGNOSES: Final = ("clients:edit", "documentation:own")


def visible_clients(actor: Actor) -> QuerySet[Client]:
    """The clients whose record the actor may open; a clinician those of their caseload that has not ended.

    The last day counts. What they gave before stays theirs: `scheduling` and `charting` decide about sessions and
    documentation by who gave them, not by this.
    """
    if actor.may("clients:view"):
        return Client.objects.all()
    own = own_clinician(actor)
    if own is None:
        return Client.objects.none()
    running = Q(ends_on=None) | Q(ends_on__gte=own.today)
    return Client.objects.filter(pk__in=Caseload.objects.filter(running, clinician_id=own.id).values("client"))


def sees_rates(actor: Actor) -> bool:
    """Whether the actor may know what a client pays beyond the copay."""
    return actor.may("clients:view")


def may_diagnose(actor: Actor) -> bool:
    """Whether the actor may change diagnoses of the clients they see: whoever edits clients, and clinicians."""
    return actor.may(*DIAGNOSES)
