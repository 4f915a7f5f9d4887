"""Which claims a person may see: who holds the permission sees all of the practice's."""

from __future__ import annotations

from django.db.models import QuerySet

from billing.models import Batch, Claim
from practice.actors import Actor


def visible_claims(actor: Actor) -> QuerySet[Claim]:
    """The claims of the practice; none without the permission."""
    return Claim.objects.all() if actor.may("claims:view") else Claim.objects.none()


def visible_batches(actor: Actor) -> QuerySet[Batch]:
    """The batches of the practice; none without the permission."""
    return Batch.objects.all() if actor.may("claims:view") else Batch.objects.none()
