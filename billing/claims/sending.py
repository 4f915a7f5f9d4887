"""Sending in three steps: lease and commit, call with no transaction open, record. Nothing is sent blindly twice."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.http import Http404

from billing.claims import arriving, batching
from billing.claims.errors import ClaimRefusedError
from billing.claims.leaving import SEND
from billing.clearinghouses.opening import login_of, open_line
from billing.clearinghouses.protocol import (
    ClearinghouseError,
    Login,
    MaybeSentError,
    NotSentError,
    OutboundFile,
    refuse_inside_transaction,
)
from billing.models import Connection, Request
from practice import audit, clock, due, files, states
from practice.actors import Actor
from practice.tenancy.context import practice_context

LEASE: Final = dt.timedelta(minutes=5)
AGAIN: Final = dt.timedelta(minutes=5)
LONGEST_PAUSE: Final = dt.timedelta(hours=1)
_NOT_SHOWN: Final = "The sending was interrupted, and the clearinghouse does not show the file. It may have it."
_SWITCHED_OFF: Final = "{name} is switched off. The file leaves once it is in use again."


@dataclass(frozen=True, slots=True)
class Parcel:
    """What the middle step needs, carried out of the transaction. `look_first` when it may have left already."""

    login: Login
    item: OutboundFile
    look_first: bool


@due.handles(SEND)
def send(practice_id: int, object_id: str) -> None:
    """Sends one request, or finds out whether an interrupted sending had arrived."""
    refuse_inside_transaction()
    request_id = int(object_id)
    parcel = _lease(practice_id, request_id)
    if parcel is None:
        return
    try:
        arrived = _hand_over(parcel)
    except NotSentError as error:
        _later(practice_id, request_id, str(error), is_interrupted=parcel.look_first)
    except ClearinghouseError as error:
        _unknown(practice_id, request_id, str(error))
    else:
        if arrived:
            _sent(practice_id, request_id)
        else:
            _unknown(practice_id, request_id, _NOT_SHOWN)


@transaction.atomic
def go_on(connection: Connection, *, actor: Actor) -> None:
    """What waits for this connection is tried at once: it works again, or is in use again."""
    waits = (Request.Status.READY, Request.Status.SENDING)
    for request in Request.objects.filter(connection=connection, status__in=waits).only("pk", "lease_until"):
        due.plan(SEND, practice_id=actor.practice_id, object_id=request.pk, due_at=request.lease_until or clock.now())


@transaction.atomic
def send_again(*, actor: Actor, request_id: int) -> Request:
    """A person has looked and says that the file did not arrive: the same bytes go once more."""
    actor.require("claims:edit")
    request = _locked(request_id)
    if request.status not in {Request.Status.UNKNOWN, Request.Status.FAILED}:
        raise ClaimRefusedError("Only a file that did not arrive can be sent again.")
    states.transition(request, Request.Status.READY, actor=actor, reason="Sent again by hand")
    request.trouble = ""
    request.save(update_fields=["trouble"])
    audit.record("request.sent_again", actor=actor, row=request)
    due.plan(SEND, practice_id=actor.practice_id, object_id=request.pk, due_at=clock.now())
    transaction.on_commit(lambda: batching.ring(SEND, actor.practice_id, request.pk), robust=True)
    return request


@transaction.atomic
def say_arrived(*, actor: Actor, request_id: int) -> Request:
    """A person has looked and says that the file arrived."""
    actor.require("claims:edit")
    request = _locked(request_id)
    if request.status != Request.Status.UNKNOWN:
        raise ClaimRefusedError("It is known already whether this file arrived.")
    arriving.record_sent(request, actor=actor, reason="Seen by hand")
    audit.record("request.said_arrived", actor=actor, row=request)
    return request


def _lease(practice_id: int, request_id: int) -> Parcel | None:
    """Step one. None when there is nothing to send: done already, in another worker's hands, or switched off."""
    with transaction.atomic(), practice_context(practice_id, phi=True):
        request = _found(request_id)
        if request is None or request.status not in {Request.Status.READY, Request.Status.SENDING}:
            due.done(SEND, practice_id=practice_id, object_id=request_id)
            return None
        if request.status == Request.Status.SENDING and _is_leased(request):
            due.plan(SEND, practice_id=practice_id, object_id=request_id, due_at=request.lease_until or clock.now())
            return None
        connection = Connection.objects.get(pk=request.connection_id)
        if not connection.is_active:
            _wait_for(connection, request)
            return None
        return _take(request, connection)


def _is_leased(request: Request) -> bool:
    return request.lease_until is not None and request.lease_until > clock.now()


def _wait_for(connection: Connection, request: Request) -> None:
    """Nothing is done through a connection that is switched off; using it again plans the sending anew."""
    request.trouble = _SWITCHED_OFF.format(name=connection.name)
    request.save(update_fields=["trouble"])
    due.done(SEND, practice_id=request.practice_id, object_id=request.pk)


def _take(request: Request, connection: Connection) -> Parcel:
    interrupted = request.status == Request.Status.SENDING
    if not interrupted:
        states.transition(request, Request.Status.SENDING, actor=Actor.system(request.practice_id))
    request.lease_until, request.attempts = clock.now() + LEASE, request.attempts + 1
    request.save(update_fields=["lease_until", "attempts"])
    due.plan(SEND, practice_id=request.practice_id, object_id=request.pk, due_at=request.lease_until)
    item = OutboundFile(request.filename, files.read(request.file), str(request.key))
    return Parcel(login_of(connection), item, look_first=interrupted)


def _hand_over(parcel: Parcel) -> bool:
    """Step two, with no transaction open: whether the clearinghouse has the file now.

    An interrupted sending is only looked for; a receiver that moves files away at once does not show it.
    """
    if parcel.look_first:
        return _is_there(parcel)
    try:
        with open_line(parcel.login) as line:
            line.submit(parcel.item)
    except MaybeSentError as error:
        return _is_there_after(parcel, error)
    return True


def _is_there(parcel: Parcel) -> bool:
    with open_line(parcel.login) as line:
        there: bool = line.has(parcel.item)
    return there


def _is_there_after(parcel: Parcel, broken: MaybeSentError) -> bool:
    """Looks once, on a new line, before anybody is bothered; the break is raised again when it is not seen."""
    try:
        there = _is_there(parcel)
    except ClearinghouseError:
        there = False
    if not there:
        raise broken
    return there


def _sent(practice_id: int, request_id: int) -> None:
    """Step three. A slow sender may find that its lease ran out and that it was looked for in vain meanwhile."""
    with transaction.atomic(), practice_context(practice_id, phi=True):
        request = _found(request_id)
        if request is not None and request.status in {Request.Status.SENDING, Request.Status.UNKNOWN}:
            arriving.record_sent(request, actor=Actor.system(practice_id))


def _later(practice_id: int, request_id: int, trouble: str, *, is_interrupted: bool) -> None:
    """It is tried again, less and less often: what did not leave is sent, what was interrupted is looked for."""
    with transaction.atomic(), practice_context(practice_id, phi=True):
        request = _found(request_id)
        if request is None or request.status != Request.Status.SENDING:
            return
        again = clock.now() + min(AGAIN * 2 ** min(request.attempts - 1, 8), LONGEST_PAUSE)
        if not is_interrupted:
            states.transition(request, Request.Status.READY, actor=Actor.system(practice_id), reason=trouble)
        request.lease_until, request.trouble = None, trouble
        request.save(update_fields=["lease_until", "trouble"])
        arriving.tell_connection(request.connection_id, trouble)
        due.plan(SEND, practice_id=practice_id, object_id=request_id, due_at=again)


def _unknown(practice_id: int, request_id: int, trouble: str) -> None:
    """It may have left: a person decides, or an answer does."""
    with transaction.atomic(), practice_context(practice_id, phi=True):
        request = _found(request_id)
        if request is None or request.status != Request.Status.SENDING:
            return
        states.transition(request, Request.Status.UNKNOWN, actor=Actor.system(practice_id), reason=trouble)
        request.lease_until, request.trouble = None, trouble
        request.save(update_fields=["lease_until", "trouble"])
        due.done(SEND, practice_id=practice_id, object_id=request_id)


def _found(request_id: int) -> Request | None:
    rows = Request.objects.select_for_update(no_key=True, of=("self",)).select_related("file")
    return rows.filter(pk=request_id).first()


def _locked(request_id: int) -> Request:
    request = _found(request_id)
    if request is None:
        raise Http404
    return request
