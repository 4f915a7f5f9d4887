"""One click on the billing day: what it was asked to do, how far it is, what it left and why."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from practice.states import StateField
from practice.tenancy.base import TenantModel


class BillingRun(TenantModel):
    """A bulk confirmation with its progress and its result, kept as facts a page can show later."""

    class Status(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    status = StateField(
        transitions={
            "waiting": frozenset({"running"}),
            "running": frozenset({"done", "failed"}),
            "failed": frozenset({"running"}),
            "done": frozenset(),
        },
        choices=Status.choices,
        default=Status.WAITING,
    )
    day = models.DateField(null=True)
    attendance_ids = ArrayField(models.BigIntegerField())
    handled = models.PositiveIntegerField(default=0)
    billed_ids = ArrayField(models.BigIntegerField(), default=list)
    left = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(null=True)
    made_by_name = models.CharField(max_length=130)
    made_by_permissions = ArrayField(models.CharField(max_length=40), default=list)
    trouble = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["practice", "made_at"], name="billing_run_newest")]

    def __str__(self) -> str:
        return f"Billing of {len(self.attendance_ids)} sessions"
