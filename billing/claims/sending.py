"""Sending in three steps: lease and commit, call with no transaction open, record. Nothing is sent blindly twice.

Where the receiver knows a file again by its key, the same bytes go again under the same key until it is known what
became of them. Elsewhere it is only looked for.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from billing.claims import arriving, handing, repeating, telling
from billing.claims.leaving import SEND
from billing.clearinghouses.opening import login_of, open_line
from billing.clearinghouses.protocol import (
    ClearinghouseError,
    Login,
    MaybeSentError,
    NotSentError,
    OutboundFile,
    Receipt,
    RefusedError,
    refuse_inside_transaction,
)
from billing.inbound import services as inbound
from billing.models import Connection, InboundFile, Request
from practice import clock, due, files, states
from practice.actors import Actor
from practice.models import Practice
from practice.tenancy.context import practice_context

LEASE: Final = dt.timedelta(minutes=5)
AGAIN: Final = dt.timedelta(minutes=5)
LONGEST_PAUSE: Final = dt.timedelta(hours=1)
_NOT_SHOWN: Final = "The sending was interrupted, and the clearinghouse does not show the file. It may have it."
_SWITCHED_OFF: Final = "{name} is switched off. The file leaves once it is in use again."


@dataclass(frozen=True, slots=True)
class Parcel:
    """What the middle step needs, carried out of the transaction.

    `look_first` when it may have left already and the receiver has no keys; `is_keyed` when it has.
    """

    login: Login
    item: OutboundFile
    look_first: bool
    is_keyed: bool = False


@due.handles(SEND)
def send(practice_id: int, object_id: str) -> None:
    """Sends one request, or finds out whether an interrupted sending had arrived."""
    refuse_inside_transaction()
    request_id = int(object_id)
    parcel = _lease(practice_id, request_id)
    if parcel is None:
        return
    try:
        receipt = _hand_over(parcel)
    except NotSentError as error:
        _later(practice_id, request_id, error, is_interrupted=parcel.look_first)
    except RefusedError as error:
        _failed(practice_id, request_id, str(error))
    except ClearinghouseError as error:
        wait = error.wait if isinstance(error, MaybeSentError) else None
        _unknown(practice_id, request_id, str(error), wait)
    else:
        if receipt is not None:
            _sent(practice_id, request_id, receipt)
        else:
            _unknown(practice_id, request_id, _NOT_SHOWN)


@transaction.atomic
def go_on(connection: Connection, *, actor: Actor) -> None:
    """What waits for this connection is tried at once: it works again, or is in use again."""
    waits = (Request.Status.READY, Request.Status.SENDING)
    for request in Request.objects.filter(connection=connection, status__in=waits).only("pk", "lease_until"):
        due.plan(SEND, practice_id=actor.practice_id, object_id=request.pk, due_at=request.lease_until or clock.now())


def _lease(practice_id: int, request_id: int) -> Parcel | None:
    """Step one. None when there is nothing to send: done already, in another worker's hands, or switched off."""
    with transaction.atomic(), practice_context(practice_id, phi=True):
        request = _found(request_id)
        connection = Connection.objects.get(pk=request.connection_id) if request else None
        if request is None or connection is None or not _is_to_send(request, connection):
            due.done(SEND, practice_id=practice_id, object_id=request_id)
            return None
        if request.status == Request.Status.SENDING and _is_leased(request):
            due.plan(SEND, practice_id=practice_id, object_id=request_id, due_at=request.lease_until or clock.now())
            return None
        if not connection.is_active and connection.ended_at is None:
            _wait_for(connection, request)
            return None
        if connection.through_id is not None:
            handing.hand_file(request, connection)
            return None
        return _take(request, connection)


def _is_to_send(request: Request, connection: Connection) -> bool:
    """What waits or was interrupted; what is not known only where its key still says that it goes once."""
    waits = {Request.Status.READY} if connection.through_id else {Request.Status.READY, Request.Status.SENDING}
    if connection.through_id or request.status != Request.Status.UNKNOWN:
        return request.status in waits
    if repeating.may_repeat(request, connection):
        return True
    if repeating.has_keys(connection):
        request.trouble = repeating.OVER
        request.save(update_fields=["trouble"])
    return False


def _is_leased(request: Request) -> bool:
    return request.lease_until is not None and request.lease_until > clock.now()


def _wait_for(connection: Connection, request: Request) -> None:
    """Nothing is done through a connection that is switched off; using it again plans the sending anew."""
    request.trouble = _SWITCHED_OFF.format(name=connection.name)
    request.save(update_fields=["trouble"])
    due.done(SEND, practice_id=request.practice_id, object_id=request.pk)


def _take(request: Request, connection: Connection) -> Parcel:
    interrupted = request.status == Request.Status.SENDING
    keyed = repeating.may_repeat(request, connection)
    if not interrupted:
        states.transition(request, Request.Status.SENDING, actor=Actor.system(request.practice_id))
    request.lease_until, request.attempts = clock.now() + LEASE, request.attempts + 1
    request.key_used_at = request.key_used_at or clock.now()
    request.save(update_fields=["lease_until", "attempts", "key_used_at"])
    due.plan(SEND, practice_id=request.practice_id, object_id=request.pk, due_at=request.lease_until)
    item = OutboundFile(request.filename, files.read(request.file), str(request.key))
    return Parcel(login_of(connection), item, look_first=interrupted and not keyed, is_keyed=keyed)


def _hand_over(parcel: Parcel) -> Receipt | None:
    """Step two, with no transaction open: the receipt where the clearinghouse has the file now, else None.

    An interrupted sending is only looked for; a receiver that moves files away at once does not show it.
    """
    if parcel.look_first:
        return Receipt() if _is_there(parcel) else None
    try:
        with open_line(parcel.login) as line:
            return line.submit(parcel.item)
    except MaybeSentError as error:
        if parcel.is_keyed:
            raise
        return _is_there_after(parcel, error)


def _is_there(parcel: Parcel) -> bool:
    with open_line(parcel.login) as line:
        there: bool = line.has(parcel.item)
    return there


def _is_there_after(parcel: Parcel, broken: MaybeSentError) -> Receipt:
    """Looks once, on a new line, before anybody is bothered; the break is raised again when it is not seen."""
    try:
        there = _is_there(parcel)
    except ClearinghouseError:
        there = False
    if not there:
        raise broken
    return Receipt()


def _sent(practice_id: int, request_id: int, receipt: Receipt | None = None) -> None:
    """Step three. A slow sender may find that its lease ran out and that it was looked for in vain meanwhile.

    What the receiver said at once is stored like everything that comes back, and read by itself.
    """
    with transaction.atomic(), practice_context(practice_id, phi=True):
        if receipt and receipt.answer:
            inbound.lock_practice(practice_id)
        request = _found(request_id)
        if request is None:
            return
        if request.status in {Request.Status.SENDING, Request.Status.UNKNOWN}:
            arriving.record_sent(request, actor=Actor.system(practice_id))
        if receipt and receipt.answer:
            inbound.receive(
                receipt.answer,
                name=f"{request.filename}.277",
                source=InboundFile.Source.CONNECTION,
                connection=Connection.objects.get(pk=request.connection_id),
                actor=Actor.system(practice_id),
                practice=Practice.objects.get(pk=practice_id),
            )


def _later(practice_id: int, request_id: int, error: NotSentError, *, is_interrupted: bool) -> None:
    """It is tried again, less and less often: what did not leave is sent, what was interrupted is looked for."""
    trouble = str(error)
    with transaction.atomic(), practice_context(practice_id, phi=True):
        request = _found(request_id)
        if request is None or request.status != Request.Status.SENDING:
            return
        again = clock.now() + (error.wait or min(AGAIN * 2 ** min(request.attempts - 1, 8), LONGEST_PAUSE))
        if not is_interrupted:
            states.transition(request, Request.Status.READY, actor=Actor.system(practice_id), reason=trouble)
        request.lease_until, request.trouble = None, trouble
        request.save(update_fields=["lease_until", "trouble"])
        arriving.tell_connection(request.connection_id, trouble)
        due.plan(SEND, practice_id=practice_id, object_id=request_id, due_at=again)
        telling.tell(request)


def _unknown(practice_id: int, request_id: int, trouble: str, wait: dt.timedelta | None = None) -> None:
    """It may have left: its key finds out, or a person decides, or an answer does."""
    with transaction.atomic(), practice_context(practice_id, phi=True):
        request = _found(request_id)
        if request is None or request.status != Request.Status.SENDING:
            return
        _stop(request, Request.Status.UNKNOWN, trouble)
        again = repeating.next_try(request, Connection.objects.get(pk=request.connection_id), wait)
        if again is not None:
            due.plan(SEND, practice_id=practice_id, object_id=request_id, due_at=again)


def _failed(practice_id: int, request_id: int, trouble: str) -> None:
    """The receiver did not take it and would not the next time: a person looks at it."""
    with transaction.atomic(), practice_context(practice_id, phi=True):
        request = _found(request_id)
        if request is not None and request.status == Request.Status.SENDING:
            _stop(request, Request.Status.FAILED, trouble)


def _stop(request: Request, state: str, trouble: str) -> None:
    states.transition(request, state, actor=Actor.system(request.practice_id), reason=trouble)
    request.lease_until, request.trouble = None, trouble[:300]
    request.save(update_fields=["lease_until", "trouble"])
    due.done(SEND, practice_id=request.practice_id, object_id=request.pk)
    telling.tell(request)


def _found(request_id: int) -> Request | None:
    rows = Request.objects.select_for_update(no_key=True, of=("self",)).select_related("file")
    return rows.filter(pk=request_id).first()
