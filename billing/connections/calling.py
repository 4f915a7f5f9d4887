"""An organization calls for what its practices have waiting: each lets its batches leave, and says how many did.

Only practices whose agreement lets the organization's staff send their claims; the others keep to their own times.
"""

from __future__ import annotations

from typing import Final

from django.db import transaction

from billing.claims import batching, sending
from billing.connections.services import own
from billing.models import Batch, Claim, Connection, SharedConnection
from practice import access, audit, clock, exchange
from practice.actors import Actor
from practice.exchange import Delivery, NotHandedOverError
from practice.setup.errors import SetupRefusedError

CALLED: Final = "batches.called"
LEAVING: Final = "batches.leaving"
PERMISSION: Final = "claims:edit"


@transaction.atomic
def call(*, actor: Actor, connection_id: int) -> list[SharedConnection]:
    """Calls for the waiting batches of every practice that lets us; what waits here is tried at once too.

    The shares of those that took the call say how much left. SetupRefusedError where none did.
    """
    actor.require(PERMISSION)
    row = own(connection_id)
    granted = {one.practice_id for one in access.served(actor) if PERMISSION in one.permissions}
    shares = SharedConnection.objects.filter(connection=row, chosen_at__isnull=False, ended_at=None)
    called = [share.pk for share in shares if share.for_practice in granted and _took(share, actor)]
    if not called:
        raise SetupRefusedError("No practice that sends through this connection lets you send its claims.")
    sending.go_on(row, actor=actor)
    return list(SharedConnection.objects.filter(pk__in=called).order_by("practice_name"))


def _took(share: SharedConnection, actor: Actor) -> bool:
    """Calls for one practice's batches; False where it does not take the call any more."""
    payload: exchange.Payload = {"connection": share.connection_id, "by": actor.name}
    try:
        exchange.hand_over(CALLED, actor=actor, to=share.for_practice, payload=payload)
    except NotHandedOverError:
        return False
    return True


@exchange.receives(CALLED)
def be_called(delivery: Delivery) -> None:
    """The practice's side: its batches that wait for this connection leave now; the organization is told how many."""
    number = delivery.number("connection")
    rows = Connection.objects.filter(through_id=delivery.sender.pk, through_connection_id=number, is_active=True)
    if not access.lets(delivery.receiver, delivery.sender, PERMISSION) or not rows.exists():
        raise NotHandedOverError(f"{delivery.receiver} does not let {delivery.sender} send its claims.")
    actor = Actor.system(delivery.receiver.pk)
    waits = Batch.objects.filter(connection__in=rows, status=Batch.Status.WAITING).order_by("pk")
    left = [batching.send_now(actor=actor, batch_id=pk).pk for pk in list(waits.values_list("pk", flat=True))]
    claims = Claim.objects.filter(batch_rows__batch__in=left, status=Claim.Status.BATCHED).distinct().count()
    by = f"{delivery.text('by')}, {delivery.sender}"
    audit.record("batches.called_for", actor=actor, after={"by": by, "batches": left})
    said: exchange.Payload = {"connection": number, "by": delivery.text("by"), "batches": len(left), "claims": claims}
    exchange.hand_over(LEAVING, actor=actor, to=delivery.sender.pk, payload=said)


@exchange.receives(LEAVING)
def be_told(delivery: Delivery) -> None:
    """The organization's side: how many batches and claims left when it called, nothing about them."""
    rows = SharedConnection.objects.filter(connection=delivery.number("connection"), for_practice=delivery.sender.pk)
    rows.update(
        called_at=clock.now(),
        called_by_name=delivery.text("by")[:130],
        called_batches=delivery.number("batches"),
        called_claims=delivery.number("claims"),
    )
