"""A pay run: one schedule, one pay date, who approved it. Nothing about a client."""

from __future__ import annotations

from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from payroll.models.schedules import PayPeriod, PaySchedule
from practice.money import ZERO, MoneyField
from practice.states import StateField, Transitions
from practice.tenancy.base import TenantModel
from practice.tenancy.fields import TenantForeignKey


class PayRun(TenantModel):
    """What is paid on one day. From exported on nothing changes; what is wrong is put right in a later run."""

    class Kind(models.TextChoices):
        REGULAR = "regular", "Regular"
        OFF_CYCLE = "off_cycle", "Off-cycle"

    class Status(models.TextChoices):
        DRAFT = "draft", "Open"
        COMPUTED = "computed", "Computed"
        APPROVED = "approved", "Approved"
        EXPORTED = "exported", "Exported"
        LOCKED = "locked", "Locked"

    class Work(models.TextChoices):
        IDLE = "idle", "Idle"
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Computing"
        FAILED = "failed", "Failed"

    TRANSITIONS: Final[Transitions] = {
        "draft": frozenset({"computed"}),
        "computed": frozenset({"draft", "approved"}),
        "approved": frozenset({"computed", "exported"}),
        "exported": frozenset({"locked"}),
        "locked": frozenset(),
    }
    WORK: Final[Transitions] = {
        "idle": frozenset({"waiting"}),
        "waiting": frozenset({"running", "idle"}),
        "running": frozenset({"idle", "failed", "waiting"}),
        "failed": frozenset({"waiting", "running", "idle"}),
    }

    schedule = TenantForeignKey(PaySchedule, models.PROTECT, related_name="runs")
    period = TenantForeignKey(PayPeriod, models.PROTECT, null=True, indexed=False, related_name="runs")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.REGULAR)
    starts_on = models.DateField()
    ends_on = models.DateField()
    pay_on = models.DateField()
    clinician_ids = ArrayField(
        models.BigIntegerField(), default=list, blank=True, help_text="Off-cycle: only these; empty is everybody."
    )
    note = models.CharField(max_length=200, blank=True)
    status = StateField(transitions=TRANSITIONS, choices=Status.choices, default=Status.DRAFT)
    work = StateField(transitions=WORK, choices=Work.choices, default=Work.IDLE)
    trouble = models.CharField(max_length=300, blank=True)
    people = models.PositiveIntegerField(default=0)
    line_count = models.PositiveIntegerField(default=0)
    gross = MoneyField(default=ZERO)
    held = MoneyField(default=ZERO)
    findings = models.JSONField(
        default=list,
        help_text="What the calculation found: code, severity, clinician_id, words, count, amount, week, hours.",
    )
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(null=True)
    made_by_name = models.CharField(max_length=130)
    asked_by_id = models.BigIntegerField(null=True)
    asked_by_name = models.CharField(max_length=130, blank=True)
    computed_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    approved_by_name = models.CharField(max_length=130, blank=True)
    exported_at = models.DateTimeField(null=True)
    locked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pay_on", "-id"]
        indexes = [models.Index(fields=["practice", "pay_on"], name="pay_run_by_pay_date")]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "period"], condition=Q(period__isnull=False), name="pay_run_once_for_a_period"
            ),
            models.CheckConstraint(
                condition=Q(kind="regular", period__isnull=False) | Q(kind="off_cycle", period__isnull=True),
                name="pay_run_regular_has_a_period",
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="pay_run_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"Pay run {self.starts_on} to {self.ends_on}"

    @property
    def is_open(self) -> bool:
        """Whether its lines may still be computed again."""
        return self.status in {self.Status.DRAFT, self.Status.COMPUTED}
