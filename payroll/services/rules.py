"""Versions of pay rules: added, changed while they paid nobody, ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import transaction

from clients.models import Client
from clinicians.models import Clinician, Engagement
from payroll.calculation.words import dated
from payroll.errors import PayrollRefusedError
from payroll.locks import hold_payroll
from payroll.models import PayLine, PayRule, PayRun, RuleClient, RuleSet
from payroll.services.checking import checked_rules, policy_of, refuse_policy, refuse_terms
from payroll.services.runs import clear
from payroll.services.stale import reopen, reopen_computed
from payroll.words import since
from practice import audit, clock
from practice.actors import Actor
from practice.overlaps import sharing_a_day
from practice.records import find, save_changed, save_new

_DAY: Final = dt.timedelta(days=1)
_SHARED: Final = "These days have pay rules already."
_OPEN: Final = (PayRun.Status.DRAFT, PayRun.Status.COMPUTED)
Rules = Sequence[Mapping[str, Any]]


@transaction.atomic
def add_rule_set(
    *,
    actor: Actor,
    engagement_id: int,
    starts_on: dt.date,
    rules: Rules,
    ends_on: dt.date | None = None,
    takebacks: str = "",
    unsigned: str = "",
    may_reduce: bool = False,
    end_former: bool = False,
) -> RuleSet:
    """A version of what an engagement pays, from a day on. `end_former` ends the version before on the day before.

    Each of `rules` holds the columns of PayRule, and `client_ids` where it is for certain clients. PayrollRefusedError
    where days are shared, rules contradict each other, or the terms are an owner's.
    """
    actor.require("payroll:edit")
    engagement = _locked(engagement_id)
    refuse_terms(engagement, starts_on, ends_on)
    usual_takebacks, usual_unsigned = policy_of(engagement)
    row = RuleSet(
        engagement=engagement,
        version=_next_version(engagement),
        starts_on=starts_on,
        ends_on=ends_on,
        takebacks=takebacks or usual_takebacks,
        unsigned=unsigned or usual_unsigned,
        may_reduce=may_reduce,
        made_at=clock.now(),
        made_by_id=actor.user_id,
        made_by_name=actor.name,
    )
    refuse_policy(engagement, row.unsigned, may_reduce=may_reduce)
    made = checked_rules(rules)
    _make_room(row, actor, end_former=end_former)
    with PayrollRefusedError.instead_of("rule_set_one_at_a_time", _SHARED, "starts_on"):
        save_new("rule_set.added", actor, row)
    _save_rules(row, made, actor)
    reopen_computed(actor, "Pay rules were added", clinician_id=engagement.clinician_id)
    return row


@transaction.atomic
def change_rule_set(*, actor: Actor, rule_set_id: int, rules: Rules | None = None, **values: Any) -> RuleSet:
    """Corrects a version that paid nobody yet; PayrollRefusedError once it did: a new version follows it."""
    actor.require("payroll:edit")
    row = find(RuleSet, rule_set_id)
    engagement = _locked(row.engagement_id)
    row = find(RuleSet, rule_set_id)
    last = last_paid(row)
    if last is not None:
        raise PayrollRefusedError(
            f"Version {row.version} has paid already, up to {dated(last)}. Add a new version from a later day."
        )
    wanted = {"starts_on": row.starts_on, "ends_on": row.ends_on} | values
    refuse_terms(engagement, wanted["starts_on"], wanted["ends_on"])
    refuse_policy(engagement, values.get("unsigned", row.unsigned), may_reduce=values.get("may_reduce", row.may_reduce))
    made = checked_rules(rules) if rules is not None else None
    _refuse_shared(row, wanted["starts_on"], wanted["ends_on"])
    with PayrollRefusedError.instead_of("rule_set_one_at_a_time", _SHARED, "starts_on"):
        save_changed("rule_set.changed", actor, row, values)
    if made is not None:
        _leave_open_runs(row, actor)
        PayRule.objects.filter(rule_set=row).delete()
        _save_rules(row, made, actor)
    reopen_computed(actor, "Pay rules were changed", clinician_id=engagement.clinician_id)
    return row


@transaction.atomic
def end_rule_set(*, actor: Actor, rule_set_id: int, ends_on: dt.date | None) -> RuleSet:
    """The last day of a version, or None for no end; PayrollRefusedError for a day before what it already paid."""
    actor.require("payroll:edit")
    row = find(RuleSet, rule_set_id)
    engagement = _locked(row.engagement_id)
    row = find(RuleSet, rule_set_id)
    refuse_terms(engagement, row.starts_on, ends_on)
    _refuse_shared(row, row.starts_on, ends_on)
    _end(row, ends_on, actor)
    reopen_computed(actor, "Pay rules were ended", clinician_id=engagement.clinician_id)
    return row


def last_paid(row: RuleSet) -> dt.date | None:
    """The latest day of service, or of work, that a version paid in a run that is not open any more."""
    lines = PayLine.objects.filter(rule__rule_set=row).exclude(run__status__in=_OPEN)
    days = [service_on or on for service_on, on in lines.values_list("service_on", "happened_on")]
    return max(days, default=None)


def _leave_open_runs(row: RuleSet, actor: Actor) -> None:
    """Open runs that used the version lose their lines and wait to be computed again."""
    using = PayLine.objects.filter(rule__rule_set=row).values("run_id")
    for run in PayRun.objects.select_for_update().filter(pk__in=using, status__in=_OPEN).order_by("pk"):
        clear(run)
        reopen(run, actor, "Pay rules were changed")


def _locked(engagement_id: int) -> Engagement:
    """The engagement, with its clinician's row locked after the schedules."""
    hold_payroll()
    engagement = find(Engagement, engagement_id)
    Clinician.objects.select_for_update(no_key=True).filter(pk=engagement.clinician_id).first()
    return Engagement.objects.select_related("clinician").get(pk=engagement.pk)


def _next_version(engagement: Engagement) -> int:
    newest = RuleSet.objects.filter(engagement=engagement).order_by("-version").values_list("version", flat=True)
    return (newest.first() or 0) + 1


def _make_room(row: RuleSet, actor: Actor, *, end_former: bool) -> None:
    for other in _clashes(row, row.starts_on, row.ends_on):
        if not (end_former and other.starts_on < row.starts_on):
            raise PayrollRefusedError(_both(other), "starts_on")
        _end(other, row.starts_on - _DAY, actor)


def _end(row: RuleSet, ends_on: dt.date | None, actor: Actor) -> None:
    last = last_paid(row)
    if last is not None and ends_on is not None and last > ends_on:
        raise PayrollRefusedError(
            f"Version {row.version} has paid already, up to {dated(last)}. It cannot end before that day.", "starts_on"
        )
    save_changed("rule_set.ended", actor, row, {"ends_on": ends_on})


def _refuse_shared(row: RuleSet, starts_on: dt.date, ends_on: dt.date | None) -> None:
    for other in _clashes(row, starts_on, ends_on):
        raise PayrollRefusedError(_both(other), "starts_on")


def _clashes(row: RuleSet, starts_on: dt.date, ends_on: dt.date | None) -> list[RuleSet]:
    others = RuleSet.objects.filter(engagement_id=row.engagement_id).exclude(pk=row.pk or 0)
    return list(sharing_a_day(others, starts_on, ends_on).order_by("starts_on"))


def _both(other: RuleSet) -> str:
    span = since(other.starts_on, other.ends_on)
    return f"Version {other.version} holds {span}. End it on the day before, or choose other days."


def _save_rules(row: RuleSet, made: Sequence[tuple[PayRule, frozenset[int]]], actor: Actor) -> None:
    for rule, _ in made:
        rule.rule_set = row
    saved = PayRule.objects.bulk_create([rule for rule, _ in made])
    clients = [RuleClient(rule=rule, client_id=pk) for rule, (_, ids) in zip(saved, made, strict=True) for pk in ids]
    known = {one.client_id for one in clients}
    if Client.objects.filter(pk__in=known).count() != len(known):
        raise PayrollRefusedError("One of the clients is not there any more. Choose again.", "client_ids")
    RuleClient.objects.bulk_create(clients)
    audit.record_many(
        audit.event("pay_rule.added", actor=actor, row=rule, after=audit.snapshot(rule)) for rule in saved
    )
