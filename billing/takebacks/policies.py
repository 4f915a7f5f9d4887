"""Which takebacks a person may see: who sees remittances sees all of the practice's."""

from __future__ import annotations

from django.db.models import QuerySet

from billing.models import Takeback
from practice.actors import Actor


def visible_takebacks(actor: Actor) -> QuerySet[Takeback]:
    """The takebacks of the practice; none without the permission."""
    return Takeback.objects.all() if actor.may("remittances:view") else Takeback.objects.none()
