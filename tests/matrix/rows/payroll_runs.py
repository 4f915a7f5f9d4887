"""Pay runs on pages: the list, one run from open to locked, and who may do what with it."""

from __future__ import annotations

from typing import Any

from payroll.models import ManualLine, PayRun
from practice.models import Practice
from tests.matrix.row import Row
from tests.matrix.rows._facts import of, sends
from tests.matrix.world import World

SEES = "alice erin ivan"
RUNS = "alice"


def _schedule(world: World, practice: Practice) -> dict[str, Any]:
    return {"schedule": world.one(practice, "weekly_schedule").pk}


def _off_cycle(world: World, practice: Practice) -> dict[str, Any]:
    schedule = world.one(practice, "pay_schedule").pk
    return {"schedule_id": schedule, "through": "2026-11-16", "pay_on": "2026-11-20"}


def _bonus(world: World, practice: Practice) -> dict[str, Any]:
    person = world.one(practice, "clinician").pk
    return {"clinician_id": person, "kind": "bonus", "amount": "25.00", "reason": "Intake week"}


ROWS: list[Row] = [
    Row("payroll", SEES),
    Row("open_pay_run", RUNS, "POST", body=_schedule, changes=PayRun),
    Row("open_off_cycle_pay_run", RUNS),
    Row("open_off_cycle_pay_run", RUNS, "POST", body=_off_cycle, changes=PayRun),
    Row("pay_run", SEES, ids=of("pay_run")),
    Row("pay_run", SEES, ids=of("draft_run"), note="open"),
    Row("pay_run", SEES, ids=of("approved_run"), note="approved"),
    Row("pay_run", SEES, ids=of("exported_run"), note="exported"),
    Row("pay_run", SEES, ids=of("locked_run"), note="locked"),
    Row("pay_run_progress", SEES, ids=of("pay_run")),
    Row("compute_pay_run", RUNS, "POST", ids=of("draft_run"), changes=PayRun),
    Row("approve_pay_run", RUNS, "POST", ids=of("pay_run"), changes=PayRun),
    Row(
        "withdraw_pay_run_approval",
        RUNS,
        "POST",
        ids=of("approved_off_cycle_run"),
        body=sends(reason="A mistake"),
        changes=PayRun,
    ),
    Row("lock_pay_run", RUNS, "POST", ids=of("exported_run"), changes=PayRun),
    Row("discard_pay_run", RUNS, "POST", ids=of("draft_run"), changes=PayRun),
    Row("add_pay_line", RUNS, ids=of("pay_run")),
    Row("add_pay_line", RUNS, "POST", ids=of("pay_run"), body=_bonus, changes=ManualLine),
    Row("remove_pay_line", RUNS, "POST", ids=of("manual_line"), changes=ManualLine),
    Row("restore_pay_line", RUNS, "POST", ids=of("removed_manual_line"), changes=ManualLine),
]
