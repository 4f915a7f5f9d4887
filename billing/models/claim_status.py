"""Where a claim stands by the payer's own word: questions about sent claims (276) with their answers (277)."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from billing.models.claim import Claim
from billing.models.connection import Connection
from billing.models.sending import Request
from practice.models import StoredFile
from practice.states import StateField, Transitions
from practice.tenancy.base import TenantModel
from practice.tenancy.fields import TenantForeignKey


class ClaimStatusCheck(TenantModel):
    """One question to a payer about one claim as it was sent in one file, and what the answer means."""

    referenced: ClassVar[bool] = False

    class Status(models.TextChoices):
        READY = "ready", "Waiting to be asked"
        SENDING = "sending", "Asking"
        ANSWERED = "answered", "Answered"
        FAILED = "failed", "Not answered"

    class Reason(models.TextChoices):
        HAND = "hand", "asked by hand"
        NO_ACKNOWLEDGMENT = "late_277ca", "no 277CA in its time"
        NO_REMITTANCE = "late_835", "no remittance in its time"
        NOT_KNOWN = "unknown", "whether the file arrived is not known"

    class Outcome(models.TextChoices):
        RECEIVED = "received", "Received"
        NOT_ON_FILE = "not_on_file", "Not on file"
        PENDING = "pending", "In process"
        PAID = "paid", "Paid"
        DENIED = "denied", "Denied"
        REJECTED = "rejected", "Rejected"
        UNDECIDABLE = "undecidable", "Not clear"

    TRANSITIONS: Final[Transitions] = {
        "ready": frozenset({"sending", "failed"}),
        "sending": frozenset({"ready", "answered", "failed"}),
        "answered": frozenset(),
        "failed": frozenset(),
    }

    claim = TenantForeignKey(Claim, models.PROTECT, related_name="status_checks")
    request = TenantForeignKey(Request, models.PROTECT, related_name="status_checks")
    connection = TenantForeignKey(Connection, models.PROTECT, null=True, indexed=False, related_name="+")
    number = models.CharField("patient control number", max_length=17)
    status = StateField(transitions=TRANSITIONS, choices=Status.choices, default=Status.READY)
    reason = models.CharField(max_length=12, choices=Reason.choices)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    is_on_file = models.BooleanField(null=True)
    words = models.TextField(blank=True)
    payer_control_number = models.CharField(max_length=50, blank=True)
    trace = models.CharField("trace number", max_length=30)
    control_number = models.CharField("interchange control number", max_length=9, blank=True)
    inquiry = TenantForeignKey(StoredFile, models.PROTECT, null=True, indexed=False, related_name="+")
    answer = TenantForeignKey(StoredFile, models.PROTECT, null=True, indexed=False, related_name="+")
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(null=True)
    made_by_name = models.CharField(max_length=130)
    checked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "trace"], name="claim_status_trace_once"),
            models.UniqueConstraint(
                fields=["practice", "claim"],
                condition=Q(status__in=["ready", "sending"]),
                name="claim_status_one_under_way",
            ),
            models.CheckConstraint(
                condition=~Q(status="answered") | (Q(checked_at__isnull=False) & ~Q(outcome="")),
                name="claim_status_answered_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.trace

    @property
    def is_under_way(self) -> bool:
        """Whether the payer is still to be asked or to answer."""
        return self.status in {self.Status.READY, self.Status.SENDING}
