"""Whether and how an attendance is documented, and who signed it."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from clinicians.models import Clinician
from practice.models import StoredFile
from practice.states import StateField, Transitions
from practice.tenancy.base import TenantModel
from practice.tenancy.fields import TenantForeignKey, TenantOneToOneField
from scheduling.models import Attendance


class Documentation(TenantModel):
    """The record of one attendance: a text, an uploaded file, or an attestation that it is kept elsewhere."""

    class Status(models.TextChoices):
        MISSING = "missing", "Missing"
        DRAFTED = "drafted", "Draft"
        SIGNED = "signed", "Signed"
        COSIGNED = "cosigned", "Co-signed"

    TRANSITIONS: Final[Transitions] = {
        "missing": frozenset({"drafted"}),
        "drafted": frozenset({"missing", "signed"}),
        "signed": frozenset({"cosigned", "drafted"}),
        "cosigned": frozenset(),
    }

    attendance = TenantOneToOneField(Attendance, models.PROTECT, related_name="documentation")
    status = StateField(transitions=TRANSITIONS, choices=Status.choices, default=Status.MISSING)
    text = models.TextField(blank=True)
    file = TenantForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    kept_elsewhere = models.BooleanField(default=False)
    elsewhere = models.CharField("where it is kept", max_length=120, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = "note"
        indexes = [models.Index(fields=["practice", "status"], name="documentation_by_status")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["missing", "drafted"])
                | ~Q(text="")
                | Q(file__isnull=False)
                | Q(kept_elsewhere=True),
                name="documentation_signed_has_content",
            ),
        ]

    def __str__(self) -> str:
        return f"Note of {self.attendance}"


class Signature(TenantModel):
    """A clinician's name under exactly these words; never changed, withdrawn only by a later row."""

    referenced: ClassVar[bool] = False
    append_only: ClassVar[bool] = True

    class Kind(models.TextChoices):
        SIGN = "sign", "Signed"
        COSIGN = "cosign", "Co-signed"
        WITHDRAW = "withdraw", "Reopened"

    documentation = TenantForeignKey(Documentation, models.PROTECT, related_name="signatures")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    clinician = TenantForeignKey(Clinician, models.PROTECT, null=True, indexed=False, related_name="+")
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=130)
    at = models.DateTimeField()
    content_sha256 = models.CharField(max_length=64)
    words = models.CharField("what was attested", max_length=300)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} by {self.by_name}"
