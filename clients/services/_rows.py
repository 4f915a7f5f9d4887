"""Finding and locking the client whose record is changed."""

from __future__ import annotations

from django.http import Http404

from clients.models import Client
from clients.policies import visible_clients
from practice.actors import Actor


def locked(actor: Actor, client_id: int) -> Client:
    """The client, locked: whoever changes the record of one client waits for the other. Http404 when not theirs."""
    found = visible_clients(actor).select_for_update(of=("self",), no_key=True).filter(pk=client_id).first()
    if found is None:
        raise Http404
    return found
