"""What is on hold now: asked before anything is billed or put in a batch."""

from __future__ import annotations

from collections.abc import Collection

from billing.models import Hold


def of_claims(claim_ids: Collection[int]) -> dict[int, Hold]:
    """The open hold of each claim that has one; one query."""
    rows = Hold.objects.filter(claim__in=list(claim_ids), released_at=None)
    return {row.claim_id: row for row in rows if row.claim_id is not None}


def of_attendances(attendance_ids: Collection[int]) -> dict[int, Hold]:
    """The open hold of each attendance that has one; one query."""
    rows = Hold.objects.filter(attendance__in=list(attendance_ids), released_at=None)
    return {row.attendance_id: row for row in rows if row.attendance_id is not None}
