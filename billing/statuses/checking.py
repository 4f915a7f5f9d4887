"""One question in three steps: lease and commit, call with no transaction open, record. Asking twice harms nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Final

from django.db import transaction

from billing.claims.leaving import next_control
from billing.clearinghouses.choosing import connection_for
from billing.clearinghouses.opening import envelope_of, login_of, open_line
from billing.clearinghouses.protocol import (
    Capability,
    ClearinghouseError,
    Login,
    NotSupportedError,
    refuse_inside_transaction,
)
from billing.inquiries import handing
from billing.models import ClaimStatusCheck, Connection
from billing.statuses import recording, through
from billing.statuses.asking import ASK
from edi.errors import X12Error
from edi.inquiries import asking as x12
from edi.inquiries import request_writing
from practice import clock, due, files, states
from practice.actors import Actor
from practice.models import Practice
from practice.setup.selectors import get_settings
from practice.tenancy.context import practice_context

LEASE: Final = dt.timedelta(minutes=5)
PATIENCE: Final = 45.0  # seconds
_X12: Final = frozenset({"text/plain", "application/octet-stream"})
_NOBODY_SAID: Final = "It was asked several times, and nobody said what became of it."
_NO_LINE: Final = "No connected clearinghouse asks payers where claims stand (276)."
S = ClaimStatusCheck.Status


@dataclass(frozen=True, slots=True)
class Parcel:
    """What the middle step needs, carried out of the transaction."""

    login: Login
    inquiry: bytes


@due.handles(ASK)
def check(practice_id: int, object_id: str) -> None:
    """Asks the payer and writes down what it answers."""
    refuse_inside_transaction()
    check_id = int(object_id)
    parcel = _lease(practice_id, check_id)
    if parcel is None:
        return
    try:
        with open_line(parcel.login) as line:
            answer = line.claim_status(parcel.inquiry, timeout=PATIENCE)
    except NotSupportedError as error:
        _not_answered(practice_id, check_id, str(error), again=False)
    except ClearinghouseError as error:
        _not_answered(practice_id, check_id, str(error), again=True)
    else:
        recording.record(practice_id, check_id, answer)


def _lease(practice_id: int, check_id: int) -> Parcel | None:
    """Step one. None when there is nothing to ask: answered already, in another worker's hands, or not possible."""
    with transaction.atomic(), practice_context(practice_id, phi=True):
        row = recording.locked(check_id)
        if row is None or not row.is_under_way:
            due.done(ASK, practice_id=practice_id, object_id=check_id)
            return None
        if row.status == S.SENDING and row.lease_until is not None and row.lease_until > clock.now():
            due.plan(ASK, practice_id=practice_id, object_id=check_id, due_at=row.lease_until)
            return None
        if row.attempts > len(recording.PAUSES):
            recording.close(row, _NOBODY_SAID)
            return None
        connection = connection_for(Capability.CLAIM_STATUS)
        if connection is None:
            recording.close(row, _NO_LINE)
            return None
        try:
            return _take(row, connection, Practice.objects.get(pk=practice_id))
        except X12Error as error:
            recording.close(row, str(error))
            return None


def _take(row: ClaimStatusCheck, connection: Connection, practice: Practice) -> Parcel | None:
    settings, control = get_settings(), next_control(connection)
    envelope = replace(envelope_of(connection, settings), acknowledgment_wanted=False)
    request = x12.ask(row.trace, envelope.submitter, recording.as_sent(row), {row.number: row.trace})
    made_at = clock.local(practice, clock.now()).replace(tzinfo=None, second=0, microsecond=0)
    inquiry = request_writing.write([request], envelope, control=control, group_control=control, made_at=made_at)
    actor = Actor.system(row.practice_id)
    if row.status != S.SENDING:
        states.transition(row, S.SENDING, actor=actor)
    row.inquiry = files.store(inquiry, name=f"{row.trace}.276", actor=actor, accepts=_X12)
    row.connection, row.control_number = connection, f"{control:09}"
    lease = handing.PATIENCE if connection.through_id else LEASE
    row.lease_until, row.attempts = clock.now() + lease, row.attempts + 1
    row.save(update_fields=["inquiry", "connection", "control_number", "lease_until", "attempts"])
    due.plan(ASK, practice_id=row.practice_id, object_id=row.pk, due_at=row.lease_until)
    if connection.through_id:
        through.ask(row, connection, control, inquiry, actor)
        return None
    return Parcel(login_of(connection), inquiry)


def _not_answered(practice_id: int, check_id: int, trouble: str, *, again: bool) -> None:
    """Step three where nothing came."""
    with transaction.atomic(), practice_context(practice_id, phi=True):
        row = recording.locked(check_id)
        if row is not None and row.status == S.SENDING:
            recording.not_answered(row, trouble, again=again)
