"""The billing day: who sees it, who bills, who puts rows right."""

from __future__ import annotations

from typing import Any

from billing.models import BillingRun
from practice.models import Practice
from scheduling.models import Attendance
from tests.matrix.row import Facts, Row
from tests.matrix.world import World
from tests.matrix.worlds.scheduling import DAY

SEES = "alice bob ivan"
BILLS = "alice bob"
AT = {"at": DAY.isoformat()}


def nothing(world: World, practice: Practice) -> dict[str, Any]:
    """No object: a day of the calendar is in every practice."""
    return {"day": DAY.isoformat()}


def _of(name: str) -> Facts:
    return lambda world, practice: {"pk": world.one(practice, name).pk}


def _chosen(world: World, practice: Practice) -> dict[str, Any]:
    return AT | {"attendance": [world.one(practice, "attendance").pk], "attested": "yes"}


def _place(world: World, practice: Practice) -> dict[str, Any]:
    return AT | {"field": "place_of_service", "value": "12"}


def _no_show(world: World, practice: Practice) -> dict[str, Any]:
    return AT | {"value": "no_show"}


def _session(world: World, practice: Practice) -> dict[str, Any]:
    return {
        "client": world.one(practice, "client").pk,
        "clinician": world.one(practice, "clinician").pk,
        "service": world.one(practice, "service_90834").pk,
        "time": "16:00",
        "minutes": "45",
    }


ROWS: list[Row] = [
    Row("billing_day", SEES),
    Row("billing_open", SEES),
    Row("billing_day_on", SEES, ids=nothing),
    Row("billing_progress", SEES, ids=_of("waiting_run")),
    Row("bill", BILLS, "POST", body=_chosen, changes=BillingRun),
    Row("use_scheduled_times", BILLS, "POST", body=_chosen, changes=Attendance),
    Row("stop_billing", BILLS, "POST", ids=_of("waiting_run"), changes=BillingRun),
    Row("undo_billing", BILLS, "POST", ids=_of("done_run"), changes=BillingRun),
    Row("save_billing_facts", BILLS, "POST", ids=_of("attendance"), body=_place, changes=Attendance),
    Row("set_billing_status", BILLS, "POST", ids=_of("attendance"), body=_no_show, changes=Attendance),
    Row("add_billed_session", "alice", ids=nothing),
    Row("add_billed_session", "alice", "POST", ids=nothing, body=_session, changes=Attendance),
]
