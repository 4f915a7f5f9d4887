"""Asking a payer where a claim stands: by hand, and what the nightly round plans."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Sequence
from typing import Final

from django.db import transaction
from django.http import Http404

from billing.claims.batching import ring
from billing.claims.errors import ClaimRefusedError
from billing.claims.policies import visible_claims
from billing.clearinghouses.choosing import connection_for
from billing.clearinghouses.protocol import Capability
from billing.models import Claim, ClaimStatusCheck, Request, Submission
from practice import audit, clock, due, states
from practice.actors import Actor

ASK: Final = "statuses.ask"
_LETTERS: Final = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_TRACE: Final = 15
_UNDER_WAY: Final = (ClaimStatusCheck.Status.READY, ClaimStatusCheck.Status.SENDING)
_LEFT: Final = (
    Request.Status.SENT,
    Request.Status.UNKNOWN,
    Request.Status.ACKNOWLEDGED,
)
ASKABLE: Final = frozenset(
    {
        Claim.Status.BATCHED,
        Claim.Status.SENT,
        Claim.Status.RECEIVED,
        Claim.Status.ACCEPTED,
        Claim.Status.PARTIALLY_PAID,
        Claim.Status.DENIED,
        Claim.Status.PAID,
    }
)


@transaction.atomic
def ask(*, actor: Actor, claim_id: int) -> ClaimStatusCheck:
    """Asks where a claim stands, or gives the question under way; ClaimRefusedError says why it cannot be asked."""
    actor.require("claims:edit")
    claim = visible_claims(actor).select_for_update(no_key=True, of=("self",)).filter(pk=claim_id).first()
    if claim is None:
        raise Http404
    under_way = ClaimStatusCheck.objects.filter(claim=claim, status__in=_UNDER_WAY).first()
    if under_way is not None:
        return under_way
    submission = last_sent(claim)
    if refusal := why_not(claim, submission):
        raise ClaimRefusedError(refusal)
    rows = plan([submission] if submission else [], ClaimStatusCheck.Reason.HAND, actor=actor)
    return rows[0]


def last_sent(claim: Claim) -> Submission | None:
    """Where the claim stood when it left the last time, under the number it has now."""
    rows = Submission.objects.filter(claim=claim, number=claim.number, request__status__in=_LEFT)
    return rows.select_related("request").order_by("-pk").first()


def why_not(claim: Claim, submission: Submission | None) -> str:
    """Why the payer cannot be asked about it, in a sentence; empty where it can. One query."""
    if submission is None or claim.status not in ASKABLE:
        return "A payer can be asked about a claim once it has left."
    if connection_for(Capability.CLAIM_STATUS) is None:
        return "No connected clearinghouse asks payers where claims stand (276)."
    return ""


def plan(
    submissions: Sequence[Submission], reason: str, *, actor: Actor, at: Iterable[dt.datetime] = ()
) -> list[ClaimStatusCheck]:
    """Makes the questions and plans them: now, or one after the other at these times."""
    rows = [
        ClaimStatusCheck(
            claim_id=one.claim_id,
            request_id=one.request_id,
            number=one.number,
            reason=reason,
            trace="".join(secrets.choice(_LETTERS) for _ in range(_TRACE)),
            made_at=clock.now(),
            made_by_id=actor.user_id,
            made_by_name=actor.name,
        )
        for one in submissions
    ]
    ClaimStatusCheck.objects.bulk_create(rows, batch_size=500)
    states.record_first(rows, actor=actor)
    audit.record_many(audit.event("claim.status_asked", actor=actor, row=row) for row in rows)
    times = iter(at)
    for row in rows:
        _plan_one(row, next(times, None))
    return rows


def _plan_one(row: ClaimStatusCheck, at: dt.datetime | None) -> None:
    due.plan(ASK, practice_id=row.practice_id, object_id=row.pk, due_at=at or clock.now())
    if at is None:
        transaction.on_commit(lambda: ring(ASK, row.practice_id, row.pk), robust=True)
