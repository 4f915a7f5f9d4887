"""Whom to call."""

from __future__ import annotations

import pytest
from django.http import Http404

from clients import services
from clients.models import Contact
from practice.actors import Actor
from practice.models import AuditEvent
from tests.clients.conftest import File


def test_what_was_removed_comes_back_as_it_was(file: File, alice: Actor) -> None:
    client = file()
    row = services.add_contact(
        actor=alice, client_id=client.pk, name="Luis Torres", phone="2155550142", is_emergency=True
    )
    services.remove_contact(actor=alice, contact_id=row.pk)
    assert not Contact.objects.exists()
    services.restore_contact(actor=alice, contact_id=row.pk)
    back = Contact.objects.get()
    assert (back.name, back.phone, back.is_emergency) == ("Luis Torres", "(215) 555-0142", True)
    actions = AuditEvent.objects.filter(kind="clients.contact").values_list("action", flat=True)
    assert set(actions) == {"contact.added", "contact.removed", "contact.restored"}


def test_what_was_never_removed_is_not_put_back(file: File, alice: Actor) -> None:
    row = services.add_contact(actor=alice, client_id=file().pk, name="Luis Torres")
    with pytest.raises(Http404):
        services.restore_contact(actor=alice, contact_id=row.pk)
