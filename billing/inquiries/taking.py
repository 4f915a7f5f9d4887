"""The organization's side: it takes a practice's question in, asks it in three steps, and hands over what came.

It keeps who asked and how far it is. The question itself is removed once it was asked, and the answer is never kept.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from billing.claims.batching import ring
from billing.clearinghouses.layouts import layout_of
from billing.clearinghouses.opening import is_trusted, login_of, open_line
from billing.clearinghouses.protocol import (
    ClearinghouseError,
    Login,
    NotSupportedError,
    refuse_inside_transaction,
)
from billing.inquiries.handing import ANSWERED, ASKED, ELIGIBILITY
from billing.models import Connection, SharedConnection, SharedInquiry
from practice import audit, clock, due, exchange, files, states
from practice.actors import Actor
from practice.exchange import Delivery, NotHandedOverError
from practice.tenancy.context import practice_context

ASK: Final = "inquiries.ask"
LEASE: Final = dt.timedelta(minutes=5)
PATIENCE: Final = 45.0  # seconds, as where a practice asks itself
S = SharedInquiry.Status


@dataclass(frozen=True, slots=True)
class Parcel:
    """What the middle step needs, carried out of the transaction."""

    login: Login
    kind: str
    question: bytes


@dataclass(frozen=True, slots=True)
class Came:
    """What became of asking: an answer, or why there is none and whether asking again may help."""

    answer: bytes = b""
    trouble: str = ""
    again: bool = False


@exchange.receives(ASKED)
def take(delivery: Delivery) -> None:
    """A question to be asked; a second time is nothing."""
    shares = SharedConnection.objects.filter(
        connection=delivery.number("connection"), for_practice=delivery.sender.pk, ended_at=None
    )
    share = shares.exclude(chosen_at=None).select_related("connection").first()
    kind = delivery.text("kind")
    if share is None or kind not in ANSWERED or kind not in layout_of(share.connection.layout).capabilities:
        raise NotHandedOverError(f"{delivery.receiver} asks no payer for {delivery.sender} through this connection.")
    numbers = {"connection": share.connection, "control_number": delivery.text("control_number")}
    if SharedInquiry.objects.filter(**numbers).exists():
        return
    actor = Actor.system(delivery.receiver.pk)
    kept = files.store(delivery.content("content"), name=f"{numbers['control_number']}.{kind}", actor=actor)
    asks = {"for_practice": delivery.sender.pk, "for_check": delivery.number("check"), "kind": kind}
    row = SharedInquiry.objects.create(question=kept, made_at=clock.now(), **numbers, **asks)
    states.record_first([row], actor=actor)
    audit.record("inquiry.taken_over", actor=actor, row=row, after={"from": delivery.sender.name, "kind": kind})
    due.plan(ASK, practice_id=row.practice_id, object_id=row.pk, due_at=clock.now())
    practice_id, number = row.practice_id, row.pk
    transaction.on_commit(lambda: ring(ASK, practice_id, number), robust=True)


@due.handles(ASK)
def ask(practice_id: int, object_id: str) -> None:
    """Asks the payer and hands over what came; a worker that died on the way is followed by another."""
    refuse_inside_transaction()
    number = int(object_id)
    parcel = _lease(practice_id, number)
    if parcel is None:
        return
    try:
        with open_line(parcel.login) as line:
            call = line.eligibility if parcel.kind == ELIGIBILITY else line.claim_status
            came = Came(call(parcel.question, timeout=PATIENCE))
    except NotSupportedError as error:
        came = Came(trouble=str(error))
    except ClearinghouseError as error:
        came = Came(trouble=str(error), again=True)
    with transaction.atomic(), practice_context(practice_id, phi=True):
        row = _locked(number)
        if row is not None and row.status == S.SENDING:
            _close(row, came)


def _lease(practice_id: int, number: int) -> Parcel | None:
    """Step one. None when there is nothing to ask: asked already, in another worker's hands, or switched off."""
    with transaction.atomic(), practice_context(practice_id, phi=True):
        row = _locked(number)
        if row is None or not row.is_under_way:
            due.done(ASK, practice_id=practice_id, object_id=number)
            return None
        if row.status == S.SENDING and row.lease_until is not None and row.lease_until > clock.now():
            due.plan(ASK, practice_id=practice_id, object_id=number, due_at=row.lease_until)
            return None
        if not (row.connection.is_active and is_trusted(row.connection)):
            _close(row, Came(trouble=f"{row.connection.name} is switched off.", again=True))
            return None
        return _take_up(row, row.connection)


def _take_up(row: SharedInquiry, connection: Connection) -> Parcel | None:
    if row.status != S.SENDING:
        states.transition(row, S.SENDING, actor=Actor.system(row.practice_id))
    row.lease_until = clock.now() + LEASE
    row.save(update_fields=["lease_until"])
    due.plan(ASK, practice_id=row.practice_id, object_id=row.pk, due_at=row.lease_until)
    return Parcel(login_of(connection), row.kind, files.read(row.question)) if row.question else None


def _close(row: SharedInquiry, came: Came) -> None:
    """Hands over what came, and keeps nothing of it; what the practice cannot be given any more is over too."""
    actor, question = Actor.system(row.practice_id), row.question
    trouble = came.trouble
    try:
        _hand_back(row, came, actor)
    except NotHandedOverError as error:
        trouble = str(error)
    state = S.FAILED if trouble else S.ANSWERED
    row.trouble, row.closed_at, row.lease_until, row.question = trouble[:300], clock.now(), None, None
    row.save(update_fields=["trouble", "closed_at", "lease_until", "question"])
    states.transition(row, state, actor=actor, reason=trouble[:200])
    if question is not None:
        files.forget(question, actor=actor)
    due.done(ASK, practice_id=row.practice_id, object_id=row.pk)


def _hand_back(row: SharedInquiry, came: Came, actor: Actor) -> None:
    payload: exchange.Payload = {
        "check": row.for_check,
        "content": came.answer,
        "trouble": came.trouble,
        "again": came.again,
    }
    exchange.hand_over(ANSWERED[row.kind], actor=actor, to=row.for_practice, payload=payload)


def _locked(number: int) -> SharedInquiry | None:
    rows = SharedInquiry.objects.select_for_update(no_key=True, of=("self",)).select_related("connection", "question")
    return rows.filter(pk=number).first()
