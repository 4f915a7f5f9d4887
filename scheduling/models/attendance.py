"""A client's part of a session: what is confirmed, billed and paid for."""

from __future__ import annotations

from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from clients.models import Client, Coverage
from clinicians.models import Clinician
from practice.models import Service
from practice.money import PriceField
from practice.states import StateField, Transitions
from practice.tenancy.base import TenantModel
from practice.tenancy.fields import TenantForeignKey
from scheduling.models.session import Session


class Attestation(TenantModel):
    """Who vouched, for which clinician, that the services were provided as recorded; never changed."""

    append_only: ClassVar[bool] = True

    clinician = TenantForeignKey(Clinician, models.PROTECT, related_name="+")
    text_version = models.CharField(max_length=10)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=130)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.by_name} for {self.clinician}"


class LateReason(models.TextChoices):
    """Why a claim comes after its deadline (005010X222A1, CLM20)."""

    ELIGIBILITY_UNKNOWN = "1", "Eligibility was not known or could not be proved"
    LITIGATION = "2", "Litigation"
    AUTHORIZATION = "3", "The authorization was delayed"
    CERTIFYING = "4", "The provider’s certification was delayed"
    FORMS = "5", "Billing forms came late"
    APPLIANCES = "6", "Custom-made appliances came late"
    THIRD_PARTY = "7", "A third party took long, such as the first payer"
    ELIGIBILITY_DECISION = "8", "Eligibility was decided late"
    REJECTED_BEFORE = "9", "The original was rejected or denied for another reason"
    PRIOR_APPROVAL = "10", "The prior approval was delayed by the payer"
    OTHER = "11", "Another reason"
    DISASTER = "15", "A natural disaster"


class Attendance(TenantModel):
    """One client in one session, with what happened.

    Until it is confirmed the billable facts are what somebody entered or nothing; confirming fixes them.
    """

    class Status(models.TextChoices):
        SCHEDULED = "scheduled", "Scheduled"
        HELD = "held", "Held"
        LATE_CANCELED = "late_canceled", "Late cancel"
        NO_SHOW = "no_show", "No-show"
        CANCELED = "canceled", "Canceled"
        CONFIRMED = "confirmed", "Confirmed"

    TRANSITIONS: Final[Transitions] = {
        "scheduled": frozenset({"held", "late_canceled", "no_show", "canceled"}),
        "held": frozenset({"scheduled", "late_canceled", "no_show", "canceled", "confirmed"}),
        "late_canceled": frozenset({"scheduled", "held", "no_show", "canceled", "confirmed"}),
        "no_show": frozenset({"scheduled", "held", "late_canceled", "canceled", "confirmed"}),
        "canceled": frozenset({"scheduled", "held", "late_canceled", "no_show"}),
        "confirmed": frozenset({"held", "late_canceled", "no_show"}),
    }

    session = TenantForeignKey(Session, models.CASCADE, related_name="attendances")
    client = TenantForeignKey(Client, models.PROTECT, indexed=False, related_name="attendances")
    others = models.CharField("also present", max_length=200, blank=True)
    status = StateField(transitions=TRANSITIONS, choices=Status.choices, default=Status.SCHEDULED)
    outcome = models.CharField(max_length=20, choices=Status.choices, blank=True, editable=False)
    coverage = TenantForeignKey(Coverage, models.PROTECT, null=True, blank=True, related_name="+")
    self_pay = models.BooleanField("the client pays, not the insurer", default=False)
    service = TenantForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="+")
    actual_start = models.DateTimeField(null=True, blank=True)
    actual_stop = models.DateTimeField(null=True, blank=True)
    diagnoses = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    place_of_service = models.CharField(max_length=2, blank=True)
    modifiers = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    units = models.PositiveSmallIntegerField(default=1)
    fee = PriceField(null=True, blank=True)
    rendering = TenantForeignKey(Clinician, models.PROTECT, null=True, blank=True, related_name="+")
    supervising = TenantForeignKey(Clinician, models.PROTECT, null=True, blank=True, related_name="+")
    client_state = models.CharField("where the client was", max_length=2, blank=True)
    late_reason = models.CharField("why it is billed late", max_length=2, choices=LateReason.choices, blank=True)
    attestation = TenantForeignKey(Attestation, models.PROTECT, null=True, blank=True, related_name="attendances")
    brought_over = models.BooleanField("billed in a former system", default=False, editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    confirmed_by_id = models.BigIntegerField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "session", "client"], name="attendance_once"),
            models.CheckConstraint(
                condition=Q(actual_start__isnull=True)
                | Q(actual_stop__isnull=True)
                | Q(actual_stop__gt=F("actual_start")),
                name="attendance_stops_after_start",
            ),
            models.CheckConstraint(condition=Q(fee__isnull=True) | Q(fee__gte=0), name="attendance_fee_not_below_zero"),
            models.CheckConstraint(
                condition=~Q(status="confirmed") | Q(confirmed_at__isnull=False, fee__isnull=False),
                name="attendance_confirmed_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["practice", "status"], name="attendance_by_status"),
            models.Index(fields=["practice", "client", "confirmed_at"], name="attendance_by_client"),
        ]

    def __str__(self) -> str:
        return f"{self.client} in {self.session}"


class AttendanceAddOn(TenantModel):
    """An add-on service of an attendance, billed on a line of its own with the primary service."""

    referenced: ClassVar[bool] = False

    attendance = TenantForeignKey(Attendance, models.CASCADE, related_name="add_ons")
    service = TenantForeignKey(Service, models.PROTECT, indexed=False, related_name="+")
    units = models.PositiveSmallIntegerField(default=1)
    fee = PriceField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "attendance", "service"], name="add_on_once"),
            models.CheckConstraint(condition=Q(fee__isnull=True) | Q(fee__gte=0), name="add_on_fee_not_below_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.service} with {self.attendance}"


class FindingOverride(TenantModel):
    """A warning that a person decided to go past, and why; the latest row of a code counts, unless withdrawn."""

    referenced: ClassVar[bool] = False
    append_only: ClassVar[bool] = True

    attendance = TenantForeignKey(Attendance, models.PROTECT, related_name="overrides")
    code = models.CharField(max_length=40)
    reason = models.CharField(max_length=200, blank=True)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=130)
    at = models.DateTimeField()
    withdrawn = models.BooleanField("taken back", default=False)

    def __str__(self) -> str:
        return f"{self.code}: {self.reason}"
