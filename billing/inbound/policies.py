"""Which files and transactions that came back a person may see."""

from __future__ import annotations

from django.db.models import QuerySet

from billing.models import InboundFile, InboundTransaction
from practice.actors import Actor


def visible_files(actor: Actor) -> QuerySet[InboundFile]:
    """The files of the practice; none without a permission for claims or remittances."""
    return InboundFile.objects.all() if _may(actor) else InboundFile.objects.none()


def visible_transactions(actor: Actor) -> QuerySet[InboundTransaction]:
    """The transactions in them; none without a permission for claims or remittances."""
    return InboundTransaction.objects.all() if _may(actor) else InboundTransaction.objects.none()


def _may(actor: Actor) -> bool:
    return actor.may("claims:view", "remittances:view")
