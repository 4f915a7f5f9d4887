"""What went through an organization's connection, practice by practice: counts and states, and nobody's names."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Count, Max, Q

from billing.connections.calling import PERMISSION
from billing.connections.health import OVERDUE
from billing.models import Connection, InboundTransaction, Request, SharedConnection, SharedInquiry
from practice import access, clock
from practice.actors import Actor

SINCE: Final = dt.timedelta(days=30)
R, A = Request.Status, SharedInquiry.Status
_FIGURES: Final = ("files", "waiting", "unknown", "stopped", "late", "last_sent")
_KINDS: Final = InboundTransaction.Kind.values


@dataclass(slots=True)
class Through:
    """One practice: its files by how they stand, its questions, and what was handed to it, of the last 30 days.

    `waiting`, `unknown`, `stopped` and `late` count files of any age. `may_call`: its batches may be called for.
    """

    share: SharedConnection
    may_call: bool
    files: int = 0
    waiting: int = 0
    unknown: int = 0
    stopped: int = 0
    late: int = 0
    last_sent: dt.datetime | None = None
    asked: int = 0
    unanswered: int = 0
    answers: Counter[str] = field(default_factory=Counter)

    @property
    def practice_id(self) -> int:
        """The practice's number."""
        return self.share.for_practice

    @property
    def name(self) -> str:
        """The practice's name."""
        return self.share.practice_name

    @property
    def came_back(self) -> list[tuple[str, int]]:
        """The answers handed to it, by kind."""
        return [(kind, self.answers[kind]) for kind in _KINDS if self.answers[kind]]


def practices(actor: Actor, row: Connection) -> list[Through]:
    """Every practice that ever chose it, by name; five queries."""
    may = {one.practice_id for one in access.served(actor) if PERMISSION in one.permissions}
    rows = SharedConnection.objects.filter(connection=row).order_by("practice_name")
    found = {
        share.for_practice: Through(
            share, bool(share.for_practice in may and share.chosen_at and share.ended_at is None)
        )
        for share in rows
    }
    if actor.may("claims:view"):
        _count_files(found, row)
        _count_questions(found, row)
        _count_answers(found, row)
    return list(found.values())


def sentence_of(share: SharedConnection) -> str:
    """What left when its batches were called for."""
    count = share.called_batches
    if not count:
        return f"{share.practice_name}: nothing waited."
    claims = f"{share.called_claims} claim{'' if share.called_claims == 1 else 's'}"
    leave = "batch" if count == 1 else "batches"
    return f"{share.practice_name}: {count} {leave} with {claims} {'leaves' if count == 1 else 'leave'} now."


def _count_files(found: dict[int, Through], row: Connection) -> None:
    now = clock.now()
    recent = Q(made_at__gte=now - SINCE)
    late = Q(status=R.SENT, sent_at__lt=now - OVERDUE["999"].after)
    rows = Request.objects.filter(connection=row, for_practice__in=list(found)).order_by().values("for_practice")
    counted = rows.annotate(
        files=Count("pk", filter=recent),
        waiting=Count("pk", filter=Q(status__in=(R.READY, R.SENDING))),
        unknown=Count("pk", filter=Q(status=R.UNKNOWN)),
        stopped=Count("pk", filter=Q(status__in=(R.FAILED, R.REJECTED))),
        late=Count("pk", filter=late),
        last_sent=Max("sent_at"),
    )
    for practice_id, *figures in counted.values_list("for_practice", *_FIGURES):
        for name, value in zip(_FIGURES, figures, strict=True):
            setattr(found[practice_id or 0], name, value)


def _count_questions(found: dict[int, Through], row: Connection) -> None:
    rows = SharedInquiry.objects.filter(connection=row, made_at__gte=clock.now() - SINCE).order_by()
    counted = rows.values("for_practice").annotate(asked=Count("pk"), failed=Count("pk", filter=Q(status=A.FAILED)))
    for practice_id, asked, failed in counted.values_list("for_practice", "asked", "failed"):
        if practice_id in found:
            found[practice_id].asked, found[practice_id].unanswered = asked, failed


def _count_answers(found: dict[int, Through], row: Connection) -> None:
    rows = InboundTransaction.objects.filter(
        inbound__connection=row,
        inbound__received_at__gte=clock.now() - SINCE,
        status=InboundTransaction.Status.HANDED_OVER,
    )
    for ids, kind in rows.values_list("for_practices", "kind"):
        for practice_id in ids:
            if practice_id in found:
                found[practice_id].answers[kind] += 1
