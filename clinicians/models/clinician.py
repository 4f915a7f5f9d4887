"""The clinicians of a practice: who they are on a claim. Nothing about a client."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from practice.addresses import Address, phone_validator
from practice.models import CredentialLevel, Location, Person
from practice.npi import validate_npi
from practice.tenancy.base import TenantModel
from practice.tenancy.fields import TenantForeignKey


class Clinician(TenantModel, Address):
    """Somebody who treats clients here. Runs without an account; a user is linked when the portal is opened."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+", editable=False
    )
    first_name = models.CharField("legal first name", max_length=35)
    middle_name = models.CharField(max_length=25, blank=True)
    last_name = models.CharField("legal last name", max_length=60)
    preferred_name = models.CharField("name clients know", max_length=60, blank=True)
    credentials = models.CharField("letters after the name", max_length=40, blank=True)
    level = models.CharField("works as", max_length=12, choices=CredentialLevel.choices, blank=True)
    npi = models.CharField("NPI (type 1)", max_length=10, blank=True, validators=[validate_npi])
    taxonomy = models.CharField(max_length=10, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True, validators=[phone_validator])
    location = TenantForeignKey(Location, null=True, blank=True, related_name="+", verbose_name="usual location")
    can_supervise = models.BooleanField("may supervise others", default=False)
    starts_on = models.DateField("with the practice since", null=True, blank=True)
    ends_on = models.DateField("left on", null=True, blank=True)

    class Meta:
        ordering = ["last_name", "first_name"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "npi"], condition=~Q(npi=""), name="clinician_npi_once"),
            models.UniqueConstraint(
                fields=["practice", "user"], condition=Q(user__isnull=False), name="clinician_user_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="clinician_leaves_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """First and last name, as pages show it."""
        return f"{self.first_name} {self.last_name}"

    @property
    def title(self) -> str:
        """The name with its letters: «Dana Whitfield, LCSW»."""
        return f"{self.name}, {self.credentials}" if self.credentials else self.name
