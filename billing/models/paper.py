"""Remittances that come on paper, while somebody keys them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from billing.models.remittance import Remittance
from practice.models import PracticePayer, StoredFile
from practice.money import PriceField
from practice.tenancy.base import TenantModel
from practice.tenancy.fields import TenantForeignKey


class PaperDraft(TenantModel):
    """A remittance on paper as far as it is keyed; `remittance` is what became of it when it was finished.

    `claims` holds for each picked claim the amounts of its lines, as dollars in text.
    """

    referenced: ClassVar[bool] = False

    payer = TenantForeignKey(PracticePayer, models.PROTECT, null=True, indexed=False, related_name="+")
    number = models.CharField("check or EFT number", max_length=50, blank=True)
    paid_on = models.DateField(null=True)
    amount = PriceField(null=True)
    interest = PriceField(null=True)
    claims = models.JSONField(default=list)
    scan = TenantForeignKey(StoredFile, models.PROTECT, null=True, indexed=False, related_name="+")
    remittance = TenantForeignKey(Remittance, models.PROTECT, null=True, indexed=False, related_name="+")
    made_by_name = models.CharField(max_length=130)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.number
