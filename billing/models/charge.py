"""What a confirmed attendance costs, and who is asked first."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from clients.models import Client, Coverage
from clinicians.models import Clinician
from practice.models import PracticePayer
from practice.money import PriceField
from practice.tenancy.base import TenantModel
from practice.tenancy.fields import TenantForeignKey
from scheduling.models import Attendance


class Charge(TenantModel):
    """One billed service of one attendance; undone only while its claim has not left."""

    class Kind(models.TextChoices):
        SESSION = "session", "Session"
        ADD_ON = "add_on", "Add-on"
        LATE_CANCEL = "late_cancel", "Late cancel"
        NO_SHOW = "no_show", "No-show"

    attendance = TenantForeignKey(Attendance, models.PROTECT, related_name="charges")
    client = TenantForeignKey(Client, models.PROTECT, related_name="charges")
    clinician = TenantForeignKey(Clinician, models.PROTECT, related_name="charges")
    coverage = TenantForeignKey(Coverage, models.PROTECT, null=True, indexed=False, related_name="+")
    payer = TenantForeignKey(PracticePayer, models.PROTECT, null=True, related_name="charges")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    code = models.CharField(max_length=5, blank=True)
    modifiers = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    units = models.PositiveSmallIntegerField(default=1)
    amount = PriceField()
    service_on = models.DateField()
    made_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["practice", "client", "service_on"], name="charge_by_client"),
            models.Index(fields=["practice", "service_on"], name="charge_by_day"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "attendance", "code", "kind"],
                condition=Q(undone_at__isnull=True),
                name="charge_once",
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="charge_not_below_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.code or self.get_kind_display()} on {self.service_on}"
