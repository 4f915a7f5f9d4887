"""How a practice is set up: who it is on a claim, where it works, what it offers. Nothing about a client."""

from __future__ import annotations

from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q

from practice.addresses import STATE_CHOICES, Address, phone_validator, zip_validator
from practice.crypto import EncryptedField
from practice.models.files import PracticeFile
from practice.money import ZERO, PriceField
from practice.npi import validate_npi
from practice.overlaps import no_overlap
from practice.tenancy.base import TenantModel
from practice.tenancy.fields import TenantForeignKey

ein_validator = RegexValidator(r"^\d{2}-?\d{7}$", "An EIN has nine digits, as 12-3456789.")
code_validator = RegexValidator(r"^[A-Z0-9]{5}$", "A procedure code has five letters or digits.")


class PracticeSettings(TenantModel, Address):
    """The one row that says who the practice is on a claim and which rules it follows."""

    class BusinessModel(models.TextChoices):
        INTEGRATED = "integrated", "Integrated group"
        PARTNERSHIP = "partnership", "Partnership"
        IPA = "ipa", "Member of an IPA"
        MSO = "mso", "Managed by an MSO"

    class Attester(models.TextChoices):
        ANYONE = "anyone", "Whoever bills may attest for the clinicians"
        CLINICIAN = "clinician", "Each clinician attests for their own sessions"

    legal_name = models.CharField(max_length=60, blank=True)
    ein = EncryptedField("EIN", blank=True, validators=[ein_validator])
    npi = models.CharField("group NPI (type 2)", max_length=10, blank=True, validators=[validate_npi])
    taxonomy = models.CharField(max_length=10, blank=True)
    phone = models.CharField(max_length=20, blank=True, validators=[phone_validator])
    email = models.EmailField("billing email", blank=True)
    contact_name = models.CharField("billing contact", max_length=60, blank=True)
    pay_to_address1 = models.CharField("street or PO box", max_length=55, blank=True)
    pay_to_address2 = models.CharField("suite, unit", max_length=55, blank=True)
    pay_to_city = models.CharField("city", max_length=30, blank=True)
    pay_to_state = models.CharField("state", max_length=2, blank=True, choices=STATE_CHOICES)
    pay_to_zip = models.CharField("ZIP code", max_length=10, blank=True, validators=[zip_validator])
    business_model = models.CharField(max_length=12, choices=BusinessModel.choices, blank=True)
    logo = TenantForeignKey(PracticeFile, null=True, blank=True, related_name="+")
    accent = models.CharField(
        max_length=7,
        blank=True,
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$", "A color is written as #1b5f5b.")],
    )
    late_cancel_hours = models.PositiveSmallIntegerField(
        "a cancellation is late when it comes less than this many hours before", default=24
    )
    late_cancel_fee = PriceField(default=ZERO)
    no_show_fee = PriceField(default=ZERO)
    attester = models.CharField(max_length=10, choices=Attester.choices, default=Attester.ANYONE)
    send_delay_minutes = models.PositiveSmallIntegerField(default=10, validators=[MaxValueValidator(1440)])
    confirm_within_hours = models.PositiveSmallIntegerField(default=48)
    steps_done = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    next_client_number = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name_plural = "practice settings"
        constraints = [
            models.UniqueConstraint(fields=["practice"], name="practice_settings_once"),
            models.CheckConstraint(
                condition=Q(late_cancel_fee__gte=0, no_show_fee__gte=0), name="practice_settings_fees_not_below_zero"
            ),
        ]

    def __str__(self) -> str:
        return self.legal_name or "Practice settings"

    @property
    def ein_last4(self) -> str:
        """The last four digits, all that is ever shown."""
        return str(self.ein)[-4:]


class Location(TenantModel, Address):
    """Where sessions take place: an office, or telehealth."""

    name = models.CharField(max_length=60)
    place_of_service = models.CharField(max_length=2, default="11")
    npi = models.CharField("NPI", max_length=10, blank=True, validators=[validate_npi])
    phone = models.CharField(max_length=20, blank=True, validators=[phone_validator])
    is_telehealth = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["practice", "name"], name="location_name_once")]

    def __str__(self) -> str:
        return self.name


class Service(TenantModel):
    """Something the practice offers, with the code that bills it and how long it takes."""

    class Kind(models.TextChoices):
        INTAKE = "intake", "Intake"
        INDIVIDUAL = "individual", "Individual"
        COUPLE = "couple", "Couple"
        FAMILY = "family", "Family"
        GROUP = "group", "Group"
        CRISIS = "crisis", "Crisis"
        TESTING = "testing", "Testing"
        MEDICAL = "medical", "Medication and medical"
        ADD_ON = "add_on", "Add-on"
        OTHER = "other", "Other"

    code = models.CharField(max_length=5, blank=True, validators=[code_validator])
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    add_on_to = ArrayField(models.CharField(max_length=5), default=list, blank=True)
    time_min = models.PositiveSmallIntegerField(null=True, blank=True)
    time_max = models.PositiveSmallIntegerField(null=True, blank=True)
    units_rule = models.CharField(max_length=80, blank=True)
    minutes = models.PositiveSmallIntegerField(
        "usual length in minutes", default=50, validators=[MinValueValidator(1), MaxValueValidator(1440)]
    )
    needs_diagnosis = models.BooleanField(default=True)
    telehealth = models.BooleanField("may be given by telehealth", default=True)
    insured = models.BooleanField("can be billed to insurers", default=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "code", "name"], name="service_once"),
            models.CheckConstraint(
                condition=Q(time_min__isnull=True) | Q(time_max__isnull=True) | Q(time_min__lte=models.F("time_max")),
                name="service_times_in_order",
            ),
            models.CheckConstraint(condition=Q(insured=False) | ~Q(code=""), name="service_for_insurers_has_a_code"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip()


class ServiceFee(TenantModel):
    """The practice's own fee for a service from a date on."""

    service = TenantForeignKey(Service, models.CASCADE, related_name="fees")
    amount = PriceField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            no_overlap("service_fee_one_at_a_time", "service"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="service_fee_not_below_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.service.code} from {self.starts_on}"


EVERY_LEVEL: Final = ""


class CredentialLevel(models.TextChoices):
    """How independently somebody works, as payers' fee schedules tell apart."""

    PRESCRIBER = "prescriber", "Prescriber"
    PSYCHOLOGIST = "psychologist", "Psychologist"
    INDEPENDENT = "independent", "Independently licensed"
    ASSOCIATE = "associate", "Associate or provisional"
    TRAINEE = "trainee", "Trainee or intern"
    STAFF = "staff", "Other staff"
