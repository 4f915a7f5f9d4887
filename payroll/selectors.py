"""What pages read about pay. Each starts from what the actor may see, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from django.db.models import QuerySet, Sum

from clinicians.models import Clinician
from payroll.models import HoursKind, LineKind, PayLine, PayPeriod, PayRun, PaySchedule, RunTotal
from payroll.policies import visible_lines, visible_runs, visible_totals
from practice.actors import Actor
from practice.money import ZERO

EARNED: Final = frozenset({LineKind.SESSION, LineKind.ADD_ON, LineKind.ABSENCE, LineKind.HOURS, LineKind.SALARY})
ADJUSTED: Final = frozenset({LineKind.CARRIED, LineKind.CORRECTION})


@dataclass(slots=True)
class PersonPay:
    """One person's row of a run, in dollars; `gross` is the first three, and what is held is in none of them.

    `earned` is pay for work: sessions, hours worked and salary, the same for everybody however they are paid.
    `other` is bonus, overtime premium, paid time off, reimbursement and what is entered as other.
    """

    clinician_id: int
    name: str
    tax_class: str
    sessions: int = 0
    collected: Decimal = ZERO
    earned: Decimal = ZERO
    other: Decimal = ZERO
    adjusted: Decimal = ZERO
    held: Decimal = ZERO
    held_count: int = 0
    totals: list[RunTotal] = field(default_factory=list)

    @property
    def gross(self) -> Decimal:
        """What the run pays this person."""
        return self.earned + self.other + self.adjusted


def people(actor: Actor, run: PayRun) -> list[PersonPay]:
    """Everybody in a run by name, W-2 before 1099; made of the totals alone, with terms and rules, in one query."""
    joined = visible_totals(actor).filter(run=run).select_related("clinician", "engagement", "rule")
    found: dict[tuple[int, str], PersonPay] = {}
    for row in joined.defer("engagement__tin").order_by("pk"):
        key = row.clinician_id, row.tax_class
        if key not in found:
            found[key] = PersonPay(row.clinician_id, row.clinician.name, row.tax_class)
        _add(found[key], row)
    return sorted(found.values(), key=lambda one: (one.tax_class != "w2", _order(one.totals[0].clinician)))


def lines(actor: Actor, run: PayRun, clinician_id: int) -> QuerySet[PayLine]:
    """One person's lines of a run, with client and session, in the order of service."""
    rows = visible_lines(actor).filter(run=run, clinician=clinician_id)
    joined = rows.select_related("rule__rule_set", "charge__client", "charge__payer")
    return joined.order_by("service_on", "charge_id", "pk")


def of_event(actor: Actor, charge_id: int) -> QuerySet[PayLine]:
    """Every line a charge ever gave, over all runs: what was paid, taken back and held."""
    return visible_lines(actor).filter(charge=charge_id).select_related("run").order_by("pk")


def paid_this_year(actor: Actor, clinician_id: int, year: int) -> list[tuple[PayRun, Decimal]]:
    """A person's runs by pay date, with what each pays."""
    sums = visible_totals(actor).filter(clinician=clinician_id).values("run_id").annotate(sum=Sum("amount"))
    by_run = {row["run_id"]: row["sum"] for row in sums}
    runs = visible_runs(actor).filter(pk__in=by_run, pay_on__year=year).order_by("pay_on", "pk")
    return [(run, by_run[run.pk]) for run in runs]


def schedules(actor: Actor) -> list[PaySchedule]:
    """Every schedule, the first one first."""
    actor.require("payroll:view", "payroll:totals")
    return list(PaySchedule.objects.order_by("starts_on", "pk"))


def blocking(run: PayRun) -> list[str]:
    """What stops the approval, in sentences."""
    return [one["words"] for one in run.findings if one["severity"] == "block"]


def next_period(schedule: PaySchedule) -> PayPeriod | None:
    """The first period without a run."""
    taken = PayRun.objects.filter(schedule=schedule, period__isnull=False).values_list("period_id", flat=True)
    done = set(taken)
    periods: Iterable[PayPeriod] = PayPeriod.objects.filter(schedule=schedule).order_by("starts_on")
    return next((one for one in periods if one.pk not in done), None)


def _add(person: PersonPay, row: RunTotal) -> None:
    person.totals.append(row)
    person.held += row.held
    person.held_count += row.held_count
    person.collected += row.basis
    if row.is_adjustment or row.kind in ADJUSTED:
        person.adjusted += row.amount
    elif row.kind in EARNED and row.code != HoursKind.TIME_OFF:
        person.earned += row.amount
        person.sessions += row.sessions if row.kind == LineKind.SESSION else 0
    else:
        person.other += row.amount


def _order(who: Clinician) -> tuple[str, str]:
    return who.last_name, who.first_name
