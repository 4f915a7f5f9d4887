"""Takebacks: what a payer wants back under one reference, from the first notice until it is settled."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from billing.models.claim import Claim
from billing.models.ledger import Entry
from billing.models.remittance import Remittance, RemittanceClaim
from practice.models import PracticePayer
from practice.money import MoneyField, PriceField
from practice.states import StateField, Transitions
from practice.tenancy.base import TenantModel
from practice.tenancy.fields import TenantForeignKey


class Takeback(TenantModel):
    """One payer's claim to money under one reference. Its figures are the fold of its events, kept for the list.

    `key` is the reference without blanks and in capitals: payers write the same one differently.
    """

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        PARTLY = "partly", "Partly settled"
        SETTLED = "settled", "Settled"
        DISPUTED = "disputed", "Disputed"

    class Notice(models.TextChoices):
        LETTER = "letter", "By letter"
        REVERSAL = "reversal", "By taking an answer back"
        PAYMENT = "payment", "In a payment"

    TRANSITIONS: Final[Transitions] = {
        "open": frozenset({"partly", "settled", "disputed"}),
        "partly": frozenset({"open", "settled", "disputed"}),
        "settled": frozenset({"open", "partly", "disputed"}),
        "disputed": frozenset({"open", "partly", "settled"}),
    }

    payer = TenantForeignKey(PracticePayer, models.PROTECT, null=True, related_name="takebacks")
    payer_name = models.CharField(max_length=120, blank=True)
    reference = models.CharField("the payer's reference", max_length=50, blank=True)
    key = models.CharField(max_length=50, blank=True)
    notice = models.CharField(max_length=8, choices=Notice.choices)
    noticed_on = models.DateField()
    status = StateField(transitions=TRANSITIONS, choices=Status.choices, default=Status.OPEN)
    demanded = PriceField(default=0, help_text="What the payer wanted back at most.")
    open_amount = PriceField(default=0, help_text="What it still wants.")
    announced_left = PriceField(default=0, help_text="What of it stands in letters alone and in no payment yet.")
    unplaced = PriceField(default=0, help_text="What it took and nothing here explains yet.")
    follow_up_on = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    settled_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["practice", "status", "noticed_on"], name="takeback_by_status")]
        constraints = [
            models.UniqueConstraint(fields=["practice", "payer", "key"], name="takeback_once", nulls_distinct=False),
            models.CheckConstraint(
                condition=Q(demanded__gte=0, open_amount__gte=0, unplaced__gte=0), name="takeback_not_below_zero"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payer_name} {self.reference}".strip()


class TakebackEvent(TenantModel):
    """One thing that happened to a takeback; never changed.

    `demand` is what it raised the payer's demand by, `balance` what it raised the payer's money with us by, as the
    ledger's payer balance has it: both below zero where they fell.
    """

    referenced: ClassVar[bool] = False
    append_only: ClassVar[bool] = True

    class Kind(models.TextChoices):
        LETTER = "letter", "The payer wrote"
        REVERSAL = "reversal", "The payer took an answer back"
        PAYMENT = "payment", "In a payment"
        PLACED = "placed", "Put on a claim"
        REFUND = "refund", "Paid back by the practice"
        LOSS = "loss", "Taken as a loss"
        UNDONE = "undone", "Undone"
        DISPUTED = "disputed", "Disputed"
        AGREED = "agreed", "Dispute over"
        NOTE = "note", "Note"

    takeback = TenantForeignKey(Takeback, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    reason = models.CharField("PLB reason", max_length=2, blank=True)
    demand = MoneyField(default=0)
    balance = MoneyField(default=0)
    announced = PriceField(null=True, help_text="What a letter asks for in all.")
    remittance = TenantForeignKey(Remittance, models.PROTECT, null=True, related_name="takeback_events")
    remittance_claim = TenantForeignKey(RemittanceClaim, models.PROTECT, null=True, indexed=False, related_name="+")
    claim = TenantForeignKey(Claim, models.PROTECT, null=True, related_name="takeback_events")
    entry = TenantForeignKey(Entry, models.PROTECT, null=True, indexed=False, related_name="+")
    reference = models.CharField("reference as it was written", max_length=50, blank=True)
    words = models.CharField(max_length=300, blank=True)
    happened_on = models.DateField()
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=130)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.balance}"


class TakebackClaim(TenantModel):
    """A claim that a takeback touches, and how that is known."""

    referenced: ClassVar[bool] = False

    class How(models.TextChoices):
        REVERSAL = "reversal", "Its answer was taken back"
        REFERENCE = "reference", "By the reference"
        HAND = "hand", "By hand"

    takeback = TenantForeignKey(Takeback, models.CASCADE, related_name="claims")
    claim = TenantForeignKey(Claim, models.PROTECT, related_name="takebacks")
    how = models.CharField(max_length=9, choices=How.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "takeback", "claim"], name="takeback_claim_once")]

    def __str__(self) -> str:
        return f"{self.get_how_display()}"
