"""A file of claims that left: billed by the one click, put in a file and recorded as sent by the services."""

from __future__ import annotations

from typing import Final

from django.db import transaction

from billing.claims import arriving, batching, leaving
from billing.day import running, services
from billing.models import Batch, Connection, Request
from desk.bench.people import Staffed
from practice import access
from practice.access import Access
from practice.accounts import people
from practice.actors import Actor
from practice.models import Practice
from practice.tenancy.context import practice_context

CONNECTION: Final = {
    "name": "Sandbox payer",
    "layout": "sandbox",
    "host": "127.0.0.1",
    "username": "bench",
    "submitter_id": "BENCH",
    "receiver_id": "SANDBOX",
    "receiver_name": "SANDBOX PAYER",
}


def send(made: Staffed, attendance_ids: list[int]) -> int:
    """Connects the practice, then bills and sends; the file's key. Nothing calls out: the connection answers nobody."""
    practice = made.practice
    with transaction.atomic(), practice_context(practice.pk, phi=True):
        Connection.objects.create(**CONNECTION)
    batch_id = click(_owner(made), attendance_ids)
    with transaction.atomic(), practice_context(practice.pk, phi=True):
        request = Request.objects.get(batch=batch_id)
        arriving.record_sent(Request.objects.select_for_update().get(pk=request.pk), actor=Actor.system(practice.pk))
        return request.pk


def click(entry: Access, attendance_ids: list[int]) -> int:
    """One click, its work, "Send now" and its work; the batch's key."""
    actor, practice = entry.actor, entry.practice
    with transaction.atomic(), practice_context(practice.pk, phi=True, rates=True):
        run = services.bill(actor=actor, practice=practice, attendance_ids=attendance_ids, attested=True)
    running.perform(practice.pk, str(run.pk))
    with transaction.atomic(), practice_context(practice.pk, phi=True, rates=True):
        batch = Batch.objects.get(run=run)
        batching.send_now(actor=actor, batch_id=batch.pk)
    leaving.leave(practice.pk, str(batch.pk))
    return batch.pk


def requests_of(practice: Practice, batch_id: int) -> list[Request]:
    """The files of a batch."""
    with transaction.atomic(), practice_context(practice.pk, phi=True):
        return list(Request.objects.filter(batch=batch_id))


def _owner(made: Staffed) -> Access:
    user = people.account_of(made.email)
    entry = access.enter(user, made.practice.slug) if user else None
    if entry is None:
        raise LookupError("The owner cannot enter the bench's practice.")
    return entry
