"""What a person does with claims that their payer does not have: sends them again, or asks again."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from django.db import transaction

from billing.claims import batching, correcting, events
from billing.claims.errors import ClaimRefusedError
from billing.holds import standing
from billing.models import Claim, ClaimEvent, ClaimStatusCheck
from billing.statuses import asking
from billing.statuses.missing import may_go_again, missing
from practice import audit, states
from practice.actors import Actor

_TITLE: Final = "Sent again: the payer does not have it"
_NOT_YET: Final = (
    "A claim takes about a day to get to a payer. None of these was sent longer ago than that, so ask again first."
)


@transaction.atomic
def send_again(*, actor: Actor, claim_ids: Collection[int]) -> list[Claim]:
    """Puts them in a batch as originals under their next numbers; ClaimRefusedError when none can go.

    Those that were sent within the day, are on hold, or that the payer has by now are left.
    """
    actor.require("claims:edit", "billing:edit")
    known = list(missing(actor).filter(pk__in=claim_ids).values_list("pk", flat=True))
    rows = Claim.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=known).order_by("pk")
    held = standing.of_claims(known)
    claims = [row for row in rows if may_go_again(row) and row.pk not in held and correcting.may_renumber(row)]
    if not claims:
        raise ClaimRefusedError(_NOT_YET)
    turned = [row for row in claims if row.status == Claim.Status.RECEIVED]
    states.transition_many(turned, Claim.Status.REJECTED, actor=actor, reason=_TITLE)
    states.transition_many(claims, Claim.Status.READY, actor=actor, reason=_TITLE)
    correcting.renumber(claims)
    Claim.objects.bulk_update(claims, ["number"], batch_size=500)
    events.record(events.event(row, ClaimEvent.Kind.CORRECTED, _TITLE, actor=actor) for row in claims)
    audit.record_many(audit.event("claim.resent", actor=actor, row=row, client_id=row.client_id) for row in claims)
    batching.batch_many(claims, actor=actor)
    return claims


@transaction.atomic
def ask_again(*, actor: Actor, claim_ids: Collection[int]) -> list[ClaimStatusCheck]:
    """Asks their payers once more; ClaimRefusedError when nobody can be asked, or all are being asked."""
    actor.require("claims:edit")
    rows = missing(actor).filter(pk__in=claim_ids).select_for_update(no_key=True, of=("self",))
    made, refusal = [], "These are being asked about already."
    for claim in rows.order_by("pk"):
        submission = asking.last_sent(claim)
        if claim.asked in {"ready", "sending"}:
            continue
        if why := asking.why_not(claim, submission):
            refusal = why
        elif submission is not None:
            made.append(submission)
    if not made:
        raise ClaimRefusedError(refusal)
    return asking.plan(made, ClaimStatusCheck.Reason.HAND, actor=actor)
