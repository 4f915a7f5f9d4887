"""What payers say about clients' coverage: the questions (270) with their answers (271), and when the practice asks."""

from __future__ import annotations

from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from billing.models.connection import Connection
from clients.models import Client, Coverage
from practice.models import PracticePayer, StoredFile
from practice.states import StateField, Transitions
from practice.tenancy.base import TenantModel
from practice.tenancy.fields import TenantForeignKey


class EligibilitySettings(TenantModel):
    """Whether the practice asks by itself, by which service type, and how long an answer is good for."""

    referenced: ClassVar[bool] = False

    class AskedBy(models.TextChoices):
        MENTAL_HEALTH = "MH", "Mental health (MH)"
        OFFICE_VISIT = "98", "Professional office visit (98)"
        PLAN = "30", "The plan as a whole (30)"

    asks_by_itself = models.BooleanField("ask payers without being told", default=True)
    service_type = models.CharField(
        "ask first by", max_length=2, choices=AskedBy.choices, default=AskedBy.MENTAL_HEALTH
    )
    good_for_days = models.PositiveSmallIntegerField(
        "an answer is good for this many days", default=14, validators=[MinValueValidator(1), MaxValueValidator(90)]
    )

    class Meta:
        verbose_name_plural = "eligibility settings"
        constraints = [
            models.UniqueConstraint(fields=["practice"], name="eligibility_settings_once"),
            models.CheckConstraint(
                condition=Q(good_for_days__gte=1, good_for_days__lte=90), name="eligibility_good_for_1_to_90_days"
            ),
        ]

    def __str__(self) -> str:
        return "Eligibility settings"


class EligibilityCheck(TenantModel):
    """One question to a payer about one coverage on one day, and what it answered.

    `facts` is `billing.eligibility.facts.Facts` as data, `alerts` what a person should look at, in sentences.
    `is_current` marks the answer that counts for its coverage: the last one that says anything.
    """

    referenced: ClassVar[bool] = False

    class Status(models.TextChoices):
        READY = "ready", "Waiting to be asked"
        SENDING = "sending", "Asking"
        ANSWERED = "answered", "Answered"
        FAILED = "failed", "Not answered"
        UNKNOWN = "unknown", "Not known"

    class Reason(models.TextChoices):
        ADDED = "added", "coverage added or changed"
        FIRST_VISIT = "first_visit", "before the first visit"
        SWEEP = "sweep", "before the week’s sessions"
        HAND = "hand", "asked by hand"
        AGAIN = "again", "asked once more in another way"

    class Outcome(models.TextChoices):
        ACTIVE = "active", "Active"
        INACTIVE = "inactive", "Not active"
        UNCLEAR = "unclear", "Not clear"
        REJECTED = "rejected", "Not found by the payer"

    TRANSITIONS: Final[Transitions] = {
        "ready": frozenset({"sending", "failed"}),
        "sending": frozenset({"ready", "answered", "failed", "unknown"}),
        "answered": frozenset(),
        "failed": frozenset(),
        "unknown": frozenset(),
    }

    client = TenantForeignKey(Client, models.CASCADE, related_name="eligibility_checks")
    coverage = TenantForeignKey(Coverage, models.CASCADE, related_name="eligibility_checks")
    payer = TenantForeignKey(PracticePayer, models.PROTECT, related_name="+")
    connection = TenantForeignKey(Connection, models.PROTECT, null=True, indexed=False, related_name="+")
    status = StateField(transitions=TRANSITIONS, choices=Status.choices, default=Status.READY)
    reason = models.CharField(max_length=12, choices=Reason.choices)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    service_on = models.DateField("for this day")
    service_types = ArrayField(models.CharField(max_length=3))
    fingerprint = models.CharField("of what was asked about", max_length=64)
    trace = models.CharField("trace number", max_length=30)
    control_number = models.CharField("interchange control number", max_length=9, blank=True)
    inquiry = TenantForeignKey(StoredFile, models.PROTECT, null=True, indexed=False, related_name="+")
    answer = TenantForeignKey(StoredFile, models.PROTECT, null=True, indexed=False, related_name="+")
    facts = models.JSONField(default=dict)
    alerts = models.JSONField(default=list)
    looked_at = models.DateTimeField(null=True)
    looked_at_by = models.CharField(max_length=130, blank=True)
    set_aside_at = models.DateTimeField(null=True)
    set_aside_by = models.CharField(max_length=130, blank=True)
    set_aside_why = models.CharField(max_length=200, blank=True)
    is_current = models.BooleanField(default=False)
    together = models.UUIDField("asked with one click", null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(null=True)
    made_by_name = models.CharField(max_length=130)
    checked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "trace"], name="eligibility_trace_once"),
            models.UniqueConstraint(
                fields=["practice", "coverage"], condition=Q(is_current=True), name="eligibility_one_current"
            ),
            models.UniqueConstraint(
                fields=["practice", "coverage"],
                condition=Q(status__in=["ready", "sending"]),
                name="eligibility_one_under_way",
            ),
            models.CheckConstraint(
                condition=~Q(status="answered") | (Q(checked_at__isnull=False) & ~Q(outcome="")),
                name="eligibility_answered_is_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["practice", "together"], condition=Q(together__isnull=False), name="eligibility_click"
            ),
            models.Index(
                fields=["practice", "checked_at"],
                condition=Q(is_current=True, looked_at__isnull=True) & ~Q(alerts=[]),
                name="eligibility_to_look_at",
            ),
        ]

    def __str__(self) -> str:
        return self.trace

    @property
    def is_under_way(self) -> bool:
        """Whether the payer is still to be asked or to answer."""
        return self.status in {self.Status.READY, self.Status.SENDING}
