"""Who pays for a client: insurance with its subscriber, and what was authorized."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from clients.models.client import Client, Sex
from practice.addresses import Address
from practice.models import PracticePayer
from practice.money import PriceField
from practice.npi import validate_npi
from practice.overlaps import no_overlap
from practice.tenancy.base import TenantModel
from practice.tenancy.fields import TenantForeignKey


class Coverage(TenantModel, Address):
    """One plan of a client in one span of time. The address is the subscriber's, where it is another person."""

    class Rank(models.TextChoices):
        PRIMARY = "primary", "Primary"
        SECONDARY = "secondary", "Secondary"

    class Relationship(models.TextChoices):
        SELF = "18", "Self"
        SPOUSE = "01", "Spouse"
        CHILD = "19", "Child"
        LIFE_PARTNER = "53", "Life partner"
        OTHER = "G8", "Other"

    class MedicareType(models.TextChoices):
        """Why Medicare does not pay first (005010X222A1, SBR05)."""

        WORKING = "12", "Works, or the spouse works: 65 or older, group plan"
        KIDNEY = "13", "Kidney failure: first 30 months, group plan"
        AUTO = "14", "An accident: no-fault or auto insurance"
        WORK_INJURY = "15", "A work injury: workers’ compensation"
        PUBLIC = "16", "Public Health Service or another federal agency"
        BLACK_LUNG = "41", "Black lung program"
        VETERANS = "42", "Veterans Affairs"
        DISABLED = "43", "Disabled and under 65, large group plan"
        LIABILITY = "47", "Somebody else is liable"

    client = TenantForeignKey(Client, models.CASCADE, related_name="coverages")
    payer = TenantForeignKey(PracticePayer, models.PROTECT, related_name="coverages")
    rank = models.CharField(max_length=10, choices=Rank.choices, default=Rank.PRIMARY)
    member_id = models.CharField("member ID", max_length=30, blank=True)
    group_number = models.CharField(max_length=30, blank=True)
    plan_name = models.CharField(max_length=60, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    copay = PriceField(null=True, blank=True)
    medicare_type = models.CharField("why Medicare pays second", max_length=2, choices=MedicareType.choices, blank=True)
    relationship = models.CharField(
        "client is the subscriber's", max_length=2, choices=Relationship.choices, default=Relationship.SELF
    )
    subscriber_first_name = models.CharField(max_length=35, blank=True)
    subscriber_last_name = models.CharField(max_length=60, blank=True)
    subscriber_date_of_birth = models.DateField(null=True, blank=True)
    subscriber_sex = models.CharField(max_length=1, choices=Sex.choices, blank=True)
    referring_first_name = models.CharField(max_length=35, blank=True)
    referring_last_name = models.CharField(max_length=60, blank=True)
    referring_npi = models.CharField("NPI of who referred", max_length=10, blank=True, validators=[validate_npi])

    class Meta:
        ordering = ["rank", "-starts_on"]
        constraints = [
            no_overlap("coverage_one_of_a_rank_at_a_time", "client", "rank"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="coverage_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(copay__isnull=True) | Q(copay__gte=0), name="coverage_copay_not_below_zero"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payer} {self.member_id}".strip()

    @property
    def is_own(self) -> bool:
        """Whether the client is the subscriber."""
        return self.relationship == self.Relationship.SELF


class Authorization(TenantModel):
    """How many units a payer allowed, of which services, from when to when."""

    coverage = TenantForeignKey(Coverage, models.CASCADE, related_name="authorizations")
    number = models.CharField("authorization number", max_length=30)
    units = models.PositiveSmallIntegerField("units allowed")
    codes = ArrayField(
        models.CharField(max_length=5), default=list, blank=True, verbose_name="for these codes (none is all)"
    )
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "coverage", "number"], name="authorization_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="authorization_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.number
