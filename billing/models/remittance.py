"""Remittances (835): everything a payer said about a payment, and what of it was matched and posted."""

from __future__ import annotations

from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from billing.models.charge import Charge
from billing.models.claim import Claim
from billing.models.inbound import InboundTransaction
from practice.models import PracticePayer
from practice.money import MoneyField
from practice.states import StateField, Transitions
from practice.tenancy.base import TenantModel
from practice.tenancy.fields import TenantForeignKey


class Treatment(models.TextChoices):
    """What an adjustment does in the ledger; only the first two post."""

    WRITE_OFF = "writeoff", "Contractual adjustment"
    PATIENT = "patient", "Moves to the client"
    DENIAL = "denial_worklist", "To work as a denial"
    NEXT_PAYER = "next_payer", "Waits for the next payer"
    HOLD = "hold", "Waits for a person"
    INFO = "info", "For information"


class Remittance(TenantModel):
    """One payment of one payer, as one 835 transaction told it. It posts whole and once, or not at all."""

    class Status(models.TextChoices):
        READY = "ready", "Ready to post"
        HELD = "held", "Held"
        POSTED = "posted", "Posted"
        DUPLICATE = "duplicate", "Arrived before"
        SET_ASIDE = "set_aside", "Set aside"

    TRANSITIONS: Final[Transitions] = {
        "ready": frozenset({"held", "posted", "set_aside"}),
        "held": frozenset({"ready", "posted", "duplicate", "set_aside"}),
        "set_aside": frozenset({"ready", "held"}),
        "posted": frozenset({"held"}),
        "duplicate": frozenset(),
    }

    class Source(models.TextChoices):
        X12 = "835", "835"
        PAPER = "paper", "Keyed from paper"

    transaction = TenantForeignKey(InboundTransaction, models.PROTECT, related_name="remittances")
    payer = TenantForeignKey(PracticePayer, models.PROTECT, null=True, related_name="remittances")
    payer_name = models.CharField(max_length=120, blank=True)
    payer_identifier = models.CharField(max_length=80, blank=True)
    payee_name = models.CharField(max_length=120, blank=True)
    payee_npi = models.CharField(max_length=10, blank=True)
    payee_tax_id = models.CharField(max_length=20, blank=True)
    originator = models.CharField("originating company (TRN03)", max_length=30, blank=True)
    trace = models.CharField("check or EFT number (TRN02)", max_length=50, blank=True)
    method = models.CharField(max_length=3, blank=True)
    amount = MoneyField(help_text="BPR02, below zero for a debit.")
    paid_on = models.DateField(null=True)
    content_hash = models.CharField(max_length=64)
    claim_count = models.PositiveIntegerField(default=0)
    said = models.JSONField(default=dict, help_text="What else the header says, as label and value.")
    source = models.CharField(max_length=5, choices=Source.choices, default=Source.X12)
    status = StateField(transitions=TRANSITIONS, choices=Status.choices, default=Status.HELD)
    held_for = models.JSONField(
        default=list, help_text="Why it is held: code, words, and whether a person may let it go."
    )
    accepted = models.JSONField(default=list, help_text="What a person looked at and let go: code, words, by and at.")
    is_sandbox = models.BooleanField(default=False)
    received_at = models.DateTimeField()
    posted_at = models.DateTimeField(null=True)
    posted_by_name = models.CharField(max_length=130, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["practice", "status", "received_at"], name="remittance_by_status"),
            models.Index(fields=["practice", "originator", "payee_npi", "trace"], name="remittance_by_trace"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "content_hash"],
                condition=~Q(status__in=["duplicate", "set_aside"]),
                name="remittance_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payer_name} {self.trace}".strip()


class RemittanceClaim(TenantModel):
    """What a remittance says of one claim (CLP), and which claim of ours that is."""

    class Match(models.TextChoices):
        NUMBER = "number", "By our claim number"
        PAYER_NUMBER = "payer_number", "By the payer's claim number"
        HAND = "hand", "By hand"
        NONE = "", "No match"
        NOT_OURS = "not_ours", "Not ours"

    remittance = TenantForeignKey(Remittance, models.CASCADE, related_name="claims")
    position = models.PositiveIntegerField()
    claim = TenantForeignKey(Claim, models.PROTECT, null=True, related_name="remittance_claims")
    match = models.CharField(max_length=12, choices=Match.choices, default=Match.NONE, blank=True)
    reverses = TenantForeignKey("self", models.PROTECT, null=True, indexed=False, related_name="reversals")
    number = models.CharField("patient control number as the payer wrote it", max_length=38, blank=True)
    payer_control_number = models.CharField(max_length=50, blank=True)
    status_code = models.CharField("claim status (CLP02)", max_length=3)
    charge = MoneyField()
    paid = MoneyField()
    patient_responsibility = MoneyField(null=True)
    client_name = models.CharField(max_length=130, blank=True)
    member_id = models.CharField(max_length=80, blank=True)
    service_on = models.DateField(null=True)
    is_denial = models.BooleanField(default=False)
    corrected = models.JSONField(default=dict, help_text="The client as the payer knows them (NM1*74).")
    said = models.JSONField(default=dict, help_text="What else stands there, as label and value.")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "remittance", "position"], name="remittance_claim_once"),
        ]
        indexes = [
            models.Index(fields=["practice", "payer_control_number"], name="remittance_claim_by_payer_no"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.paid}"

    @property
    def is_reversal(self) -> bool:
        """Whether the payer takes back what it said before (CLP02 22)."""
        return self.status_code == "22"


class RemittanceLine(TenantModel):
    """What a remittance says of one service line (SVC), and which charge of ours that is."""

    remittance_claim = TenantForeignKey(RemittanceClaim, models.CASCADE, related_name="lines")
    charge = TenantForeignKey(Charge, models.PROTECT, null=True, related_name="remittance_lines")
    position = models.PositiveIntegerField()
    reference = models.CharField("line item control number", max_length=50, blank=True)
    code = models.CharField(max_length=48, blank=True)
    original = models.CharField(
        "code that was billed, where the payer judged another (SVC06)", max_length=48, blank=True
    )
    modifiers = ArrayField(models.CharField(max_length=2), default=list)
    charged = MoneyField()
    paid = MoneyField()
    allowed = MoneyField(null=True)
    units = models.DecimalField(max_digits=9, decimal_places=3, null=True)
    service_on = models.DateField(null=True)
    remarks = ArrayField(models.CharField(max_length=10), default=list)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "remittance_claim", "position"], name="remittance_line_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.paid}"


class RemittanceAdjustment(TenantModel):
    """One adjustment (CAS) of a claim or of a line, and how it was treated."""

    referenced: ClassVar[bool] = False

    remittance_claim = TenantForeignKey(RemittanceClaim, models.CASCADE, related_name="adjustments")
    line = TenantForeignKey(RemittanceLine, models.CASCADE, null=True, related_name="adjustments")
    group = models.CharField(max_length=2)
    reason = models.CharField(max_length=5)
    amount = MoneyField()
    quantity = models.DecimalField(max_digits=9, decimal_places=3, null=True)
    treatment = models.CharField(max_length=16, choices=Treatment.choices)

    def __str__(self) -> str:
        return f"{self.group}-{self.reason} {self.amount}"


class ProviderAdjustment(TenantModel):
    """Money a payer gave or took that belongs to no claim here (PLB); above zero it lowers the payment."""

    referenced: ClassVar[bool] = False

    remittance = TenantForeignKey(Remittance, models.CASCADE, related_name="provider_adjustments")
    position = models.PositiveIntegerField()
    reason = models.CharField(max_length=2)
    reference = models.CharField(max_length=50, blank=True)
    amount = MoneyField()
    treatment = models.CharField(max_length=20)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.reason} {self.amount}"


class AdjustmentRule(TenantModel):
    """The practice's own treatment of an adjustment, in place of the one the code table gives."""

    referenced: ClassVar[bool] = False

    group = models.CharField(max_length=2)
    reason = models.CharField(max_length=5)
    treatment = models.CharField(max_length=16, choices=Treatment.choices)

    class Meta:
        ordering = ["group", "reason"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "group", "reason"], name="adjustment_rule_once"),
        ]

    def __str__(self) -> str:
        return f"{self.group}-{self.reason}: {self.get_treatment_display()}"
