"""Money a client gave or got back, taken elsewhere and written down here."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from clients.models import Client
from practice.money import PriceField
from practice.tenancy.base import TenantModel
from practice.tenancy.fields import TenantForeignKey


class ClientPayment(TenantModel):
    """A payment or a refund; its entries in the ledger say what it was applied to."""

    class Direction(models.TextChoices):
        PAYMENT = "payment", "Payment"
        REFUND = "refund", "Refund"

    class Method(models.TextChoices):
        CASH = "cash", "Cash"
        CHECK = "check", "Check"
        CARD = "card", "Card, taken elsewhere"
        TRANSFER = "transfer", "Bank transfer"
        OTHER = "other", "Other"

    client = TenantForeignKey(Client, models.PROTECT, related_name="payments")
    direction = models.CharField(max_length=8, choices=Direction.choices, default=Direction.PAYMENT)
    method = models.CharField(max_length=10, choices=Method.choices)
    amount = PriceField()
    received_on = models.DateField()
    reference = models.CharField("check number or reference", max_length=40, blank=True)
    note = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(editable=False)
    made_by_id = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["-received_on", "-id"]
        indexes = [models.Index(fields=["practice", "received_on"], name="client_payment_by_day")]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="client_payment_above_zero")]

    def __str__(self) -> str:
        return f"{self.get_direction_display()} of {self.amount}"
