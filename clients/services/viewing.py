"""Opening a client's record: every read of it is written down."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404

from clients.models import Client
from clients.policies import SEES, visible_clients
from practice import audit
from practice.actors import Actor


@transaction.atomic
def open_record(*, actor: Actor, client_id: int) -> Client:
    """The client, for a page that shows the record. Http404 for one who is not there or not theirs to see."""
    actor.require(*SEES)
    client = visible_clients(actor).select_related("sourced_by", "location").filter(pk=client_id).first()
    if client is None:
        raise Http404
    audit.record("client.viewed", actor=actor, row=client, client_id=client.pk)
    return client
