"""Who may see which client's money: holders of `money:view` or `money:edit` everybody's, nobody else anybody's."""

from __future__ import annotations

from django.db.models import QuerySet

from clients.models import Client
from practice.actors import Actor


def visible_clients(actor: Actor) -> QuerySet[Client]:
    """The clients whose account the actor may open."""
    clients = Client.objects.all()
    return clients if actor.may("money:view", "money:edit") else clients.none()
