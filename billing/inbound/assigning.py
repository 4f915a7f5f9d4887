"""A person says whose an answer is that came to an organization and names nothing of its practices."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404

from billing.inbound import handing, splitting
from billing.inbound.errors import InboundRefusedError
from billing.inbound.reading import Part, part_at
from billing.models import InboundTransaction
from practice import audit, states
from practice.actors import Actor

S = InboundTransaction.Status


@transaction.atomic
def assign(transaction_id: int, *, share_id: int, actor: Actor) -> InboundTransaction:
    """Hands it to a practice; InboundRefusedError where the numbers in it say that it is somebody else's too."""
    actor.require("claims:edit", "remittances:edit")
    rows = InboundTransaction.objects.select_for_update(no_key=True, of=("self",)).select_related("inbound__file")
    row = rows.filter(pk=transaction_id).first()
    if row is None:
        raise Http404
    share = next((one for one in handing.consenting(row.inbound.connection_id) if one.pk == share_id), None)
    if share is None:
        raise Http404
    if row.status != S.UNMATCHED:
        raise InboundRefusedError("This cannot be assigned any more.")
    part = part_at(row)
    numbers = splitting.claim_numbers(part.transaction) if part.transaction else set()
    if set(handing.owners(numbers).values()) - {share.for_practice}:
        raise InboundRefusedError(f"It speaks of claims that {share.practice_name} did not send.")
    handing.hand(row.inbound, share, _content(part), part=f"{row.position}-{row.kind}", actor=actor)
    states.transition(row, S.HANDED_OVER, actor=actor, reason=f"Assigned to {share.practice_name}"[:200])
    row.for_practices, row.summary = [share.for_practice], f"Handed to {share.practice_name} by {actor.name}."[:300]
    row.save(update_fields=["for_practices", "summary"])
    audit.record("inbound.assigned", actor=actor, row=row, after={"to": share.practice_name})
    return row


def _content(part: Part) -> bytes:
    if part.ta1 is not None:
        return splitting.alone(part.interchange, None, [part.ta1])
    segments = part.transaction.segments if part.transaction else []
    return splitting.alone(part.interchange, part.group, segments)
