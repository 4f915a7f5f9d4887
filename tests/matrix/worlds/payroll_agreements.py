"""What the pages of rules, schedules and hours act on: rules that paid nobody, schedules with ends, removed hours."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from clinicians.models import Engagement
from payroll import services
from payroll.models import HoursEntry, PayPeriod, PayRule, RuleSet
from practice import clock
from practice.actors import Actor
from practice.models import Practice
from practice.records import remove
from tests.matrix.world import World, builds


@builds
def agreements(world: World, practice: Practice) -> dict[str, Any]:
    """Everybody's schedule ends with the year; from then on employees and contractors have their own."""
    objects, actor = world.objects[practice.pk], Actor.system(practice.pk)
    services.end_schedule(actor=actor, schedule_id=objects["pay_schedule"].pk, ends_on=dt.date(2026, 12, 31))
    facts: dict[str, Any] = {"frequency": "monthly", "starts_on": dt.date(2027, 1, 1)}
    ended = services.add_schedule(actor=actor, name="Employees", payees="employees", **facts)
    services.end_schedule(actor=actor, schedule_id=ended.pk, ends_on=dt.date(2027, 6, 30))
    short = services.add_schedule(actor=actor, name="Contractors", payees="contractors", **facts)
    PayPeriod.objects.filter(schedule=short, starts_on__gt=dt.date(2027, 2, 1)).delete()
    return {
        "ended_schedule": ended,
        "short_schedule": short,
        "free_rule_set": _free(objects["supervisor"].engagements.get()),
        "removed_hours": _removed(actor, objects["clinician"]),
    }


def _free(engagement: Engagement) -> RuleSet:
    """A version to come, made without the services: they would open the computed run."""
    row = RuleSet.objects.create(
        engagement=engagement,
        version=1,
        starts_on=dt.date(2026, 12, 1),
        ends_on=dt.date(2027, 11, 30),
        takebacks="absorbed",
        unsigned="flag",
        made_at=clock.now(),
        made_by_name="Alice Moreau",
    )
    PayRule.objects.create(rule_set=row, name="All services", method="percent", rate=Decimal("0.64"))
    return row


def _removed(actor: Actor, clinician: Any) -> HoursEntry:
    row = HoursEntry.objects.create(
        clinician=clinician, worked_on=dt.date(2026, 11, 12), kind="notes", hours=Decimal("2.00"), made_at=clock.now()
    )
    kept = HoursEntry(pk=row.pk, clinician=clinician)
    remove("hours.removed", actor, row)
    return kept
