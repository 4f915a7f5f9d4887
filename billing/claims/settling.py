"""What a person decides about a file of which nobody knows whether it arrived, or that was not taken."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404

from billing.claims import arriving, batching, events, telling
from billing.claims.errors import ClaimRefusedError
from billing.claims.leaving import SEND
from billing.models import Claim, ClaimEvent, Connection, Request
from practice import audit, clock, due, states
from practice.actors import Actor


@transaction.atomic
def send_again(*, actor: Actor, request_id: int) -> Request:
    """A person has looked and says that the file did not arrive: the same bytes go once more."""
    actor.require("claims:edit")
    request = _our_own(request_id)
    if request.status not in {Request.Status.UNKNOWN, Request.Status.FAILED}:
        raise ClaimRefusedError("Only a file that did not arrive can be sent again.")
    states.transition(request, Request.Status.READY, actor=actor, reason="Sent again by hand")
    request.trouble, request.key_used_at = "", None
    request.save(update_fields=["trouble", "key_used_at"])
    audit.record("request.sent_again", actor=actor, row=request)
    due.plan(SEND, practice_id=actor.practice_id, object_id=request.pk, due_at=clock.now())
    telling.tell(request)
    transaction.on_commit(lambda: batching.ring(SEND, actor.practice_id, request.pk), robust=True)
    return request


@transaction.atomic
def say_arrived(*, actor: Actor, request_id: int) -> Request:
    """A person has looked and says that the file arrived."""
    actor.require("claims:edit")
    request = _our_own(request_id)
    if request.status != Request.Status.UNKNOWN:
        raise ClaimRefusedError("It is known already whether this file arrived.")
    arriving.record_sent(request, actor=actor, reason="Seen by hand")
    audit.record("request.said_arrived", actor=actor, row=request)
    return request


@transaction.atomic
def take_back(*, actor: Actor, request_id: int) -> Request:
    """The receiver did not take the file: its claims are ready again, to be corrected and sent in another one."""
    actor.require("claims:edit")
    request = locked_request(request_id)
    if request.status != Request.Status.FAILED or request.for_practice is not None:
        raise ClaimRefusedError("Only the claims of a file that was not taken can be taken back.")
    states.transition(request, Request.Status.REJECTED, actor=actor, reason="Claims taken back")
    rows = Claim.objects.select_for_update(no_key=True, of=("self",)).filter(submissions__request=request)
    claims = [row for row in rows.order_by("pk") if row.status == Claim.Status.BATCHED]
    states.transition_many(claims, Claim.Status.READY, actor=actor, reason=request.trouble[:200])
    title = f"Taken out of {request.filename}, which was not taken"
    events.record(
        events.event(claim, ClaimEvent.Kind.WITHDRAWN, title, actor=actor, detail=request.trouble) for claim in claims
    )
    audit.record("request.taken_back", actor=actor, row=request, after={"claims": len(claims)})
    return request


def _our_own(request_id: int) -> Request:
    """The request, locked; ClaimRefusedError where an organization sends it, which alone can look for it."""
    request = locked_request(request_id)
    connection = Connection.objects.get(pk=request.connection_id)
    if connection.through_id is not None:
        raise ClaimRefusedError(f"{connection.through_name} sends this file, looks for it, and says what became of it.")
    return request


def locked_request(request_id: int) -> Request:
    """The request, locked until the commit; Http404 when there is none."""
    rows = Request.objects.select_for_update(no_key=True, of=("self",)).select_related("file")
    request = rows.filter(pk=request_id).first()
    if request is None:
        raise Http404
    return request
