"""Writes the timeline of claims."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final, NamedTuple

from billing.models import Claim, ClaimEvent
from practice import clock
from practice.actors import Actor
from practice.tenancy.inserting import insert_rows

_LONGEST_TITLE: Final = 120


class Event(NamedTuple):
    """What a ClaimEvent holds, its practice apart."""

    claim_id: int
    kind: str
    title: str
    detail: str
    codes: str
    source: str
    request_id: int | None
    transaction_id: int | None
    remittance_claim_id: int | None
    at: dt.datetime
    by_id: int | None
    by_name: str


def event(
    claim: Claim | int,
    kind: str,
    title: str,
    *,
    actor: Actor,
    detail: str = "",
    codes: str = "",
    source: str = "",
    request_id: int | None = None,
    transaction_id: int | None = None,
    remittance_claim_id: int | None = None,
) -> Event:
    """An event that is not saved yet."""
    return Event(
        claim_id=claim if isinstance(claim, int) else claim.pk,
        kind=kind,
        title=title[:_LONGEST_TITLE],
        detail=detail,
        codes=codes,
        source=source,
        request_id=request_id,
        transaction_id=transaction_id,
        remittance_claim_id=remittance_claim_id,
        at=clock.now(),
        by_id=actor.user_id,
        by_name=actor.name,
    )


def record(events: Iterable[Event]) -> None:
    """Adds events in one statement."""
    insert_rows(ClaimEvent, Event._fields, events)
