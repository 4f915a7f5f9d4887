"""What somebody is paid for: versions of rules for each engagement. Nothing about a client."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from billing.models import Charge
from clients.models import Client
from clinicians.models import Engagement
from practice.money import PriceField, RateField
from practice.overlaps import no_overlap
from practice.tenancy.base import TenantModel
from practice.tenancy.fields import TenantForeignKey


class RuleSet(TenantModel):
    """One version of what an engagement pays, from a day on; a version that paid somebody is never changed."""

    class Takebacks(models.TextChoices):
        SHARED = "shared", "The clinician’s share is taken back too"
        ABSORBED = "absorbed", "The practice absorbs them"

    class Unsigned(models.TextChoices):
        HOLD = "hold", "Held until the note is signed"
        FLAG = "flag", "Paid, and shown as unsigned"

    engagement = TenantForeignKey(Engagement, models.PROTECT, related_name="rule_sets")
    version = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    takebacks = models.CharField("takebacks by insurers", max_length=8, choices=Takebacks.choices)
    unsigned = models.CharField("sessions without a signed note", max_length=4, choices=Unsigned.choices)
    may_reduce = models.BooleanField(
        "the state and a signed plan let takebacks lower later incentive pay", default=False
    )
    made_at = models.DateTimeField(editable=False)
    made_by_id = models.BigIntegerField(null=True, editable=False)
    made_by_name = models.CharField(max_length=130, editable=False)

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            no_overlap("rule_set_one_at_a_time", "engagement"),
            models.UniqueConstraint(fields=["practice", "engagement", "version"], name="rule_set_version_once"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="rule_set_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.version} from {self.starts_on}"


class PayRule(TenantModel):
    """One rule of a version. An empty filter means all; the highest priority that matches wins (`payroll.md` S5)."""

    class Method(models.TextChoices):
        PERCENT = "percent", "Share of what is collected"
        FLAT = "flat", "Fixed amount"
        HOURLY = "hourly", "By the hour"
        SALARY = "salary", "Salary"
        BONUS = "bonus", "For each kept session above a number"

    class Recognized(models.TextChoices):
        PAID = "paid", "Once it is paid"
        RENDERED = "rendered", "Once it is confirmed"

    class PayerKind(models.TextChoices):
        INSURED = "insured", "Insured"
        SELF_PAY = "self_pay", "Self-pay"

    class Delivery(models.TextChoices):
        OFFICE = "office", "In the office"
        TELEHEALTH = "telehealth", "By telehealth"

    class Window(models.TextChoices):
        MONTH = "month", "Calendar month"
        PERIOD = "period", "Pay period"

    rule_set = TenantForeignKey(RuleSet, models.CASCADE, related_name="rules")
    name = models.CharField(max_length=100)
    priority = models.SmallIntegerField(default=0)
    method = models.CharField(max_length=8, choices=Method.choices)
    recognized = models.CharField(max_length=8, choices=Recognized.choices, default=Recognized.PAID)
    rate = RateField("share, as 0.62", null=True, blank=True)
    amount = PriceField(null=True, blank=True)
    applies_to = ArrayField(models.CharField(max_length=12, choices=Charge.Kind.choices), default=list, blank=True)
    codes = ArrayField(models.CharField(max_length=5), default=list, blank=True)
    modifiers = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    payer_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    payer_kind = models.CharField(max_length=8, choices=PayerKind.choices, blank=True)
    location_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    service_kinds = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    delivery = models.CharField(max_length=10, choices=Delivery.choices, blank=True)
    for_clients = models.BooleanField("only for the clients it names", default=False)
    hours_kinds = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    group_cap = PriceField("at most, for one group session", null=True, blank=True)
    threshold = models.PositiveSmallIntegerField("above this number of sessions", null=True, blank=True)
    window = models.CharField("counted in a", max_length=6, choices=Window.choices, blank=True)
    periods_a_year = models.PositiveSmallIntegerField("salary is divided by", null=True, blank=True)

    class Meta:
        ordering = ["-priority", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(method="percent", rate__gte=0, rate__lte=1, amount__isnull=True)
                | (~Q(method="percent") & Q(rate__isnull=True, amount__gte=0)),
                name="pay_rule_says_how_much",
            ),
            models.CheckConstraint(
                condition=~Q(method="bonus") | Q(threshold__isnull=False, window__in=["month", "period"]),
                name="pay_rule_bonus_has_threshold",
            ),
            models.CheckConstraint(
                condition=Q(method="flat") | Q(recognized="paid"), name="pay_rule_only_flat_when_rendered"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RuleClient(TenantModel):
    """A client whom a rule is for; kept apart from the rule, which everybody in pay may read."""

    referenced: ClassVar[bool] = False

    rule = TenantForeignKey(PayRule, models.CASCADE, indexed=False, related_name="clients")
    client = TenantForeignKey(Client, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "rule", "client"], name="rule_client_once")]

    def __str__(self) -> str:
        return f"{self.rule} for {self.client}"
