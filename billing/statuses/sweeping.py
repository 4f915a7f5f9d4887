"""Asking by itself: about claims whose answer did not come in its time, and about files that may not have arrived."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from billing.clearinghouses.choosing import connection_for
from billing.clearinghouses.protocol import Capability
from billing.models import Claim, ClaimStatusCheck, Request, Submission
from billing.statuses import asking
from practice import clock, due
from practice.actors import Actor
from practice.tenancy.context import practice_context

SWEEP: Final = "statuses.sweep"
EVERY: Final = dt.timedelta(hours=6)
NO_277CA: Final = dt.timedelta(days=5)
NO_835: Final = dt.timedelta(days=30)
NOT_KNOWN: Final = dt.timedelta(days=1)
"""A claim takes about a day to get to a payer: asked sooner, it is not on file whatever became of it."""

AGAIN: Final = dt.timedelta(days=7)
AGAIN_IF_NOT_KNOWN: Final = dt.timedelta(days=1)
OLDEST: Final = dt.timedelta(days=365)
MOST: Final = 100  # questions of one round, for each reason
APART: Final = dt.timedelta(seconds=10)
R = ClaimStatusCheck.Reason


@due.handles(SWEEP)
def sweep(practice_id: int, object_id: str) -> None:
    """Plans the questions of this round, one after the other, and the next round."""
    with transaction.atomic(), practice_context(practice_id, phi=True):
        due.plan(SWEEP, practice_id=practice_id, object_id=object_id, due_at=clock.now() + EVERY)
        if connection_for(Capability.CLAIM_STATUS) is None:
            return
        place = 0
        for reason, rows in wanted().items():
            times = [clock.now() + APART * (place + number) for number in range(len(rows))]
            asking.plan(rows, reason, actor=Actor.system(practice_id), at=times)
            place += len(rows)


def wanted() -> dict[str, list[Submission]]:
    """By reason, the sendings to ask about now; five queries."""
    now = clock.now()
    sent = Claim.objects.filter(sent_at__gte=now - OLDEST)
    late_277ca = sent.filter(status__in=(Claim.Status.SENT, Claim.Status.RECEIVED), sent_at__lte=now - NO_277CA)
    late_835 = sent.filter(status=Claim.Status.ACCEPTED, sent_at__lte=now - NO_835)
    return {
        R.NOT_KNOWN: _of_files(now),
        R.NO_ACKNOWLEDGMENT: _of_claims(late_277ca, now),
        R.NO_REMITTANCE: _of_claims(late_835, now),
    }


def _of_claims(claims: QuerySet[Claim], now: dt.datetime) -> list[Submission]:
    """The last sending of each, the oldest first, without those asked about within the week."""
    asked = ClaimStatusCheck.objects.filter(made_at__gte=now - AGAIN).values("claim")
    late = claims.exclude(pk__in=asked).order_by("sent_at", "pk").values("pk")[:MOST]
    rows = Submission.objects.filter(claim__in=list(late.values_list("pk", flat=True))).select_related("claim")
    last = {row.claim_id: row for row in rows.order_by("pk") if row.number == row.claim.number}
    return list(last.values())


def _of_files(now: dt.datetime) -> list[Submission]:
    """One claim of each file of which nobody knows whether it arrived: any of them says it of the whole file."""
    asked = ClaimStatusCheck.objects.filter(made_at__gte=now - AGAIN_IF_NOT_KNOWN).values("request")
    files = Request.objects.filter(
        status=Request.Status.UNKNOWN, made_at__lte=now - NOT_KNOWN, made_at__gte=now - OLDEST
    )
    unknown = files.exclude(pk__in=asked).order_by("made_at").values_list("pk", flat=True)[:MOST]
    found: dict[int, Submission] = {}
    for row in Submission.objects.filter(request__in=list(unknown)).select_related("claim").order_by("pk"):
        if row.claim.status == Claim.Status.BATCHED and row.number == row.claim.number:
            found.setdefault(row.request_id, row)
    return list(found.values())
