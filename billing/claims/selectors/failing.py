"""What of the way out and back keeps failing because of an error on our side, for the page to say so."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from billing.claims.batching import LEAVE
from billing.claims.leaving import SEND
from billing.clearinghouses.polling import POLL
from billing.inbound.services import KIND as READ
from practice import due
from practice.actors import Actor

_WORDS: Final = {
    LEAVE: "a batch from leaving",
    SEND: "a file from being sent",
    POLL: "answers from being fetched",
    READ: "an answer from being read",
}


@dataclass(frozen=True, slots=True)
class Failing:
    """One kind of work that keeps failing: what it keeps from happening, how often it was tried, when last."""

    words: str
    times: int
    last_at: dt.datetime | None


def failing(actor: Actor) -> list[Failing]:
    """Each kind once, with its worst; one query."""
    worst: dict[str, Failing] = {}
    for row in due.troubles(actor.practice_id):
        known = worst.get(row.kind)
        if row.kind in _WORDS and (known is None or row.failures > known.times):
            worst[row.kind] = Failing(_WORDS[row.kind], row.failures, row.failed_at)
    return list(worst.values())
