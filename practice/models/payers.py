"""Payers in use, what they answer electronically, and what they agreed to pay."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from practice.models.reference import PayerDirectoryEntry
from practice.models.setup import CredentialLevel, Service
from practice.money import PriceField
from practice.overlaps import no_overlap
from practice.tenancy.base import TenantModel
from practice.tenancy.fields import TenantForeignKey


class PracticePayer(TenantModel):
    """A payer this practice bills: from the directory or its own, with the ways this payer wants claims."""

    class Supervised(models.TextChoices):
        REFUSED = "refused", "Not accepted from supervised clinicians"
        SUPERVISOR = "supervisor", "Supervisor as the rendering provider"
        ASSOCIATE = "associate", "Associate rendering, supervisor named"

    class Taxonomy(models.TextChoices):
        BOTH = "both", "Billing and rendering"
        BILLING = "billing", "Billing only"
        NONE = "none", "Leave out"

    directory_entry = models.ForeignKey(
        PayerDirectoryEntry, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    name = models.CharField(max_length=60)
    payer_id = models.CharField("payer ID", max_length=20, blank=True)
    claim_filing_indicator = models.CharField(max_length=2, default="CI")
    filing_days = models.PositiveSmallIntegerField("days to file a claim", default=90)
    taxonomy = models.CharField(max_length=8, choices=Taxonomy.choices, default=Taxonomy.BOTH)
    telehealth_modifier = models.CharField(
        max_length=2, blank=True, default="95", choices=[("95", "95"), ("GT", "GT"), ("", "None")]
    )
    supervised = models.CharField(max_length=10, choices=Supervised.choices, default=Supervised.REFUSED)
    supervised_modifier = models.CharField(max_length=2, blank=True)
    wants_cosignature = models.BooleanField("asks for a co-signed note from associates", default=False)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["practice", "name"], name="practice_payer_name_once")]

    def __str__(self) -> str:
        return self.name


class PayerNumber(TenantModel):
    """The payer's ID at one clearinghouse; ids differ between them."""

    payer = TenantForeignKey(PracticePayer, models.CASCADE, related_name="numbers")
    clearinghouse = models.CharField(max_length=20)
    number = models.CharField("payer ID", max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "payer", "clearinghouse"], name="payer_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} at {self.clearinghouse}"


class PayerEnrollment(TenantModel):
    """Since when the payer takes our claims or sends its answers electronically."""

    class Transaction(models.TextChoices):
        CLAIMS = "837", "Claims (837)"
        REMITTANCES = "835", "Remittances (835)"
        ELIGIBILITY = "270", "Eligibility (270)"

    payer = TenantForeignKey(PracticePayer, models.CASCADE, related_name="enrollments")
    transaction = models.CharField(max_length=3, choices=Transaction.choices)
    since = models.DateField()
    npi = models.CharField("billing NPI it is for", max_length=10, blank=True, help_text="Empty is whichever it was.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "payer", "transaction"], name="payer_enrollment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_transaction_display()} since {self.since}"


class Contract(TenantModel):
    """What a payer agreed to pay in a span of time."""

    payer = TenantForeignKey(PracticePayer, related_name="contracts")
    name = models.CharField(max_length=60)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-starts_on"]
        constraints = [no_overlap("contract_one_at_a_time", "payer")]

    def __str__(self) -> str:
        return self.name


class ContractRate(TenantModel):
    """The agreed amount for a service and a credential level; an empty level is every level without its own."""

    contract = TenantForeignKey(Contract, models.CASCADE, related_name="rates")
    service = TenantForeignKey(Service, related_name="contract_rates")
    level = models.CharField(max_length=12, choices=CredentialLevel.choices, blank=True)
    amount = PriceField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "contract", "service", "level"], name="contract_rate_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="contract_rate_not_below_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.service.code} {self.get_level_display() or 'every level'}"
