"""What is due, and who does it: rooms register a handler for each kind of due work.

Redis may be wiped at any time: the rows of DueWork say what must happen, and the sweep finds them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import F, Q

from practice import clock
from practice.models import DueWork

LEASE: Final = dt.timedelta(minutes=5)
Handler = Callable[[int, str], None]
_handlers: dict[str, Handler] = {}


@dataclass(frozen=True, slots=True)
class Due:
    """One leased piece of work."""

    kind: str
    practice_id: int
    object_id: str


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Registers the function that does this kind of work; it is given the practice and the object's id.

    It opens its own transactions and contexts, is idempotent, and calls `done` in the transaction that finishes.
    """

    def register(handler: Handler) -> Handler:
        if kind in _handlers:
            raise ValueError(f"Two handlers for due work «{kind}».")
        _handlers[kind] = handler
        return handler

    return register


def plan(kind: str, *, practice_id: int, object_id: int | str, due_at: dt.datetime) -> None:
    """Makes something due at a time, in the caller's transaction; planning it again moves the time."""
    row, created = DueWork.objects.get_or_create(
        kind=kind, practice_id=practice_id, object_id=str(object_id), defaults={"due_at": due_at}
    )
    if not created:
        row.due_at, row.lease_until = due_at, None
        row.save(update_fields=["due_at", "lease_until"])


def done(kind: str, *, practice_id: int, object_id: int | str) -> None:
    """Strikes it off, in the caller's transaction."""
    DueWork.objects.filter(kind=kind, practice_id=practice_id, object_id=str(object_id)).delete()


def lease(limit: int = 100) -> list[Due]:
    """Takes what is due and leased by nobody; two sweeps at once take different rows."""
    moment = clock.now()
    free = Q(lease_until=None) | Q(lease_until__lt=moment)
    with transaction.atomic():
        rows = list(
            DueWork.objects.select_for_update(skip_locked=True)
            .filter(free, due_at__lte=moment)
            .order_by("due_at")[:limit]
        )
        DueWork.objects.filter(pk__in=[row.pk for row in rows]).update(
            lease_until=moment + LEASE, attempts=F("attempts") + 1
        )
    return [Due(row.kind, row.practice_id, row.object_id) for row in rows]


def perform(due: Due) -> None:
    """Does one leased piece; an unknown kind raises LookupError."""
    if due.kind not in _handlers:
        raise LookupError(f"Nothing handles due work «{due.kind}».")
    _handlers[due.kind](due.practice_id, due.object_id)
