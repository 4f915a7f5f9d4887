"""What leaves: batches of claims, the files they become, and which claim stands where in a file."""

from __future__ import annotations

import uuid
from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from billing.models.claim import Claim
from billing.models.connection import Connection
from billing.models.run import BillingRun
from practice.models import StoredFile
from practice.states import StateField, Transitions
from practice.tenancy.base import TenantModel
from practice.tenancy.fields import TenantForeignKey


class Batch(TenantModel):
    """Claims that leave together. Until it leaves it can be withdrawn; then its requests say how far it is."""

    class Status(models.TextChoices):
        WAITING = "waiting", "Waiting to leave"
        MADE = "made", "File made"
        WITHDRAWN = "withdrawn", "Withdrawn"

    TRANSITIONS: Final[Transitions] = {
        "waiting": frozenset({"made", "withdrawn"}),
        "made": frozenset(),
        "withdrawn": frozenset(),
    }

    connection = TenantForeignKey(Connection, models.PROTECT, related_name="batches")
    run = TenantForeignKey(BillingRun, models.PROTECT, null=True, related_name="batches")
    status = StateField(transitions=TRANSITIONS, choices=Status.choices, default=Status.WAITING)
    leaves_at = models.DateTimeField()
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(null=True)
    made_by_name = models.CharField(max_length=130)

    class Meta:
        verbose_name_plural = "batches"
        indexes = [models.Index(fields=["practice", "made_at"], name="batch_newest")]

    def __str__(self) -> str:
        return f"Batch {self.pk}"


class BatchClaim(TenantModel):
    """A claim in a batch."""

    referenced: ClassVar[bool] = False

    batch = TenantForeignKey(Batch, models.CASCADE, related_name="rows")
    claim = TenantForeignKey(Claim, models.PROTECT, related_name="batch_rows")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "batch", "claim"], name="batch_claim_once")]

    def __str__(self) -> str:
        return f"{self.claim_id} in batch {self.batch_id}"


class Request(TenantModel):
    """The unit of sending: one file, its key and its bytes, and whether the clearinghouse has it."""

    class Status(models.TextChoices):
        READY = "ready", "Ready"
        SENDING = "sending", "Sending"
        SENT = "sent", "Sent"
        UNKNOWN = "unknown", "Not known"
        FAILED = "failed", "Failed"
        ACKNOWLEDGED = "acknowledged", "Acknowledged"
        REJECTED = "rejected", "Rejected"

    TRANSITIONS: Final[Transitions] = {
        "ready": frozenset({"sending", "sent"}),
        "sending": frozenset({"sent", "unknown", "failed", "ready"}),
        "sent": frozenset({"acknowledged", "rejected"}),
        "unknown": frozenset({"sending", "sent", "ready", "failed", "acknowledged", "rejected"}),
        "failed": frozenset({"ready", "sent", "rejected"}),
        "acknowledged": frozenset({"rejected"}),
        "rejected": frozenset(),
    }

    batch = TenantForeignKey(Batch, models.PROTECT, related_name="requests")
    connection = TenantForeignKey(Connection, models.PROTECT, related_name="requests")
    key = models.UUIDField("idempotency key", default=uuid.uuid4)
    file = TenantForeignKey(StoredFile, models.PROTECT, indexed=False, related_name="+")
    filename = models.CharField(max_length=80)
    control_number = models.CharField("interchange control number", max_length=9)
    claim_count = models.PositiveIntegerField()
    status = StateField(transitions=TRANSITIONS, choices=Status.choices, default=Status.READY)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    key_used_at = models.DateTimeField("when the key was first used", null=True)
    for_practice = models.BigIntegerField("practice that handed the file over", null=True)
    for_request = models.BigIntegerField("its number there", null=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["practice", "status"], name="request_by_status")]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "connection", "control_number"], name="request_control_number_once"
            ),
            models.CheckConstraint(condition=Q(claim_count__gte=1), name="request_has_claims"),
            models.UniqueConstraint(
                fields=["practice", "for_practice", "for_request"], name="request_handed_over_once"
            ),
        ]

    def __str__(self) -> str:
        return self.filename


class Submission(TenantModel):
    """One claim in one file: the numbers it went under and the segments it stands in, counted from ST as 1."""

    referenced: ClassVar[bool] = False

    request = TenantForeignKey(Request, models.PROTECT, related_name="submissions")
    claim = TenantForeignKey(Claim, models.PROTECT, related_name="submissions")
    number = models.CharField("patient control number", max_length=17)
    transaction_control = models.CharField(max_length=9)
    reference = models.CharField("BHT03", max_length=50)
    first_segment = models.PositiveIntegerField()
    last_segment = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "request", "claim"], name="submission_once")]
        indexes = [models.Index(fields=["practice", "number"], name="submission_by_number")]

    def __str__(self) -> str:
        return self.number
