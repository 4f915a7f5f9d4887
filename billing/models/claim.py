"""Claims: what a payer is asked for, with every state it went through."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from billing.models.charge import Charge
from clients.models import Client, Coverage
from clinicians.models import Clinician
from practice.models import PayerRules, PracticePayer
from practice.money import PriceField
from practice.states import StateField, Transitions
from practice.tenancy.base import TenantModel
from practice.tenancy.fields import TenantForeignKey
from scheduling.models import Attendance, LateReason


class Claim(TenantModel):
    """Sessions of one client asked of one payer. Its number is the patient control number of the last sending.

    `attendance` and `service_on` are the first session's, `served_until` the last one's where that is another day;
    `ClaimSession` has all of them. A claim to a later payer `follows` the claim to the one before it, whose answer it
    repeats (`follows_answer`).
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "Needs correction"
        READY = "ready", "Ready"
        BATCHED = "batched", "Batched"
        SENT = "sent", "Sent"
        RECEIVED = "received", "Received"
        ACCEPTED = "accepted", "Accepted"
        REJECTED = "rejected", "Rejected"
        PAID = "paid", "Paid"
        PARTIALLY_PAID = "partially_paid", "Partially paid"
        DENIED = "denied", "Denied"
        WITHDRAWN = "withdrawn", "Withdrawn"
        REPLACED = "replaced", "Replaced"
        VOIDED = "voided", "Voided"

    class Frequency(models.TextChoices):
        ORIGINAL = "1", "Original"
        REPLACEMENT = "7", "Replacement"
        VOID = "8", "Void"

    TRANSITIONS: Final[Transitions] = {
        "draft": frozenset({"ready", "withdrawn"}),
        "ready": frozenset({"draft", "batched", "withdrawn"}),
        "batched": frozenset({"draft", "ready", "sent", "withdrawn"}),
        "sent": frozenset(
            {"ready", "received", "accepted", "rejected", "paid", "partially_paid", "denied", "replaced", "voided"}
        ),
        "received": frozenset({"accepted", "rejected", "paid", "partially_paid", "denied", "replaced", "voided"}),
        "accepted": frozenset({"rejected", "paid", "partially_paid", "denied", "replaced", "voided"}),
        "rejected": frozenset({"ready", "accepted", "paid", "partially_paid", "denied", "withdrawn"}),
        "paid": frozenset({"accepted", "partially_paid", "denied", "replaced", "voided"}),
        "partially_paid": frozenset({"accepted", "paid", "denied", "replaced", "voided"}),
        "denied": frozenset({"accepted", "paid", "partially_paid", "replaced", "voided"}),
        "withdrawn": frozenset({"ready"}),
        "replaced": frozenset({"accepted", "paid", "partially_paid", "denied"}),
        "voided": frozenset({"accepted", "paid", "partially_paid", "denied"}),
    }

    UNDER_WAY: Final = ("draft", "ready", "batched", "sent", "received", "accepted", "rejected")
    """While a claim is in one of these states, no other asks the same coverage for its sessions."""

    attendance = TenantForeignKey(Attendance, models.PROTECT, related_name="claims")
    client = TenantForeignKey(Client, models.PROTECT, related_name="claims")
    coverage = TenantForeignKey(Coverage, models.PROTECT, related_name="claims")
    payer = TenantForeignKey(PracticePayer, models.PROTECT, related_name="claims")
    rendering = TenantForeignKey(Clinician, models.PROTECT, related_name="claims")
    supervising = TenantForeignKey(Clinician, models.PROTECT, null=True, indexed=False, related_name="+")
    number = models.CharField("patient control number", max_length=17)
    frequency = models.CharField(max_length=1, choices=Frequency.choices, default=Frequency.ORIGINAL)
    payer_control_number = models.CharField(max_length=50, blank=True)
    replaces = TenantForeignKey("self", models.PROTECT, null=True, indexed=False, related_name="replacements")
    follows = TenantForeignKey("self", models.PROTECT, null=True, related_name="followers")
    follows_answer = TenantForeignKey(
        "billing.RemittanceClaim", models.PROTECT, null=True, indexed=False, related_name="+"
    )
    forwarded = models.BooleanField(default=False, help_text="The earlier payer passed it on; we sent nothing.")
    status = StateField(transitions=TRANSITIONS, choices=Status.choices, default=Status.READY)
    problems = models.JSONField(default=list, help_text="What the last check of the file found, in sentences.")
    total = PriceField()
    service_on = models.DateField()
    served_until = models.DateField("last day of service", null=True)
    session_count = models.PositiveSmallIntegerField(default=1)
    file_by = models.DateField(null=True, help_text="The payer's filing deadline.")
    place_of_service = models.CharField(max_length=2)
    diagnoses = ArrayField(models.CharField(max_length=8), default=list)
    authorization_number = models.CharField(max_length=30, blank=True)
    taxonomy = models.CharField(
        max_length=8, choices=PayerRules.Taxonomy.choices, default=PayerRules.Taxonomy.BOTH, help_text="By its payer."
    )
    reports_patient_paid = models.BooleanField(default=False, help_text="Its payer wants to know (AMT*F5).")
    delay_reason = models.CharField("why it is late", max_length=2, choices=LateReason.choices, blank=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    under_way = models.GeneratedField(
        expression=Q(status__in=UNDER_WAY),  # type: ignore[arg-type]
        output_field=models.BooleanField(),
        db_persist=True,
    )

    class Meta:
        indexes = [
            models.Index(fields=["practice", "status", "service_on"], name="claim_by_status"),
            models.Index(fields=["practice", "service_on"], name="claim_by_day"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["practice", "number"], name="claim_number_once_here"),
            models.UniqueConstraint(fields=["practice", "id", "coverage", "under_way"], name="claim_key_with_state"),
            models.CheckConstraint(condition=Q(total__gte=0), name="claim_total_not_below_zero"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def last_on(self) -> dt.date:
        """The day of its last session."""
        return self.served_until or self.service_on


class ClaimLine(TenantModel):
    """One service line: a charge as the payer is asked for it. `reference` comes back with the money."""

    referenced: ClassVar[bool] = False

    claim = TenantForeignKey(Claim, models.CASCADE, related_name="lines")
    charge = TenantForeignKey(Charge, models.PROTECT, related_name="claim_lines")
    position = models.PositiveSmallIntegerField()
    reference = models.CharField("line item control number", max_length=30)
    code = models.CharField(max_length=5)
    modifiers = ArrayField(models.CharField(max_length=2), default=list)
    units = models.PositiveSmallIntegerField(default=1)
    amount = PriceField()
    service_on = models.DateField()
    authorization_number = models.CharField(max_length=30, blank=True, help_text="Where it is not the claim’s.")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "claim", "position"], name="claim_line_position_once"),
            models.UniqueConstraint(fields=["practice", "reference"], name="claim_line_reference_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="claim_line_not_below_zero"),
        ]

    def __str__(self) -> str:
        return self.reference


class ClaimNumber(models.Model):
    """Shared, local: whose claim a patient control number is, so that an answer finds it. Never used twice."""

    number = models.CharField(max_length=17, unique=True)
    practice_id = models.BigIntegerField()
    claim_id = models.BigIntegerField()

    def __str__(self) -> str:
        return self.number
