"""Pay rules, schedules and hours: who is paid how, when, and for which hours."""

from __future__ import annotations

from typing import Any

from payroll.models import HoursEntry, PayPeriod, PaySchedule, RuleSet
from practice.models import Practice
from tests.matrix.row import Row
from tests.matrix.rows._facts import of, sends
from tests.matrix.world import World

SEES = "alice ivan"
CHANGES = "alice"
VERSION = {
    "starts_on": "2026-12-01",
    "end_former": "on",
    "takebacks": "absorbed",
    "unsigned": "flag",
    "row": "0",
    "r0-kind": "percent",
    "r0-rate": "64",
    "r0-priority": "0",
    "r0-applies_to": ["session", "add_on"],
}
SCHEDULE = {
    "frequency": "weekly",
    "payees": "employees",
    "starts_on": "2027-07-05",
    "pay_lag_days": "5",
    "shift": "preceding",
    "note_grace_days": "2",
    "workweek_starts": "6",
}


def _terms(world: World, practice: Practice) -> dict[str, Any]:
    return {"pk": world.one(practice, "rule_set").engagement_id}


def _day(world: World, practice: Practice) -> dict[str, Any]:
    return {"pk": world.one(practice, "clinician").pk, "day": "2026-11-16"}


def _cell(world: World, practice: Practice) -> dict[str, Any]:
    return {f"h-{world.one(practice, 'clinician').pk}-2026-11-16-notes": "2.5"}


_SEARCH = sends(q="Nguyen")
_HOURS = sends(kind="notes", hours="1:30", note="Charts")

ROWS: list[Row] = [
    Row("pay_rules", SEES),
    Row("search_pay_rules", SEES, "POST", body=_SEARCH),
    Row("pay_rules_of", SEES, ids=_terms),
    Row("add_pay_version", CHANGES, ids=_terms),
    Row("add_pay_version", CHANGES, "POST", ids=_terms, body=sends(**VERSION), changes=RuleSet),
    Row("choose_pay_rules", CHANGES, "POST", ids=_terms, body=sends(**VERSION)),
    Row("change_pay_version", CHANGES, ids=of("free_rule_set")),
    Row(
        "change_pay_version",
        CHANGES,
        "POST",
        ids=of("free_rule_set"),
        body=sends(**VERSION | {"takebacks": "shared"}),
        changes=RuleSet,
    ),
    Row("end_pay_version", CHANGES, "POST", ids=of("rule_set"), body=sends(ends_on="2026-12-31"), changes=RuleSet),
    Row("keep_pay_version", CHANGES, "POST", ids=of("free_rule_set"), changes=RuleSet),
    Row("pay_schedules", SEES),
    Row("add_pay_schedule", CHANGES),
    Row("add_pay_schedule", CHANGES, "POST", body=sends(**SCHEDULE), changes=PaySchedule),
    Row("choose_pay_schedule", CHANGES, "POST", body=sends(**SCHEDULE)),
    Row(
        "end_pay_schedule", CHANGES, "POST", ids=of("pay_schedule"), body=sends(ends_on="2026-11-30"), changes=PayPeriod
    ),
    Row("keep_pay_schedule", CHANGES, "POST", ids=of("ended_schedule"), changes=PaySchedule),
    Row("make_pay_periods", CHANGES, "POST", ids=of("short_schedule"), changes=PayPeriod),
    Row("pay_hours", SEES),
    Row("search_pay_hours", SEES, "POST", body=_SEARCH),
    Row("save_pay_hours", CHANGES, "POST", body=_cell, changes=HoursEntry),
    Row("pay_hours_list", SEES),
    Row("pay_hours_of", SEES, ids=_day),
    Row("add_pay_hours", CHANGES, "POST", ids=_day, body=_HOURS, changes=HoursEntry),
    Row("change_pay_hours", CHANGES, "POST", ids=of("hours_entry"), body=_HOURS, changes=HoursEntry),
    Row(
        "correct_pay_hours",
        CHANGES,
        "POST",
        ids=of("paid_hours_entry"),
        body=sends(to="1", note=""),
        changes=HoursEntry,
    ),
    Row("remove_pay_hours", CHANGES, "POST", ids=of("hours_entry"), changes=HoursEntry),
    Row("restore_pay_hours", CHANGES, "POST", ids=of("removed_hours"), changes=HoursEntry),
]
