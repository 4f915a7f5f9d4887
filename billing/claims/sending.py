"""Sending in three steps: lease and commit, call with no transaction open, record. Nothing is sent blindly twice."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.http import Http404

from billing.claims import batching, events
from billing.claims.errors import ClaimRefusedError
from billing.claims.leaving import SEND
from billing.clearinghouses.opening import login_of, open_line
from billing.clearinghouses.polling import POLL
from billing.clearinghouses.protocol import (
    ClearinghouseError,
    Login,
    NotSentError,
    OutboundFile,
    refuse_inside_transaction,
)
from billing.models import Claim, ClaimEvent, Connection, Request
from practice import audit, clock, due, files, states
from practice.actors import Actor
from practice.tenancy.context import practice_context

LEASE: Final = dt.timedelta(minutes=5)
AGAIN: Final = dt.timedelta(minutes=5)
ANSWERS_AFTER: Final = dt.timedelta(seconds=10)
LOST: Final = "The sending was interrupted. We look whether the file arrived before anything is sent again."


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
        _not_sent(practice_id, request_id, str(error))
    except ClearinghouseError as error:
        _unknown(practice_id, request_id, str(error))
    else:
        if arrived:
            _sent(practice_id, request_id)
        else:
            _unknown(practice_id, request_id, "The clearinghouse does not show the file; it may have taken it already.")


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
    _record_sent(request, actor)
    audit.record("request.said_arrived", actor=actor, row=request)
    return request


def _lease(practice_id: int, request_id: int) -> Parcel | None:
    """Step one. None when there is nothing to send: done already, or in another worker's hands."""
    with transaction.atomic(), practice_context(practice_id, phi=True):
        request = _found(request_id)
        if request is None or not _may_go(request):
            if request is None or request.status != Request.Status.SENDING:
                due.done(SEND, practice_id=practice_id, object_id=request_id)
            return None
        interrupted = request.status == Request.Status.SENDING
        if not interrupted:
            states.transition(request, Request.Status.SENDING, actor=Actor.system(practice_id))
        request.lease_until, request.attempts = clock.now() + LEASE, request.attempts + 1
        request.save(update_fields=["lease_until", "attempts"])
        due.plan(SEND, practice_id=practice_id, object_id=request_id, due_at=request.lease_until)
        connection = Connection.objects.get(pk=request.connection_id)
        item = OutboundFile(request.filename, files.read(request.file), str(request.key))
        return Parcel(login_of(connection), item, look_first=interrupted)


def _may_go(request: Request) -> bool:
    if request.status == Request.Status.SENDING:
        return request.lease_until is None or request.lease_until <= clock.now()
    return request.status == Request.Status.READY


def _hand_over(parcel: Parcel) -> bool:
    """Step two, with no transaction open: whether the clearinghouse has the file now.

    An interrupted sending is only looked for; a receiver that moves files away at once does not show it.
    """
    with open_line(parcel.login) as line:
        if parcel.look_first:
            there: bool = line.has(parcel.item)
            return there
        line.submit(parcel.item)
        return True


def _sent(practice_id: int, request_id: int) -> None:
    """Step three."""
    with transaction.atomic(), practice_context(practice_id, phi=True):
        request = _found(request_id)
        if request is not None and request.status == Request.Status.SENDING:
            _record_sent(request, Actor.system(practice_id))


def _record_sent(request: Request, actor: Actor) -> None:
    states.transition(request, Request.Status.SENT, actor=actor)
    request.sent_at, request.lease_until, request.trouble = clock.now(), None, ""
    request.save(update_fields=["sent_at", "lease_until", "trouble"])
    rows = Claim.objects.select_for_update(no_key=True, of=("self",)).filter(submissions__request=request)
    claims = [row for row in rows.order_by("pk") if row.status == Claim.Status.BATCHED]
    states.transition_many(claims, Claim.Status.SENT, actor=actor)
    Claim.objects.filter(pk__in=[claim.pk for claim in claims]).update(sent_at=request.sent_at)
    title = f"Sent in batch {request.batch_id}"
    events.record(
        events.event(claim, ClaimEvent.Kind.SENT, title, actor=actor, source="837P", request=request)
        for claim in claims
    )
    _tell_connection(request.connection_id, "")
    due.done(SEND, practice_id=actor.practice_id, object_id=request.pk)
    due.plan(POLL, practice_id=actor.practice_id, object_id=request.connection_id, due_at=clock.now() + ANSWERS_AFTER)


def _not_sent(practice_id: int, request_id: int, trouble: str) -> None:
    """Nothing left: it is tried again, with the same bytes."""
    with transaction.atomic(), practice_context(practice_id, phi=True):
        request = _found(request_id)
        if request is None or request.status != Request.Status.SENDING:
            return
        actor = Actor.system(practice_id)
        states.transition(request, Request.Status.READY, actor=actor, reason=trouble)
        request.lease_until, request.trouble = None, trouble
        request.save(update_fields=["lease_until", "trouble"])
        _tell_connection(request.connection_id, trouble)
        due.plan(SEND, practice_id=practice_id, object_id=request_id, due_at=clock.now() + AGAIN)


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


def _tell_connection(connection_id: int, trouble: str) -> None:
    rows = Connection.objects.filter(pk=connection_id)
    if trouble:
        rows.filter(trouble="").update(trouble_since=clock.now())
        rows.update(trouble=trouble)
    else:
        rows.exclude(trouble="").update(trouble="", trouble_since=None)


def _found(request_id: int) -> Request | None:
    rows = Request.objects.select_for_update(no_key=True, of=("self",)).select_related("file")
    return rows.filter(pk=request_id).first()


def _locked(request_id: int) -> Request:
    request = _found(request_id)
    if request is None:
        raise Http404
    return request
