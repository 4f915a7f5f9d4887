"""What people see of a claim's life, and the denials they work."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from billing.models.claim import Claim
from billing.models.inbound import InboundTransaction
from billing.models.remittance import RemittanceClaim
from billing.models.sending import Request
from practice.money import PriceField
from practice.states import StateField, Transitions
from practice.tenancy.base import TenantModel
from practice.tenancy.fields import TenantForeignKey


class ClaimEvent(TenantModel):
    """One thing that happened to a claim, in words; never changed."""

    referenced: ClassVar[bool] = False
    append_only: ClassVar[bool] = True

    class Kind(models.TextChoices):
        MADE = "made", "Made"
        BATCHED = "batched", "Batched"
        SENT = "sent", "Sent"
        ANSWER = "answer", "Answer"
        REMITTED = "remitted", "Remitted"
        CORRECTED = "corrected", "Corrected"
        WITHDRAWN = "withdrawn", "Withdrawn"
        NOTE = "note", "Note"

    claim = TenantForeignKey(Claim, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=120)
    detail = models.TextField(blank=True)
    codes = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=60, blank=True, help_text="999, 277CA, 835, or who it was.")
    request = TenantForeignKey(Request, models.PROTECT, null=True, indexed=False, related_name="+")
    transaction = TenantForeignKey(InboundTransaction, models.PROTECT, null=True, indexed=False, related_name="+")
    remittance_claim = TenantForeignKey(RemittanceClaim, models.PROTECT, null=True, indexed=False, related_name="+")
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=130)

    def __str__(self) -> str:
        return self.title


class Denial(TenantModel):
    """Money a payer refused that may still be got: open until somebody says what became of it."""

    referenced: ClassVar[bool] = False

    class Status(models.TextChoices):
        OPEN = "open", "To work"
        WAITING = "waiting", "Waiting for the payer"
        RESOLVED = "resolved", "Resolved"

    class Resolution(models.TextChoices):
        RESENT = "resent", "Corrected and resent"
        APPEALED = "appealed", "Appealed"
        WRITTEN_OFF = "written_off", "Written off"
        TO_CLIENT = "to_client", "Moved to the client"
        PAID = "paid", "Paid after all"
        TAKEN_BACK = "taken_back", "The payer took the answer back"
        NEXT_PAYER = "next_payer", "Asked of the next payer"
        OTHER_PAYER = "other_payer", "Billed to another payer"

    TRANSITIONS: Final[Transitions] = {
        "open": frozenset({"waiting", "resolved"}),
        "waiting": frozenset({"open", "resolved"}),
        "resolved": frozenset({"open"}),
    }

    claim = TenantForeignKey(Claim, models.PROTECT, related_name="denials")
    remittance_claim = TenantForeignKey(RemittanceClaim, models.PROTECT, related_name="denials")
    amount = PriceField()
    reasons = models.JSONField(default=list, help_text="Group, reason, amount and remarks of what was refused.")
    status = StateField(transitions=TRANSITIONS, choices=Status.choices, default=Status.OPEN)
    resolution = models.CharField(max_length=12, choices=Resolution.choices, blank=True)
    follow_up_on = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True)
    assigned_to_id = models.BigIntegerField(null=True)
    assigned_to_name = models.CharField(max_length=130, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["practice", "status"], name="denial_by_status")]
        constraints = [
            models.UniqueConstraint(fields=["practice", "remittance_claim"], name="denial_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="denial_not_below_zero"),
        ]

    def __str__(self) -> str:
        return f"Denial of {self.amount}"
