"""Who may see which pay: `payroll:view` all of it, `payroll:own` one's own lines, `payroll:totals` no line at all."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from clinicians.policies import own_clinician_id
from payroll.models import ExportFile, PayLine, PayRun, RuleSet, RunTotal
from practice.actors import Actor

_SHOWN = tuple(status for status in PayRun.Status if status is not PayRun.Status.DRAFT)


def visible_runs(actor: Actor) -> QuerySet[PayRun]:
    """Runs: all of them, or those computed that have something of the actor's own."""
    if actor.may("payroll:view", "payroll:totals"):
        return PayRun.objects.all()
    own = RunTotal.objects.filter(clinician=_own(actor)).values("run_id")
    return PayRun.objects.filter(pk__in=own, status__in=_SHOWN)


def visible_lines(actor: Actor) -> QuerySet[PayLine]:
    """Lines: all, or one's own of computed runs. The accountant has none."""
    if actor.may("payroll:view"):
        return PayLine.objects.all()
    return PayLine.objects.filter(clinician=_own(actor), run__status__in=_SHOWN)


def visible_totals(actor: Actor) -> QuerySet[RunTotal]:
    """Totals by clinician, rule and code: all, or one's own of computed runs."""
    if actor.may("payroll:view", "payroll:totals"):
        return RunTotal.objects.all()
    return RunTotal.objects.filter(clinician=_own(actor), run__status__in=_SHOWN)


def visible_rule_sets(actor: Actor) -> QuerySet[RuleSet]:
    """Versions of pay rules: all, or those of one's own engagements."""
    if actor.may("payroll:view", "payroll:totals"):
        return RuleSet.objects.all()
    return RuleSet.objects.filter(Q(engagement__clinician=_own(actor)))


def visible_files(actor: Actor) -> QuerySet[ExportFile]:
    """Files for payroll providers."""
    return ExportFile.objects.all() if actor.may("payroll:view", "payroll:totals") else ExportFile.objects.none()


def _own(actor: Actor) -> int:
    return (own_clinician_id(actor) or 0) if actor.may("payroll:own") else 0
