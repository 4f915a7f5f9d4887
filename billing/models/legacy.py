"""Claims billed in a former system whose money came here."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from billing.models.claim import Claim
from billing.models.remittance import RemittanceClaim
from practice.tenancy.base import TenantModel
from practice.tenancy.fields import TenantForeignKey


class LegacyClaim(TenantModel):
    """That a claim was billed in a former system, under which number, and which answer it was made from."""

    referenced: ClassVar[bool] = False

    claim = TenantForeignKey(Claim, models.PROTECT, related_name="legacy")
    remittance_claim = TenantForeignKey(RemittanceClaim, models.PROTECT, indexed=False, related_name="+")
    number = models.CharField("patient control number of the former system", max_length=38, blank=True)
    made_session = models.BooleanField(default=False, help_text="Its session was made with it, not brought over.")
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=130)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["practice", "number"], name="legacy_claim_by_number")]
        constraints = [models.UniqueConstraint(fields=["practice", "claim"], name="legacy_claim_once")]

    def __str__(self) -> str:
        return self.number
