"""What lets a clinician practice and be paid: licenses, documents, enrollment with payers."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from clinicians.models.clinician import Clinician
from practice.addresses import STATE_CHOICES
from practice.models import PracticeFile, PracticePayer
from practice.tenancy.base import TenantModel
from practice.tenancy.fields import TenantForeignKey


class License(TenantModel):
    """A license to practice in one state."""

    clinician = TenantForeignKey(Clinician, models.CASCADE, related_name="licenses")
    state = models.CharField(max_length=2, choices=STATE_CHOICES)
    kind = models.CharField(max_length=40)
    number = models.CharField(max_length=40)
    issued_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField()
    document = TenantForeignKey(PracticeFile, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["state", "-expires_on"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "clinician", "state", "number"], name="license_once"),
            models.CheckConstraint(
                condition=Q(issued_on__isnull=True) | Q(expires_on__gt=F("issued_on")),
                name="license_expires_after_issue",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number} ({self.state})"


class ClinicianDocument(TenantModel):
    """A paper with an end: liability cover, CAQH attestation and the like."""

    class Kind(models.TextChoices):
        LIABILITY = "liability", "Liability cover"
        CAQH = "caqh", "CAQH attestation"
        DEA = "dea", "DEA registration"
        AGREEMENT = "agreement", "Agreement"
        OTHER = "other", "Other"

    clinician = TenantForeignKey(Clinician, models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=80, blank=True)
    number = models.CharField(max_length=40, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    document = TenantForeignKey(PracticeFile, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["kind", "-expires_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(issued_on__isnull=True) | Q(expires_on__isnull=True) | Q(expires_on__gt=F("issued_on")),
                name="clinician_document_expires_after_issue",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.get_kind_display()


class Enrollment(TenantModel):
    """Where a clinician stands with a payer. Sessions bill from `effective_on`, when the payer has loaded them."""

    class Status(models.TextChoices):
        GATHERING = "gathering", "Gathering papers"
        SENT = "sent", "Application sent"
        REVIEW = "review", "In review"
        EFFECTIVE = "effective", "In network"
        DENIED = "denied", "Denied"
        ENDED = "ended", "Ended"

    clinician = TenantForeignKey(Clinician, models.CASCADE, related_name="enrollments")
    payer = TenantForeignKey(PracticePayer, models.CASCADE, related_name="clinician_enrollments")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.GATHERING)
    effective_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    provider_number = models.CharField("number with the payer", max_length=40, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "clinician", "payer"], name="enrollment_once"),
            models.CheckConstraint(
                condition=~Q(status="effective") | Q(effective_on__isnull=False), name="enrollment_effective_has_a_date"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(effective_on__isnull=True) | Q(ends_on__gte=F("effective_on")),
                name="enrollment_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clinician} with {self.payer}"
