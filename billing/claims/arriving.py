"""What is written down once a clearinghouse has a file, however it became known: it took it, a look, an answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Final

from billing.claims import events, telling
from billing.claims.leaving import SEND
from billing.clearinghouses.polling import POLL
from billing.models import Claim, ClaimEvent, Connection, Request
from practice import clock, due, states
from practice.actors import Actor

ANSWERS_AFTER: Final = dt.timedelta(seconds=10)
_NOT_KNOWN: Final = (Request.Status.READY, Request.Status.SENDING, Request.Status.UNKNOWN, Request.Status.FAILED)
_ANSWERED: Final = "An answer to it came"


def record_sent(request: Request, *, actor: Actor, reason: str = "") -> None:
    """The clearinghouse has the file: its claims are sent, and an answer is looked for. The request is locked."""
    states.transition(request, Request.Status.SENT, actor=actor, reason=reason)
    request.sent_at, request.lease_until, request.trouble = clock.now(), None, ""
    request.save(update_fields=["sent_at", "lease_until", "trouble"])
    rows = Claim.objects.select_for_update(no_key=True, of=("self",)).filter(submissions__request=request)
    claims = [row for row in rows.order_by("pk") if row.status == Claim.Status.BATCHED]
    states.transition_many(claims, Claim.Status.SENT, actor=actor)
    Claim.objects.filter(pk__in=[claim.pk for claim in claims]).update(sent_at=request.sent_at)
    title = f"Sent in batch {request.batch_id}"
    events.record(
        events.event(claim, ClaimEvent.Kind.SENT, title, actor=actor, source="837P", request_id=request.pk)
        for claim in claims
    )
    tell_connection(request.connection_id, "")
    due.done(SEND, practice_id=actor.practice_id, object_id=request.pk)
    due.plan(POLL, practice_id=actor.practice_id, object_id=request.connection_id, due_at=clock.now() + ANSWERS_AFTER)
    telling.tell(request)


def record_answered(request_ids: Collection[int], *, actor: Actor) -> None:
    """An answer proves that these files arrived, whatever we knew of them so far; the others are left alone."""
    rows = Request.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=request_ids, attempts__gte=1)
    for request in rows.filter(status__in=_NOT_KNOWN).order_by("pk"):
        record_sent(request, actor=actor, reason=_ANSWERED)
        telling.plan_word(request)


def tell_connection(connection_id: int, trouble: str) -> None:
    """Shows on the connection what keeps files from leaving, or that nothing does."""
    rows = Connection.objects.filter(pk=connection_id)
    if trouble:
        rows.filter(trouble="").update(trouble_since=clock.now())
        rows.update(trouble=trouble)
    else:
        rows.update(trouble="", trouble_since=None, last_contact_at=clock.now())
