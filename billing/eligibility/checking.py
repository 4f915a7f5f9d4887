"""One question in three steps: lease and commit, call with no transaction open, record. Asking twice harms nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Final

from django.db import transaction

from billing.claims.leaving import next_control
from billing.clearinghouses.opening import envelope_of, login_of, open_line
from billing.clearinghouses.protocol import (
    ClearinghouseError,
    Login,
    NotSupportedError,
    refuse_inside_transaction,
)
from billing.eligibility import content, recording, standing, through
from billing.eligibility.asking import ASK
from billing.eligibility.standing import Standing
from billing.inquiries import handing
from billing.models import Connection, EligibilityCheck
from edi.eligibility import writing_inquiries
from edi.errors import X12Error
from practice import clock, due, files, states
from practice.actors import Actor
from practice.models import Practice
from practice.tenancy.context import practice_context

LEASE: Final = dt.timedelta(minutes=5)
PATIENCE: Final = 45.0  # seconds; payers answer within 20 by CAQH CORE, some need longer
_NOBODY_SAID: Final = "It was asked several times, and nobody said what became of it."
_X12: Final = frozenset({"text/plain", "application/octet-stream"})
S = EligibilityCheck.Status


@dataclass(frozen=True, slots=True)
class Parcel:
    """What the middle step needs, carried out of the transaction."""

    login: Login
    inquiry: bytes


@due.handles(ASK)
def check(practice_id: int, object_id: str) -> None:
    """Asks the payer and writes down what it answers. A worker that died on the way is followed by another."""
    refuse_inside_transaction()
    check_id = int(object_id)
    parcel = _lease(practice_id, check_id)
    if parcel is None:
        return
    try:
        with open_line(parcel.login) as line:
            answer = line.eligibility(parcel.inquiry, timeout=PATIENCE)
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
            recording.close(row, S.FAILED, _NOBODY_SAID)
            return None
        practice = Practice.objects.get(pk=practice_id)
        known = standing.load(clock.today(practice))
        if known.connection is None or (refusal := known.why_not(row.coverage, row.client)):
            recording.close(
                row,
                S.FAILED,
                refusal if known.connection else "No connected clearinghouse answers eligibility questions.",
            )
            return None
        return _take(row, known, known.connection, practice)


def _take(row: EligibilityCheck, known: Standing, connection: Connection, practice: Practice) -> Parcel | None:
    control = next_control(connection)
    try:
        inquiry = _written(row, known, connection, practice, control)
    except X12Error as error:
        recording.close(row, S.FAILED, str(error))
        return None
    actor = Actor.system(row.practice_id)
    if row.status != S.SENDING:
        states.transition(row, S.SENDING, actor=actor)
    row.inquiry = files.store(inquiry, name=f"{row.trace}.270", actor=actor, accepts=_X12)
    row.connection, row.control_number = connection, f"{control:09}"
    row.fingerprint = content.fingerprint(row.coverage, row.client, known.number_of(row.coverage.payer))
    lease = handing.PATIENCE if connection.through_id else LEASE
    row.lease_until, row.attempts = clock.now() + lease, row.attempts + 1
    row.save(update_fields=["inquiry", "connection", "control_number", "fingerprint", "lease_until", "attempts"])
    due.plan(ASK, practice_id=row.practice_id, object_id=row.pk, due_at=row.lease_until)
    if connection.through_id:
        through.ask(row, connection, control, inquiry, actor)
        return None
    return Parcel(login_of(connection), inquiry)


def _written(row: EligibilityCheck, known: Standing, connection: Connection, practice: Practice, control: int) -> bytes:
    """The 270 as bytes."""
    asked = content.inquiry(
        row.coverage,
        client=row.client,
        settings=known.practice,
        payer_number=known.number_of(row.coverage.payer),
        trace=content.trace_of(known.practice, row.trace),
        service_on=row.service_on,
        service_types=row.service_types,
    )
    made_at = clock.local(practice, clock.now()).replace(tzinfo=None, second=0, microsecond=0)
    envelope = replace(envelope_of(connection, known.practice), acknowledgment_wanted=False)
    return writing_inquiries.write([asked], envelope, control=control, group_control=control, made_at=made_at)


def _not_answered(practice_id: int, check_id: int, trouble: str, *, again: bool) -> None:
    """Step three where nothing came."""
    with transaction.atomic(), practice_context(practice_id, phi=True):
        row = recording.locked(check_id)
        if row is not None and row.status == S.SENDING:
            recording.not_answered(row, trouble, again=again)
