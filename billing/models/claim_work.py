"""Who works a claim that came back, and when to look at it again."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from billing.models.claim import Claim
from practice.tenancy.base import TenantModel
from practice.tenancy.fields import TenantForeignKey


class ClaimWork(TenantModel):
    """What people agreed about a claim that has to be put right: whose it is, until when it rests, what was done."""

    referenced: ClassVar[bool] = False

    claim = TenantForeignKey(Claim, models.CASCADE, related_name="work")
    assigned_to_id = models.BigIntegerField(null=True)
    assigned_to_name = models.CharField(max_length=130, blank=True)
    follow_up_on = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "claim"], name="claim_work_once")]

    def __str__(self) -> str:
        return self.assigned_to_name or self.note
