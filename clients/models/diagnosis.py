"""Diagnoses: the code set by release, and what each client has."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from clients.models.client import Client
from practice.tenancy.base import TenantModel
from practice.tenancy.fields import TenantForeignKey


class DiagnosisRelease(models.Model):
    """A release of ICD-10-CM, valid for dates of service from one day to another. Shared reference."""

    name = models.CharField(max_length=20, unique=True)
    starts_on = models.DateField(unique=True)
    ends_on = models.DateField()

    class Meta:
        ordering = ["-starts_on"]

    def __str__(self) -> str:
        return self.name


class DiagnosisCode(models.Model):
    """A code of one release, with CMS's words. Headings are here too; only `billable` ones may be claimed."""

    release = models.ForeignKey(DiagnosisRelease, on_delete=models.CASCADE, related_name="codes", db_index=False)
    code = models.CharField(max_length=8)
    words = models.CharField(max_length=300)
    billable = models.BooleanField()

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["release", "code"], name="diagnosis_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.words}"


class ClientDiagnosis(TenantModel):
    """A client's diagnosis, in the order claims list them; the words are kept as they were."""

    client = TenantForeignKey(Client, models.CASCADE, related_name="diagnoses")
    code = models.CharField(max_length=8)
    words = models.CharField(max_length=300, blank=True)
    rank = models.PositiveSmallIntegerField(default=1)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["rank", "code"]
        verbose_name_plural = "client diagnoses"
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "client", "code"],
                condition=Q(ends_on__isnull=True),
                name="client_diagnosis_open_once",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="client_diagnosis_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.code
