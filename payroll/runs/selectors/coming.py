"""What comes next in payroll: each schedule's next period, or the run that is under way; and what is missing first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, OuterRef, Q, Subquery

from clinicians.models import Clinician, Engagement
from payroll.calculation.calendars import approve_by, business_day
from payroll.loading.payees import TAX_CLASSES, tax_classes
from payroll.models import PayPeriod, PayRun, PaySchedule, RuleSet
from payroll.policies import visible_rule_sets, visible_runs
from payroll.words import span
from practice.actors import Actor


@dataclass(frozen=True, slots=True)
class Coming:
    """A schedule with the run under way, else the period that comes; neither where its periods are used up."""

    schedule: PaySchedule
    run: PayRun | None
    period: PayPeriod | None
    today: dt.date

    @property
    def dates(self) -> str:
        """`Nov 1–15`."""
        about = self.run or self.period
        return span(about.starts_on, about.ends_on) if about else ""

    @property
    def pay_on(self) -> dt.date | None:
        """When the money arrives."""
        about = self.run or self.period
        return about.pay_on if about else None

    @property
    def approve_by(self) -> dt.date | None:
        """The last day to approve it."""
        return approve_by(self.pay_on) if self.pay_on else None

    @property
    def is_late(self) -> bool:
        """Whether that day is over."""
        return self.approve_by is not None and self.approve_by < self.today

    @property
    def has_begun(self) -> bool:
        """Whether a run of the period can be opened."""
        return self.period is not None and self.period.starts_on <= self.today

    @property
    def is_over(self) -> bool:
        """Whether the period has ended, so that everything in it can be there."""
        return self.period is not None and self.period.ends_on < self.today


@dataclass(frozen=True, slots=True)
class Step:
    """One thing a practice sets up before its first run, and how many there are."""

    key: str
    count: int


def coming(actor: Actor, today: dt.date) -> list[Coming]:
    """Every schedule that still pays, by name; three queries."""
    schedules = list(PaySchedule.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today - dt.timedelta(days=31))))
    periods = {one.schedule_id: one for one in _next_periods()}
    open_runs = visible_runs(actor).filter(kind=PayRun.Kind.REGULAR, status__in=["draft", "computed"])
    runs = {one.schedule_id: one for one in open_runs.order_by("-starts_on")}
    found = [Coming(row, runs.get(row.pk), periods.get(row.pk), today) for row in schedules]
    return [one for one in found if one.run or one.period or one.schedule.ends_on is None]


def set_up(actor: Actor) -> list[Step]:
    """What must be there before the first run: a schedule, people on terms that are paid, rules; three queries."""
    return [
        Step("schedule", PaySchedule.objects.count()),
        Step("people", Engagement.objects.filter(kind__in=TAX_CLASSES).values("clinician").distinct().count()),
        Step("rules", visible_rule_sets(actor).count()),
    ]


def first_pay_day(today: dt.date) -> dt.date:
    """The first day on which what is approved today can arrive."""
    day = business_day(today, following=True)
    while approve_by(day) < today:
        day = business_day(day + dt.timedelta(days=1), following=True)
    return day


def payable(schedule: PaySchedule | None = None) -> list[tuple[int, str]]:
    """Everybody who was ever on terms that a run (of this schedule) pays, by name."""
    kinds = _kinds(schedule)
    on_terms = Engagement.objects.filter(kind__in=kinds).values("clinician_id")
    rows = Clinician.objects.filter(pk__in=on_terms).order_by("last_name", "first_name")
    return [(row.pk, row.name) for row in rows]


def without_rules(run: PayRun) -> tuple[int, list[tuple[int, str]]]:
    """How many people are on terms that the run pays, and engagement and name of those who have no rules at all."""
    rows = Engagement.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=run.starts_on), kind__in=_kinds(run.schedule), starts_on__lte=run.ends_on
    ).select_related("clinician")
    if run.clinician_ids:
        rows = rows.filter(clinician__in=run.clinician_ids)
    ruled = set(RuleSet.objects.values_list("engagement_id", flat=True))
    listed = list(rows.order_by("clinician__last_name", "clinician__first_name"))
    return len(listed), [(row.pk, row.clinician.name) for row in listed if row.pk not in ruled]


def _kinds(schedule: PaySchedule | None) -> list[str]:
    if schedule is None:
        return list(TAX_CLASSES)
    return [kind for kind, tax_class in TAX_CLASSES.items() if tax_class in tax_classes(schedule)]


def _next_periods() -> list[PayPeriod]:
    """The first period after the last run of each schedule, as opening a run chooses it."""
    runs = PayRun.objects.filter(schedule=OuterRef("schedule"), period__isnull=False).order_by("-starts_on")
    rows = PayPeriod.objects.annotate(last=Subquery(runs.values("starts_on")[:1]))
    after = rows.filter(Q(last=None) | Q(starts_on__gt=F("last")))
    return list(after.order_by("schedule_id", "starts_on").distinct("schedule_id"))
