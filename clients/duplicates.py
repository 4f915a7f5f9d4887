"""Who on file may be the same person as somebody who is about to be added."""

from __future__ import annotations

from django.db.models import Q

from clients.models import Client
from clients.policies import visible_clients
from practice.actors import Actor

_MOST = 5


def of(actor: Actor, person: Client) -> list[Client]:
    """The clients born on the same day with the same last name, or with the same first and last name.

    Twins are among them too, which is why a person decides (`migration.md` 5, near match).
    """
    firsts = {name for name in (person.first_name, person.preferred_name) if name}
    same_name = Q()
    for name in firsts:
        same_name |= Q(first_name__iexact=name) | Q(preferred_name__iexact=name)
    born = Q(date_of_birth=person.date_of_birth) if person.date_of_birth else Q(pk=0)
    found = visible_clients(actor).filter(born | same_name, last_name__iexact=person.last_name)
    return list(found.order_by("pk")[:_MOST])
