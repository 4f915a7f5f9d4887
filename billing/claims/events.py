"""Writes the timeline of claims."""

from __future__ import annotations

from collections.abc import Iterable

from billing.models import Claim, ClaimEvent
from practice import clock
from practice.actors import Actor


def event(claim: Claim | int, kind: str, title: str, *, actor: Actor, **facts: object) -> ClaimEvent:
    """An event that is not saved yet. `facts` may be detail, codes, source, request, transaction, remittance_claim."""
    return ClaimEvent(
        claim_id=claim if isinstance(claim, int) else claim.pk,
        kind=kind,
        title=title[:120],
        at=clock.now(),
        by_id=actor.user_id,
        by_name=actor.name,
        **facts,
    )


def record(events: Iterable[ClaimEvent]) -> None:
    """Adds events in one statement."""
    ClaimEvent.objects.bulk_create(list(events), batch_size=1000)
