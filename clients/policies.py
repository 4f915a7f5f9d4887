"""Who may see which client: those with `clients:view` all, a clinician the people on their own caseload."""

from __future__ import annotations

from typing import Final

from django.db.models import QuerySet

from clients.models import Caseload, Client
from clinicians.policies import own_clinician_id
from practice.actors import Actor

SEES: Final = ("clients:view", "clients:own")
DIAGNOSES: Final = ("clients:edit", "documentation:own")


def visible_clients(actor: Actor) -> QuerySet[Client]:
    """The clients whose record the actor may open."""
    if actor.may("clients:view"):
        return Client.objects.all()
    own = own_clinician_id(actor) or 0
    return Client.objects.filter(pk__in=Caseload.objects.filter(clinician_id=own).values("client"))


def sees_rates(actor: Actor) -> bool:
    """Whether the actor may know what a client pays beyond the copay."""
    return actor.may("clients:view")


def may_diagnose(actor: Actor) -> bool:
    """Whether the actor may change diagnoses of the clients they see: whoever edits clients, and clinicians."""
    return actor.may(*DIAGNOSES)
