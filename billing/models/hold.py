"""What is kept back: claims that wait here, and attendances that are not billed yet."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from billing.models.claim import Claim
from practice.tenancy.base import TenantModel
from practice.tenancy.fields import TenantForeignKey
from scheduling.models import Attendance


class Hold(TenantModel):
    """One claim or attendance that somebody keeps back, why and until when. Released holds stay as history."""

    referenced: ClassVar[bool] = False

    claim = TenantForeignKey(Claim, models.PROTECT, null=True, related_name="holds")
    attendance = TenantForeignKey(Attendance, models.PROTECT, null=True, related_name="holds")
    reason = models.CharField(max_length=200)
    until = models.DateField(null=True, help_text="The day on which it goes on by itself; none: by hand.")
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(null=True)
    made_by_name = models.CharField(max_length=130)
    released_at = models.DateTimeField(null=True)
    released_by_name = models.CharField(max_length=130, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(claim__isnull=False, attendance__isnull=True)
                | Q(claim__isnull=True, attendance__isnull=False),
                name="hold_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["practice", "claim"],
                condition=Q(released_at__isnull=True, claim__isnull=False),
                name="hold_claim_once",
            ),
            models.UniqueConstraint(
                fields=["practice", "attendance"],
                condition=Q(released_at__isnull=True, attendance__isnull=False),
                name="hold_attendance_once",
            ),
        ]

    def __str__(self) -> str:
        return self.reason
