"""The people who are treated, and who may be called for them."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import F, Q

from clinicians.models import Clinician
from practice.addresses import Address, phone_validator
from practice.models import Location
from practice.money import PriceField
from practice.states import StateField, Transitions
from practice.tenancy.base import TenantModel
from practice.tenancy.fields import TenantForeignKey


class Sex(models.TextChoices):
    """The sex as the insurer has it; claims know F, M and U (DMG03)."""

    FEMALE = "F", "Female"
    MALE = "M", "Male"
    UNKNOWN = "U", "Unknown or not stated"


class Client(TenantModel, Address):
    """A person who is treated."""

    class Status(models.TextChoices):
        PROSPECTIVE = "prospective", "Prospective"
        ACTIVE = "active", "Active"
        INACTIVE = "inactive", "Inactive"

    TRANSITIONS: Final[Transitions] = {
        "prospective": frozenset({"active", "inactive"}),
        "active": frozenset({"prospective", "inactive"}),
        "inactive": frozenset({"prospective", "active"}),
    }

    number = models.PositiveIntegerField(editable=False)
    first_name = models.CharField("legal first name", max_length=35)
    middle_name = models.CharField(max_length=25, blank=True)
    last_name = models.CharField("legal last name", max_length=60)
    suffix = models.CharField(max_length=10, blank=True)
    preferred_name = models.CharField(max_length=60, blank=True)
    pronouns = models.CharField(max_length=30, blank=True)
    date_of_birth = models.DateField(null=True, blank=True)
    sex = models.CharField("sex on the insurance", max_length=1, choices=Sex.choices, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True, validators=[phone_validator])
    may_text = models.BooleanField("may be texted", null=True, blank=True)
    status = StateField(transitions=TRANSITIONS, choices=Status.choices, default=Status.ACTIVE)
    since = models.DateField("client since", null=True, blank=True)
    source = models.CharField("how they came", max_length=60, blank=True)
    sourced_by = TenantForeignKey(
        Clinician, null=True, blank=True, related_name="+", verbose_name="brought by (self-sourced)"
    )
    location = TenantForeignKey(Location, null=True, blank=True, related_name="+", verbose_name="usual location")
    own_rate = PriceField("own rate per session (sliding scale)", null=True, blank=True)
    note = models.CharField("note for the front desk", max_length=500, blank=True)
    external_id = models.CharField("number in a former system", max_length=60, blank=True)

    class Meta:
        ordering = ["last_name", "first_name"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "number"], name="client_number_once"),
            models.CheckConstraint(
                condition=Q(own_rate__isnull=True) | Q(own_rate__gte=0), name="client_rate_not_below_zero"
            ),
        ]
        indexes = [
            models.Index(fields=["practice", "last_name", "first_name"], name="client_by_name"),
            models.Index(fields=["practice", "status"], name="client_by_status"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name as pages show it: the preferred first name where there is one."""
        return f"{self.preferred_name or self.first_name} {self.last_name}"

    @property
    def legal_name(self) -> str:
        """The name as the insurance has it."""
        return " ".join(part for part in (self.first_name, self.middle_name, self.last_name, self.suffix) if part)


class Caseload(TenantModel):
    """Which clinician sees a client, from when to when."""

    client = TenantForeignKey(Client, models.CASCADE, related_name="caseloads")
    clinician = TenantForeignKey(Clinician, models.PROTECT, related_name="caseloads")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "client", "clinician", "starts_on"], name="caseload_once"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="caseload_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client} with {self.clinician}"


class Contact(TenantModel):
    """Somebody to call for a client."""

    client = TenantForeignKey(Client, models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=80)
    relation = models.CharField(max_length=40, blank=True)
    phone = models.CharField(max_length=20, blank=True, validators=[phone_validator])
    email = models.EmailField(blank=True)
    is_emergency = models.BooleanField("call in an emergency", default=False)
    is_guardian = models.BooleanField("parent or guardian", default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
