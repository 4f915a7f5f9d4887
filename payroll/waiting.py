"""What of payroll waits for somebody, as the navigation and Today ask it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from django.db.models import Case, Exists, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

from clinicians.models import Engagement
from payroll.calculation.calendars import approve_by
from payroll.loading.payees import TAX_CLASSES
from payroll.models import PayPeriod, PayRun
from payroll.policies import visible_runs
from payroll.unfiled import left_out
from payroll.words import run_name, span
from practice import navigation, today
from practice.actors import Actor
from practice.today import STOP, WAIT, Asker, Need, Source, counted

S: Final = PayRun.Status


def register() -> None:
    """Called once at start-up."""
    today.register(Source("pay runs", ("payroll:edit", "payroll:totals"), runs))
    today.register(Source("pay in no file", ("payroll:edit", "payroll:totals"), left_out))
    today.register(Source("pay periods", ("payroll:edit",), periods_to_open))


def runs_waiting(actor: Actor) -> Combinable:
    """How many runs need this person: computed ones to approve, approved ones without their files."""
    return navigation.how_many(_waiting(actor))


def own_pay(actor: Actor) -> Combinable:
    """Nothing to count; NULL, which shows no entry, for whoever has no terms that a pay run pays."""
    paid = Engagement.objects.filter(clinician__user=actor.user_id or 0, kind__in=TAX_CLASSES)
    return Case(When(Exists(paid), then=Value(0)), default=None, output_field=IntegerField())


def runs(asker: Asker) -> Iterator[Need]:
    """Computed runs to approve, by the day on which they must be to arrive in time; approved ones without files."""
    for run in _waiting(asker.actor).order_by("pay_on", "pk"):
        yield _to_approve(asker, run) if run.status == S.COMPUTED else _to_export(asker, run)


def periods_to_open(asker: Asker) -> Iterator[Need]:
    """The first period of each schedule that is over and has no run."""
    over = PayPeriod.objects.filter(ends_on__lt=asker.today, runs__isnull=True)
    seen: set[int] = set()
    for period in over.order_by("starts_on"):
        if period.schedule_id in seen:
            continue
        seen.add(period.schedule_id)
        by = approve_by(period.pay_on)
        title = f"Compute pay for {span(period.starts_on, period.ends_on)}"
        why = _arrives(asker, by, period.pay_on)
        yield Need(title, why, asker.url("payroll"), "Open payroll", 1, by, STOP if by < asker.today else WAIT)


def _to_approve(asker: Asker, run: PayRun) -> Need:
    by = approve_by(run.pay_on)
    stopped = sum(one["severity"] == "block" for one in run.findings)
    why = f"{counted(stopped, 'thing')} to put right first." if stopped else _arrives(asker, by, run.pay_on)
    title, url = f"Approve pay for {span(run.starts_on, run.ends_on)}", asker.url("pay_run", run.pk)
    kind, note = STOP if by < asker.today else WAIT, counted(run.people, "person", "people")
    return Need(title, why, url, "Review the run", run.people, by, kind, run.gross, note)


def _to_export(asker: Asker, run: PayRun) -> Need:
    by = max(approve_by(run.pay_on), asker.today)
    title, url = f"Make the payroll files for {run_name(run)}", asker.url("pay_run", run.pk)
    why = f"Approved by {run.approved_by_name}. Pay day is {asker.day(run.pay_on)}."
    return Need(title, why, url, "Open the run", run.people, by, WAIT, run.gross)


def _arrives(asker: Asker, by: dt.date, pay_on: dt.date) -> str:
    if by < asker.today:
        return f"It had to be approved by {asker.day(by)} to arrive {asker.day(pay_on)}."
    return f"By {asker.day(by)}, to arrive {asker.day(pay_on)}."


def _waiting(actor: Actor) -> QuerySet[PayRun]:
    if actor.may("payroll:edit"):
        return visible_runs(actor).filter(Q(status=S.COMPUTED) | Q(status=S.APPROVED, people__gt=0))
    return visible_runs(actor).filter(status=S.APPROVED, people__gt=0)
