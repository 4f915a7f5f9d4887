"""The ledger: immutable double entry. What was posted wrongly is reversed by another entry."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from billing.models.charge import Charge
from billing.models.payment import ClientPayment
from billing.models.remittance import Remittance, RemittanceClaim
from clients.models import Client, Coverage
from clinicians.models import Clinician
from practice.models import PracticePayer
from practice.money import MoneyField
from practice.tenancy.base import TenantModel
from practice.tenancy.fields import TenantForeignKey


class Account(models.TextChoices):
    """The chart of accounts; `docs/money.md` says what posts to which."""

    BANK = "bank", "Bank"
    PAYER_CLEARING = "payer_clearing", "Payer clearing"
    PAYER_BALANCE = "payer_balance", "Payer balance"
    INSURER_RECEIVABLE = "insurer_receivable", "Owed by insurers"
    CLIENT_RECEIVABLE = "client_receivable", "Owed by clients"
    CLIENT_CREDIT = "client_credit", "Client credit"
    REVENUE = "revenue", "Session revenue"
    CONTRACTUAL = "contractual", "Contractual adjustment"
    WRITE_OFF = "write_off", "Other write-off"
    BAD_DEBT = "bad_debt", "Bad debt"
    INTEREST = "interest", "Interest"
    OTHER_INCOME = "other_income", "Other income and payer fees"
    REFUNDS_DUE = "refunds_due", "Refunds due"
    OPENING_BALANCE = "opening_balance", "Opening balance"
    MIGRATION_DIFFERENCE = "migration_difference", "Migration difference"


class Entry(TenantModel):
    """One event in money. Its lines sum to zero; a deferred trigger refuses the commit otherwise."""

    append_only: ClassVar[bool] = True

    class Kind(models.TextChoices):
        CHARGE = "charge", "Charge"
        PAYMENT = "payment", "Client payment"
        APPLY = "apply", "Credit applied"
        REFUND = "refund", "Refund"
        WRITE_OFF = "write_off", "Write-off"
        TRANSFER = "transfer", "Moved between payers"
        REMITTANCE = "remittance", "Remittance"
        PROVIDER = "provider", "Provider-level adjustment"
        DEPOSIT = "deposit", "Deposit"
        REVERSAL = "reversal", "Reversal"
        OPENING = "opening", "Opening balance"
        TAKEBACK = "takeback", "Takeback"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    posted_on = models.DateField()
    effective_on = models.DateField()
    reverses = TenantForeignKey("self", models.PROTECT, null=True, indexed=False, related_name="reversals")
    payment = TenantForeignKey(ClientPayment, models.PROTECT, null=True, related_name="entries")
    remittance_claim = TenantForeignKey(RemittanceClaim, models.PROTECT, null=True, related_name="entries")
    memo = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(null=True)
    made_by_name = models.CharField(max_length=130)

    class Meta:
        verbose_name_plural = "entries"
        indexes = [models.Index(fields=["practice", "posted_on"], name="entry_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "reverses"], condition=Q(reverses__isnull=False), name="entry_reversed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.posted_on}"


class LedgerLine(TenantModel):
    """A signed amount (debit above zero) on an account, with what it is about."""

    referenced: ClassVar[bool] = False
    append_only: ClassVar[bool] = True

    entry = TenantForeignKey(Entry, models.PROTECT, related_name="lines")
    account = models.CharField(max_length=22, choices=Account.choices)
    amount = MoneyField()
    posted_on = models.DateField()
    effective_on = models.DateField()
    client = TenantForeignKey(Client, models.PROTECT, null=True, indexed=False, related_name="+")
    charge = TenantForeignKey(Charge, models.PROTECT, null=True, related_name="ledger_lines")
    payer = TenantForeignKey(PracticePayer, models.PROTECT, null=True, indexed=False, related_name="+")
    coverage = TenantForeignKey(
        Coverage,
        models.PROTECT,
        null=True,
        indexed=False,
        related_name="+",
        help_text="Set where a later payer than the first is asked.",
    )
    clinician = TenantForeignKey(Clinician, models.PROTECT, null=True, indexed=False, related_name="+")
    remittance = TenantForeignKey(Remittance, models.PROTECT, null=True, related_name="ledger_lines")
    reference = models.CharField("payer's reference (PLB)", max_length=50, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["practice", "client", "account"], name="ledger_line_by_client"),
            models.Index(fields=["practice", "account", "posted_on"], name="ledger_line_by_account"),
        ]
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="ledger_line_not_zero")]

    def __str__(self) -> str:
        return f"{self.get_account_display()} {self.amount}"
