"""What an organization keeps of the questions it asks payers for its practices: counts and states, and no answer."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from billing.models.connection import Connection
from practice.models import StoredFile
from practice.states import StateField, Transitions
from practice.tenancy.base import TenantModel
from practice.tenancy.fields import TenantForeignKey


class SharedInquiry(TenantModel):
    """One question (270 or 276) that a practice handed over to be asked through an organization's connection.

    `for_practice` and `for_check` are the practice's numbers, never keys. The question is kept until it was asked.
    """

    referenced: ClassVar[bool] = False

    class Kind(models.TextChoices):
        ELIGIBILITY = "270", "Who is covered"
        CLAIM_STATUS = "276", "Where a claim stands"

    class Status(models.TextChoices):
        READY = "ready", "Waiting to be asked"
        SENDING = "sending", "Asking"
        ANSWERED = "answered", "Answered"
        FAILED = "failed", "Not answered"

    TRANSITIONS: Final[Transitions] = {
        "ready": frozenset({"sending", "failed"}),
        "sending": frozenset({"answered", "failed"}),
        "answered": frozenset(),
        "failed": frozenset(),
    }

    connection = TenantForeignKey(Connection, models.PROTECT, indexed=False, related_name="inquiries")
    for_practice = models.BigIntegerField("practice that asks")
    for_check = models.BigIntegerField("its number there")
    kind = models.CharField(max_length=3, choices=Kind.choices)
    control_number = models.CharField("interchange control number", max_length=9)
    question = TenantForeignKey(StoredFile, models.PROTECT, null=True, indexed=False, related_name="+")
    status = StateField(transitions=TRANSITIONS, choices=Status.choices, default=Status.READY)
    lease_until = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "shared inquiries"
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "connection", "control_number"], name="shared_inquiry_control_number_once"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, question__isnull=False) | Q(closed_at__isnull=False, question=None),
                name="shared_inquiry_keeps_what_is_open",
            ),
        ]
        indexes = [models.Index(fields=["practice", "connection", "made_at"], name="shared_inquiry_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.control_number}"

    @property
    def is_under_way(self) -> bool:
        """Whether the payer is still to be asked or to answer."""
        return self.status in {self.Status.READY, self.Status.SENDING}
