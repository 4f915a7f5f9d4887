"""What changes whom to call for a client."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from clients.identifiers import phone as written_phone
from clients.models import Contact
from clients.services._rows import locked
from practice.actors import Actor
from practice.records import find, refreshed, remove, removed, save_changed, save_new


@transaction.atomic
def add_contact(*, actor: Actor, client_id: int, **values: Any) -> Contact:
    """Adds somebody to call."""
    actor.require("clients:edit")
    client = locked(actor, client_id)
    row = Contact(client=client, **_written(values))
    save_new("contact.added", actor, row, client.pk)
    return row


@transaction.atomic
def change_contact(*, actor: Actor, contact_id: int, **values: Any) -> Contact:
    """Changes how somebody is reached, and what for."""
    actor.require("clients:edit")
    row = find(Contact, contact_id)
    client = locked(actor, row.client_id)
    row = refreshed(row)
    save_changed("contact.changed", actor, row, _written(values), client.pk)
    return row


@transaction.atomic
def remove_contact(*, actor: Actor, contact_id: int) -> Contact:
    """Takes a contact off the record."""
    actor.require("clients:edit")
    row = find(Contact, contact_id)
    client = locked(actor, row.client_id)
    row = refreshed(row)
    gone = Contact(pk=row.pk, client=client, name=row.name)
    remove("contact.removed", actor, row, client.pk)
    return gone


@transaction.atomic
def restore_contact(*, actor: Actor, contact_id: int) -> Contact:
    """Puts a contact back as it was when it was removed. Http404 when it was not."""
    actor.require("clients:edit")
    row = removed("contact.removed", Contact, contact_id)
    client = locked(actor, row.client_id)
    save_new("contact.restored", actor, row, client.pk)
    return row


def _written(values: dict[str, Any]) -> dict[str, Any]:
    return values | {"phone": written_phone(values.get("phone", ""))}
