"""What is due, and who does it: rooms register a handler for each kind of due work.

Redis may be wiped at any time: the rows of DueWork say what must happen, and the sweep finds them. What fails is
tried again, less and less often, at least once an hour and for ever; `troubles` says what has failed too often. A
lease that runs out counts as a failure too: nobody did the work, or whoever did it was killed over it.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Final

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from practice import clock
from practice.models import DueWork

LEASE: Final = dt.timedelta(minutes=5)
FIRST_PAUSE: Final = dt.timedelta(minutes=1)
LONGEST_PAUSE: Final = dt.timedelta(hours=1)
TOO_OFTEN: Final = 5
UNFINISHED: Final = "Unfinished"
_log = logging.getLogger(__name__)
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


def plan_many(kind: str, *, practice_id: int, object_ids: Iterable[str], due_at: dt.datetime) -> None:
    """The same for several objects that are not planned yet; one that is keeps its time."""
    rows = [DueWork(kind=kind, practice_id=practice_id, object_id=one, due_at=due_at) for one in object_ids]
    DueWork.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def done(kind: str, *, practice_id: int, object_id: int | str) -> None:
    """Strikes it off, in the caller's transaction."""
    DueWork.objects.filter(kind=kind, practice_id=practice_id, object_id=str(object_id)).delete()


def done_many(kind: str, *, practice_id: int, object_ids: Iterable[str]) -> None:
    """The same for several objects, in one statement."""
    DueWork.objects.filter(kind=kind, practice_id=practice_id, object_id__in=list(object_ids)).delete()


def planned(kind: str, *, practice_id: int) -> frozenset[str]:
    """The objects of a practice for which this kind of work is planned and not done yet."""
    rows = DueWork.objects.filter(kind=kind, practice_id=practice_id)
    return frozenset(rows.values_list("object_id", flat=True))


def lease(limit: int = 100, kinds: Collection[str] | None = None) -> list[Due]:
    """Takes what is due and leased by nobody, of all kinds or of these; two sweeps at once take different rows."""
    moment = clock.now()
    free = Q(lease_until=None) | Q(lease_until__lt=moment)
    if kinds is not None:
        free &= Q(kind__in=kinds)
    with transaction.atomic():
        rows = list(
            DueWork.objects.select_for_update(skip_locked=True)
            .filter(free, due_at__lte=moment)
            .order_by("due_at")[:limit]
        )
        DueWork.objects.filter(pk__in=[row.pk for row in rows if row.lease_until is not None]).update(
            failures=F("failures") + 1, failed_at=moment, error=UNFINISHED
        )
        DueWork.objects.filter(pk__in=[row.pk for row in rows]).update(
            lease_until=moment + LEASE, attempts=F("attempts") + 1
        )
    return [Due(row.kind, row.practice_id, row.object_id) for row in rows]


def perform(due: Due) -> None:
    """Does one leased piece; an unknown kind raises LookupError. What is raised is written down and raised again."""
    try:
        if due.kind not in _handlers:
            raise LookupError(f"Nothing handles due work «{due.kind}».")
        _handlers[due.kind](due.practice_id, due.object_id)
    except Exception as error:
        _put_off(due, error)
        raise
    _rows(due).filter(failures__gt=0).update(failures=0, failed_at=None, error="")


def troubles(practice_id: int) -> list[DueWork]:
    """What of a practice has failed too often to be left to itself, the oldest first."""
    return list(DueWork.objects.filter(practice_id=practice_id, failures__gte=TOO_OFTEN).order_by("failed_at", "pk"))


def pause_after(failures: int) -> dt.timedelta:
    """How long to wait after so many failures in a row."""
    doublings = min(failures - 1, 16)
    return min(dt.timedelta(seconds=FIRST_PAUSE.total_seconds() * (1 << doublings)), LONGEST_PAUSE)


def _put_off(due: Due, error: Exception) -> None:
    """Frees the piece for a later sweep, unless the transaction around it can no longer be used."""
    if connection.needs_rollback:
        return
    with transaction.atomic():
        row = _rows(due).select_for_update().first()
        if row is None:
            return
        row.failures, row.failed_at, row.error = row.failures + 1, clock.now(), type(error).__name__[:80]
        row.due_at, row.lease_until = max(row.due_at, clock.now() + pause_after(row.failures)), None
        row.save(update_fields=["failures", "failed_at", "error", "due_at", "lease_until"])
    if row.failures >= TOO_OFTEN:
        _log.error(
            "Due work %s %s of practice %s failed %s times.", row.kind, row.object_id, row.practice_id, row.failures
        )


def _rows(due: Due) -> QuerySet[DueWork]:
    return DueWork.objects.filter(kind=due.kind, practice_id=due.practice_id, object_id=due.object_id)
