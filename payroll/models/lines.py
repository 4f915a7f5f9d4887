"""What a run pays: explained lines, and totals without anything about a client."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from billing.models import Charge
from clinicians.models import Clinician, Engagement
from payroll.calculation.facts import Step
from payroll.calculation.steps import unpacked
from payroll.models.entries import HoursEntry, ManualLine
from payroll.models.rules import PayRule
from payroll.models.runs import PayRun
from practice.money import ZERO, MoneyField, RateField
from practice.tenancy.base import TenantModel
from practice.tenancy.fields import TenantForeignKey
from scheduling.models import Attendance


class TaxClass(models.TextChoices):
    """On which form a person's pay is reported; owners and partners are on neither and in no run."""

    W2 = "w2", "W-2"
    CONTRACTOR = "1099", "1099"


class EventKind(models.TextChoices):
    """What happened that a line pays."""

    POSTING = "posting", "Money applied to a session, or taken off it"
    SERVICE = "service", "A session confirmed"
    UNDONE = "undone", "A confirmed session taken back"
    HOURS = "hours", "Hours entered"
    SALARY = "salary", "A period of a salary"
    BONUS = "bonus", "A session kept above a number"
    BONUS_BACK = "bonus_back", "A bonus session taken back"
    MANUAL = "manual", "Entered by hand"
    CARRIED_IN = "carried_in", "Carried from an earlier run"
    CARRIED_OUT = "carried_out", "Carried to a later run"


class LineKind(models.TextChoices):
    """What sort of pay a line is; exports map these to earning codes."""

    SESSION = "session", "Sessions"
    ADD_ON = "add_on", "Add-ons"
    ABSENCE = "absence", "Late cancels and no-shows"
    HOURS = "hours", "Hours"
    SALARY = "salary", "Salary"
    BONUS = "bonus", "Bonus"
    OVERTIME = "overtime", "Overtime premium"
    REIMBURSEMENT = "reimbursement", "Reimbursement"
    CORRECTION = "correction", "Correction"
    OTHER = "other", "Other pay"
    CARRIED = "carried", "Carried over"


class PayLine(TenantModel):
    """One event under one rule version: a signed amount, and in words how it came about.

    `basis` is what was collected and `counted` the part of it that pay is figured from, in dollars; they differ
    where the practice absorbed a takeback. A held line pays nothing and leaves its event to a later run.
    """

    referenced: ClassVar[bool] = False

    run = TenantForeignKey(PayRun, models.PROTECT, indexed=False, related_name="lines")
    clinician = TenantForeignKey(Clinician, models.PROTECT, indexed=False, related_name="+")
    engagement = TenantForeignKey(Engagement, models.PROTECT, indexed=False, related_name="+")
    tax_class = models.CharField(max_length=4, choices=TaxClass.choices)
    rule = TenantForeignKey(PayRule, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=14, choices=LineKind.choices)
    event_kind = models.CharField(max_length=12, choices=EventKind.choices)
    event_key = models.CharField(max_length=60)
    code = models.CharField(max_length=12, blank=True)
    happened_on = models.DateField()
    service_on = models.DateField(null=True)
    source = models.CharField(max_length=8, blank=True)
    quantity = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    basis = MoneyField(null=True)
    counted = MoneyField(null=True)
    rate = RateField(null=True)
    amount = MoneyField()
    is_held = models.BooleanField(default=False)
    is_adjustment = models.BooleanField(default=False)
    words = models.CharField(max_length=300)
    arithmetic = models.TextField(blank=True)
    attendance = TenantForeignKey(Attendance, models.PROTECT, null=True, indexed=False, related_name="+")
    charge = TenantForeignKey(Charge, models.PROTECT, null=True, related_name="+")
    ledger_line_id = models.BigIntegerField(null=True)
    hours_entry = TenantForeignKey(HoursEntry, models.PROTECT, null=True, indexed=False, related_name="+")
    manual_line = TenantForeignKey(ManualLine, models.CASCADE, null=True, indexed=False, related_name="+")
    cause_line_id = models.BigIntegerField("the line of an earlier run that this one puts right", null=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["practice", "run", "clinician"], name="pay_line_by_payee"),
            models.Index(fields=["practice", "clinician", "happened_on"], name="pay_line_by_clinician"),
            models.Index(
                fields=["practice", "ledger_line_id"],
                condition=Q(ledger_line_id__isnull=False, is_held=False),
                name="pay_line_by_posting",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "event_key"], condition=Q(is_held=False), name="pay_line_event_once"
            ),
            models.CheckConstraint(
                condition=~Q(event_kind="posting") | Q(ledger_line_id__isnull=False, charge__isnull=False),
                name="pay_line_of_a_posting_names_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_key} {self.amount}"

    @property
    def steps(self) -> list[Step]:
        """The arithmetic step by step: label, and note, amount or rate as text."""
        return unpacked(self.arithmetic)


class RunTotal(TenantModel):
    """Lines of one person, rule and code added up, for those who may see no session, date of service or client."""

    referenced: ClassVar[bool] = False

    run = TenantForeignKey(PayRun, models.PROTECT, indexed=False, related_name="totals")
    clinician = TenantForeignKey(Clinician, models.PROTECT, indexed=False, related_name="+")
    engagement = TenantForeignKey(Engagement, models.PROTECT, indexed=False, related_name="+")
    tax_class = models.CharField(max_length=4, choices=TaxClass.choices)
    rule = TenantForeignKey(PayRule, models.PROTECT, null=True, indexed=False, related_name="+")
    kind = models.CharField(max_length=14, choices=LineKind.choices)
    code = models.CharField(max_length=12, blank=True)
    is_adjustment = models.BooleanField(default=False)
    count = models.PositiveIntegerField(default=0)
    sessions = models.PositiveIntegerField(
        default=0, help_text="Sessions for which the lines pay something, each once."
    )
    quantity = models.DecimalField(max_digits=9, decimal_places=2, default=ZERO)
    basis = MoneyField(default=ZERO)
    amount = MoneyField(default=ZERO)
    held_count = models.PositiveIntegerField(default=0)
    held = MoneyField(default=ZERO)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "run", "clinician", "engagement", "rule", "kind", "code", "is_adjustment"],
                name="run_total_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clinician} {self.get_kind_display()} {self.amount}"
