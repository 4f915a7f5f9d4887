"""On which terms a clinician works, under whom, and when."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from clinicians.models.clinician import Clinician
from practice.crypto import EncryptedField
from practice.models import Location
from practice.overlaps import no_overlap
from practice.tenancy.base import TenantModel
from practice.tenancy.fields import TenantForeignKey

tin_validator = RegexValidator(r"^\d{3}-?\d{2}-?\d{4}$|^\d{2}-?\d{7}$", "An SSN or EIN has nine digits.")


class Engagement(TenantModel):
    """One span of work on one set of terms; two of one clinician never share a day."""

    class Kind(models.TextChoices):
        W2_EXEMPT = "w2_exempt", "Employee (W-2), exempt"
        W2_NONEXEMPT = "w2_nonexempt", "Employee (W-2), non-exempt"
        CONTRACTOR = "contractor", "Contractor (1099)"
        PARTNER = "partner", "Partner"
        SOLE_OWNER = "sole_owner", "Sole owner"

    class TinType(models.TextChoices):
        SSN = "ssn", "SSN"
        EIN = "ein", "EIN"

    clinician = TenantForeignKey(Clinician, models.CASCADE, related_name="engagements")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    business_name = models.CharField(max_length=80, blank=True)
    tin_type = models.CharField(max_length=3, choices=TinType.choices, default=TinType.SSN)
    tin = EncryptedField("SSN or EIN", blank=True, validators=[tin_validator])

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            no_overlap("engagement_one_at_a_time", "clinician"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="engagement_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} from {self.starts_on}"

    @property
    def tin_last4(self) -> str:
        """The last four digits, all that is ever shown."""
        return str(self.tin)[-4:]


class Supervision(TenantModel):
    """Who answers for a supervised clinician's work, and from when to when."""

    supervisee = TenantForeignKey(Clinician, models.CASCADE, related_name="supervisions")
    supervisor = TenantForeignKey(Clinician, models.PROTECT, related_name="supervises")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            no_overlap("supervision_one_at_a_time", "supervisee"),
            models.CheckConstraint(condition=~Q(supervisee=F("supervisor")), name="supervision_of_two"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="supervision_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supervisor} supervises {self.supervisee}"


class WorkingHours(TenantModel):
    """One stretch of a week in which a clinician sees clients, by the practice's wall clock."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, "Monday"
        TUESDAY = 1, "Tuesday"
        WEDNESDAY = 2, "Wednesday"
        THURSDAY = 3, "Thursday"
        FRIDAY = 4, "Friday"
        SATURDAY = 5, "Saturday"
        SUNDAY = 6, "Sunday"

    clinician = TenantForeignKey(Clinician, models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(choices=Weekday.choices)
    starts = models.TimeField()
    ends = models.TimeField()
    location = TenantForeignKey(Location, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["weekday", "starts"]
        verbose_name_plural = "working hours"
        constraints = [
            models.CheckConstraint(condition=Q(starts__lt=F("ends")), name="working_hours_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.starts:%H:%M}–{self.ends:%H:%M}"
