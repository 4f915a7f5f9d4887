"""Under which number a payroll provider knows somebody, and the files that went there. Nothing about a client."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from clinicians.models import Clinician
from payroll.models.runs import PayRun
from practice.models import PracticeFile
from practice.money import MoneyField
from practice.tenancy.base import TenantModel
from practice.tenancy.fields import TenantForeignKey


class ExportTarget(models.TextChoices):
    """Who reads the file."""

    GUSTO = "gusto", "Gusto"
    GUSTO_CONTRACTORS = "gusto_contractors", "Gusto contractors"
    ADP_RUN = "adp_run", "ADP RUN"
    ADP_WFN = "adp_wfn", "ADP Workforce Now"
    GENERIC = "generic", "Any other"


class ProviderSetup(TenantModel):
    """How the practice is set up at one provider; `codes` holds an earnings code for each sort of pay."""

    class Salaries(models.TextChoices):
        PROVIDER = "provider", "The provider pays salaries by itself"
        FILE = "file", "Salaries are dollars of the file"

    target = models.CharField(max_length=20, choices=ExportTarget.choices)
    company = models.CharField("company code there", max_length=20, blank=True)
    salaries = models.CharField(max_length=10, choices=Salaries.choices, blank=True)
    codes = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "target"], name="provider_setup_once")]

    def __str__(self) -> str:
        return self.get_target_display()


class PayeeMapping(TenantModel):
    """One person at one provider: the number and the names as they stand there."""

    clinician = TenantForeignKey(Clinician, models.CASCADE, indexed=False, related_name="payee_mappings")
    target = models.CharField(max_length=20, choices=ExportTarget.choices)
    external_id = models.CharField("number at the provider", max_length=40, blank=True)
    first_name = models.CharField("first name there", max_length=60, blank=True)
    last_name = models.CharField("last name there", max_length=60, blank=True)
    title = models.CharField("job title there", max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "clinician", "target"], name="payee_mapping_once"),
            models.UniqueConstraint(
                fields=["practice", "target", "external_id"], condition=~Q(external_id=""), name="payee_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clinician} at {self.get_target_display()}"


class ExportFile(TenantModel):
    """A file that was made of a run, byte for byte as it left."""

    run = TenantForeignKey(PayRun, models.PROTECT, related_name="export_files")
    target = models.CharField(max_length=20, choices=ExportTarget.choices)
    filename = models.CharField(max_length=80)
    file = TenantForeignKey(PracticeFile, models.PROTECT, indexed=False, related_name="+")
    people = models.PositiveIntegerField()
    amount = MoneyField()
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(null=True)
    made_by_name = models.CharField(max_length=130)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "run", "target", "filename"], name="export_file_once"),
        ]

    def __str__(self) -> str:
        return self.filename
