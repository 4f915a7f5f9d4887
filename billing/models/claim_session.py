"""Which sessions a claim asks for, so that PostgreSQL keeps each from being asked for twice at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from django.db import models
from django.db.models import Q

from billing.models.claim import Claim
from clients.models import Coverage
from practice import states
from practice.tenancy.base import TenantModel
from practice.tenancy.constraints import CompositeForeignKey
from practice.tenancy.fields import TenantForeignKey
from scheduling.models import Attendance


class ClaimSession(TenantModel):
    """One session that a claim asks for. Coverage and `under_way` are the claim's own, which the last key keeps."""

    referenced: ClassVar[bool] = False

    claim = TenantForeignKey(Claim, models.CASCADE, indexed=False, related_name="sessions")
    attendance = TenantForeignKey(Attendance, models.PROTECT, related_name="claim_sessions")
    coverage = TenantForeignKey(Coverage, models.PROTECT, indexed=False, related_name="+")
    under_way = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "claim", "attendance"], name="claim_session_once"),
            models.UniqueConstraint(
                fields=["practice", "attendance", "coverage"], condition=Q(under_way=True), name="claim_one_under_way"
            ),
            CompositeForeignKey(field="claim", also=("coverage_id", "under_way"), name="claim_session_as_its_claim"),
        ]

    def __str__(self) -> str:
        return f"{self.attendance_id} on claim {self.claim_id}"


def sessions_of(claim: Claim, attendance_ids: Iterable[int]) -> list[ClaimSession]:
    """Rows, not saved yet, that say which sessions a claim asks for, each once."""
    under_way = claim.status in Claim.UNDER_WAY
    return [
        ClaimSession(claim=claim, attendance_id=pk, coverage_id=claim.coverage_id, under_way=under_way)
        for pk in dict.fromkeys(attendance_ids)
    ]


def _keep_in_step(claim_ids: Sequence[int], state: str) -> None:
    """Sessions go with their claim into what keeps other claims from asking for them, and out of it."""
    under_way = state in Claim.UNDER_WAY
    rows = ClaimSession.objects.filter(claim__in=list(claim_ids), under_way=not under_way)
    rows.update(under_way=under_way)


states.follow(Claim, _keep_in_step)
