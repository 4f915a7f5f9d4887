"""When people are paid: schedules and their periods. Nothing about a client."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from practice.overlaps import no_overlap
from practice.tenancy.base import TenantModel
from practice.tenancy.fields import TenantForeignKey


class Weekday(models.IntegerChoices):
    """Days as the calendar module numbers them."""

    MONDAY = 0, "Monday"
    TUESDAY = 1, "Tuesday"
    WEDNESDAY = 2, "Wednesday"
    THURSDAY = 3, "Thursday"
    FRIDAY = 4, "Friday"
    SATURDAY = 5, "Saturday"
    SUNDAY = 6, "Sunday"


class PaySchedule(TenantModel):
    """How often a kind of people is paid, and when the money arrives. Nothing before its first day is paid here."""

    class Payees(models.TextChoices):
        EVERYONE = "everyone", "Employees and contractors"
        EMPLOYEES = "employees", "Employees (W-2)"
        CONTRACTORS = "contractors", "Contractors (1099)"

    class Frequency(models.TextChoices):
        SEMI_MONTHLY = "semi_monthly", "Twice a month (semi-monthly, 24/yr)"
        BIWEEKLY = "biweekly", "Every two weeks (biweekly, 26–27/yr)"
        WEEKLY = "weekly", "Every week (weekly, 52–53/yr)"
        MONTHLY = "monthly", "Once a month (monthly, 12/yr)"

    class Shift(models.TextChoices):
        PRECEDING = "preceding", "The business day before"
        FOLLOWING = "following", "The business day after"

    name = models.CharField(max_length=60)
    payees = models.CharField(max_length=12, choices=Payees.choices, default=Payees.EVERYONE)
    frequency = models.CharField(max_length=12, choices=Frequency.choices, default=Frequency.SEMI_MONTHLY)
    starts_on = models.DateField("first day of the first period")
    ends_on = models.DateField(null=True, blank=True)
    first_ends_day = models.PositiveSmallIntegerField(
        "last day of the first half", default=15, validators=[MinValueValidator(1), MaxValueValidator(27)]
    )
    first_pay_day = models.PositiveSmallIntegerField(
        "pay day of the first half (31 is the last day)",
        default=31,
        validators=[MinValueValidator(1), MaxValueValidator(31)],
    )
    second_pay_day = models.PositiveSmallIntegerField(
        "pay day of the second half, or of the month",
        default=15,
        validators=[MinValueValidator(1), MaxValueValidator(31)],
    )
    pay_lag_days = models.PositiveSmallIntegerField(
        "days from a period's end to its pay date", default=5, validators=[MaxValueValidator(60)]
    )
    shift = models.CharField(
        "when it is no business day", max_length=10, choices=Shift.choices, default=Shift.PRECEDING
    )
    note_grace_days = models.PositiveSmallIntegerField(
        "days after a period in which notes may still be signed", default=2, validators=[MaxValueValidator(30)]
    )
    workweek_starts = models.PositiveSmallIntegerField(choices=Weekday.choices, default=Weekday.SUNDAY)
    daily_limit = models.DecimalField(
        "hours a day before overtime, where it is not the state's",
        max_digits=4,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(1)), MaxValueValidator(Decimal(24))],
    )

    class Meta:
        ordering = ["name", "starts_on"]
        constraints = [
            no_overlap("pay_schedule_one_at_a_time", "payees"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="pay_schedule_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PayPeriod(TenantModel):
    """Dates of a schedule, both included. `number` is its place in the year, for salaries (`payroll.md` S12)."""

    schedule = TenantForeignKey(PaySchedule, models.PROTECT, indexed=False, related_name="periods")
    starts_on = models.DateField()
    ends_on = models.DateField()
    pay_on = models.DateField()
    number = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "schedule", "starts_on"], name="pay_period_once"),
            no_overlap("pay_period_one_at_a_time", "schedule"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="pay_period_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} to {self.ends_on}"
