"""Files that a practice sends through its organization's connection: handed over as bytes and numbers, and sent there.

The practice's own request follows what the organization says of its copy; each answer that is handed over later is
read here like any other.
"""

from __future__ import annotations

import uuid
from typing import Final

from django.db import transaction

from billing.claims import arriving, batching
from billing.claims.leaving import SEND
from billing.claims.telling import ARRIVED, STATE, TELL_ARRIVED
from billing.models import Batch, Connection, Request, SharedConnection
from practice import audit, clock, due, exchange, files, states
from practice.actors import Actor
from practice.exchange import Delivery, NotHandedOverError
from practice.tenancy.context import practice_context

FILE: Final = "claims.file"
_HANDED: Final = "Handed to {name}, which sends it."
_OPEN: Final = (Request.Status.SENDING, Request.Status.UNKNOWN)


def hand_file(request: Request, connection: Connection) -> None:
    """Hands a file to the organization, in the caller's transaction; where it takes none any more, a person looks."""
    actor = Actor.system(request.practice_id)
    states.transition(request, Request.Status.SENDING, actor=actor)
    request.attempts += 1
    try:
        _hand(request, connection, actor)
    except NotHandedOverError as error:
        request.trouble = str(error)[:300]
        states.transition(request, Request.Status.FAILED, actor=actor, reason=request.trouble)
    else:
        request.trouble = _HANDED.format(name=connection.through_name)
    request.lease_until = None
    request.save(update_fields=["attempts", "trouble", "lease_until"])
    due.done(SEND, practice_id=request.practice_id, object_id=request.pk)


def _hand(request: Request, connection: Connection, actor: Actor) -> None:
    if connection.through_id is None or connection.through_connection_id is None:
        raise NotHandedOverError(f"{connection.name} is nobody else’s connection.")
    payload: exchange.Payload = {
        "connection": connection.through_connection_id,
        "request": request.pk,
        "key": str(request.key),
        "filename": request.filename,
        "control_number": request.control_number,
        "claims": request.claim_count,
        "content": files.read(request.file),
    }
    exchange.hand_over(FILE, actor=actor, to=connection.through_id, payload=payload)


@exchange.receives(FILE)
def take_file(delivery: Delivery) -> None:
    """The organization's side: a request of its own, with the same bytes, numbers and key; a second time is nothing."""
    shares = SharedConnection.objects.filter(
        connection=delivery.number("connection"), for_practice=delivery.sender.pk, ended_at=None
    )
    share = shares.exclude(chosen_at=None).select_related("connection").first()
    if share is None:
        raise NotHandedOverError(f"{delivery.receiver} does not send for {delivery.sender} through this connection.")
    handed = {"for_practice": delivery.sender.pk, "for_request": delivery.number("request")}
    if not Request.objects.filter(**handed).exists():
        _keep(delivery, share.connection, handed)


def _keep(delivery: Delivery, connection: Connection, handed: dict[str, int]) -> None:
    actor = Actor.system(delivery.receiver.pk)
    facts = {"made_at": clock.now(), "made_by_name": delivery.sender.name[:130], "leaves_at": clock.now()}
    batch = Batch.objects.create(connection=connection, status=Batch.Status.MADE, **facts)
    request = Request.objects.create(
        batch=batch,
        connection=connection,
        key=uuid.UUID(delivery.text("key")),
        file=files.store(delivery.content("content"), name=delivery.text("filename"), actor=actor),
        filename=delivery.text("filename"),
        control_number=delivery.text("control_number"),
        claim_count=delivery.number("claims"),
        made_at=clock.now(),
        **handed,
    )
    states.record_first([batch, request], actor=actor)
    audit.record("request.taken_over", actor=actor, row=request, after={"from": delivery.sender.name})
    due.plan(SEND, practice_id=request.practice_id, object_id=request.pk, due_at=clock.now())
    practice_id, request_id = request.practice_id, request.pk
    transaction.on_commit(lambda: batching.ring(SEND, practice_id, request_id), robust=True)


@exchange.receives(STATE, afterwards=True)
def follow(delivery: Delivery) -> None:
    """The practice's side: its request stands as the organization says, unless an answer knew better already."""
    rows = Request.objects.select_for_update(no_key=True, of=("self",)).filter(pk=delivery.number("request"))
    request = rows.filter(connection__through_id=delivery.sender.pk).first()
    if request is None or request.status not in _OPEN:
        return
    state, trouble = delivery.text("state"), delivery.text("trouble")
    actor = Actor.system(delivery.receiver.pk)
    if state in {Request.Status.SENT, Request.Status.ACKNOWLEDGED}:
        arriving.record_sent(request, actor=actor, reason=f"{delivery.sender} sent it")
        return
    stands = {Request.Status.UNKNOWN, Request.Status.FAILED, Request.Status.SENDING}
    if state in stands and state != request.status and states.may_become(request, state):
        states.transition(request, state, actor=actor, reason=trouble[:200])
    request.trouble = (f"{delivery.sender}: {trouble}" if trouble else _HANDED.format(name=delivery.sender))[:300]
    request.save(update_fields=["trouble"])
    arriving.tell_connection(request.connection_id, trouble if state == Request.Status.READY else "")


@due.handles(TELL_ARRIVED)
def tell_arrived(practice_id: int, object_id: str) -> None:
    """The practice's side: an answer proved that its file arrived, whatever the organization knew so far."""
    with transaction.atomic(), practice_context(practice_id, phi=True):
        due.done(TELL_ARRIVED, practice_id=practice_id, object_id=object_id)
        request = Request.objects.select_related("connection").filter(pk=int(object_id)).first()
        if request is None or request.connection.through_id is None:
            return
        payload: exchange.Payload = {"request": request.pk}
        exchange.hand_over(ARRIVED, actor=Actor.system(practice_id), to=request.connection.through_id, payload=payload)


@exchange.receives(ARRIVED, afterwards=True)
def hear_arrived(delivery: Delivery) -> None:
    """The organization's side: its copy of the file is sent, and nobody is asked about it any more."""
    rows = Request.objects.filter(for_practice=delivery.sender.pk, for_request=delivery.number("request"))
    arriving.record_answered(list(rows.values_list("pk", flat=True)), actor=Actor.system(delivery.receiver.pk))
