"""What people enter by hand for pay: hours, and lines with a reason."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from clinicians.models import Clinician
from payroll.models.runs import PayRun
from practice.money import MoneyField
from practice.tenancy.base import TenantModel
from practice.tenancy.fields import TenantForeignKey


class HoursKind(models.TextChoices):
    """What the time was for."""

    SESSIONS = "sessions", "Sessions"
    NOTES = "notes", "Notes and admin"
    MEETING = "meeting", "Meetings"
    TRAINING = "training", "Training"
    SUPERVISION = "supervision", "Supervision"
    TRAVEL = "travel", "Travel"
    TIME_OFF = "time_off", "Paid time off"
    OTHER = "other", "Other work"


class HoursEntry(TenantModel):
    """Hours of one person on one day; below zero where it corrects hours that were paid."""

    clinician = TenantForeignKey(Clinician, models.PROTECT, indexed=False, related_name="hours_entries")
    worked_on = models.DateField()
    kind = models.CharField(max_length=12, choices=HoursKind.choices)
    hours = models.DecimalField(max_digits=5, decimal_places=2)
    note = models.CharField(max_length=120, blank=True)
    corrects = TenantForeignKey("self", models.PROTECT, null=True, blank=True, indexed=False, related_name="+")
    made_at = models.DateTimeField(editable=False)
    made_by_id = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["worked_on", "id"]
        verbose_name_plural = "hours entries"
        indexes = [models.Index(fields=["practice", "clinician", "worked_on"], name="hours_entry_by_day")]
        constraints = [
            models.CheckConstraint(condition=~Q(hours=0) & Q(hours__gte=-24, hours__lte=24), name="hours_of_a_day"),
            models.CheckConstraint(
                condition=Q(hours__gt=0) | Q(corrects__isnull=False), name="hours_below_zero_correct_others"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hours} h on {self.worked_on}"


class ManualLine(TenantModel):
    """An amount of one run that a person enters, with the reason."""

    class Kind(models.TextChoices):
        OVERTIME_PREMIUM = "overtime", "Overtime premium"
        BONUS = "bonus", "Bonus"
        REIMBURSEMENT = "reimbursement", "Reimbursement"
        CORRECTION = "correction", "Correction"
        OTHER = "other", "Other pay"

    run = TenantForeignKey(PayRun, models.CASCADE, related_name="manual_lines")
    clinician = TenantForeignKey(Clinician, models.PROTECT, indexed=False, related_name="+")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    amount = MoneyField()
    reason = models.CharField(max_length=200)
    workweek_starts_on = models.DateField("first day of the workweek", null=True, blank=True)
    hours = models.DecimalField("overtime hours", max_digits=5, decimal_places=2, null=True, blank=True)
    made_at = models.DateTimeField(editable=False)
    made_by_id = models.BigIntegerField(null=True, editable=False)
    made_by_name = models.CharField(max_length=130, editable=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="manual_line_not_zero"),
            models.CheckConstraint(condition=~Q(reason=""), name="manual_line_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(kind="overtime") | Q(workweek_starts_on__isnull=False), name="manual_overtime_has_a_week"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"
