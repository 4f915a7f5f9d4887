"""Which remittances and denials a person may see: who holds the permission sees all of the practice's."""

from __future__ import annotations

from django.db.models import QuerySet

from billing.models import Denial, Remittance
from practice.actors import Actor


def visible_remittances(actor: Actor) -> QuerySet[Remittance]:
    """The remittances of the practice; none without the permission."""
    return Remittance.objects.all() if actor.may("remittances:view") else Remittance.objects.none()


def visible_denials(actor: Actor) -> QuerySet[Denial]:
    """The denials of the practice; none without the permission."""
    return Denial.objects.all() if actor.may("remittances:view") else Denial.objects.none()
