"""One part of a record by its id, as far as its client is the actor's to see."""

from __future__ import annotations

from typing import TypeVar

from django.http import Http404

from clients.models import Authorization, Caseload, ClientDiagnosis, Contact, Coverage
from clients.policies import visible_clients
from practice.actors import Actor

_Part = TypeVar("_Part", Caseload, Contact, Coverage, ClientDiagnosis)


def part(actor: Actor, model: type[_Part], pk: int) -> _Part:
    """A row that belongs to a client directly; Http404 when not there."""
    found = model.objects.filter(pk=pk, client__in=visible_clients(actor)).first()
    if found is None:
        raise Http404
    return found


def authorization(actor: Actor, pk: int) -> Authorization:
    """An authorization with its coverage; Http404 when not there."""
    rows = Authorization.objects.filter(pk=pk, coverage__client__in=visible_clients(actor))
    found = rows.select_related("coverage").first()
    if found is None:
        raise Http404
    return found
