"""A client's name or number as a payer knows it, which differs from ours (NM1*74)."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models

from billing.models.remittance import RemittanceClaim
from clients.models import Client, Coverage
from practice.states import StateField, Transitions
from practice.tenancy.base import TenantModel
from practice.tenancy.fields import TenantForeignKey


class ClientCorrection(TenantModel):
    """What the payer wrote in place of what we sent, and whether somebody took it over; empty parts agree."""

    referenced: ClassVar[bool] = False

    class Status(models.TextChoices):
        OPEN = "open", "To decide"
        CHANGED = "changed", "Changed"
        KEPT = "kept", "Left as it is"

    TRANSITIONS: Final[Transitions] = {
        "open": frozenset({"changed", "kept"}),
        "changed": frozenset({"open"}),
        "kept": frozenset({"open"}),
    }

    remittance_claim = TenantForeignKey(RemittanceClaim, models.PROTECT, related_name="corrections")
    client = TenantForeignKey(Client, models.PROTECT, related_name="payer_corrections")
    coverage = TenantForeignKey(Coverage, models.PROTECT, indexed=False, related_name="+")
    first_name = models.CharField(max_length=60, blank=True)
    last_name = models.CharField(max_length=60, blank=True)
    member_id = models.CharField(max_length=80, blank=True)
    before = models.JSONField(default=dict, help_text="What stood there before it was changed.")
    status = StateField(transitions=TRANSITIONS, choices=Status.choices, default=Status.OPEN)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["practice", "status"], name="client_correction_by_status")]
        constraints = [
            models.UniqueConstraint(fields=["practice", "remittance_claim"], name="client_correction_once"),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name} {self.member_id}".strip()
