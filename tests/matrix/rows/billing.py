"""The billing day: who sees it, who bills, who puts rows right."""

from __future__ import annotations

from typing import Any

from billing.models import BillingRun
from practice.models import Practice
from scheduling.models import Attendance, AttendanceAddOn, FindingOverride
from tests.matrix.row import Facts, Row
from tests.matrix.world import World
from tests.matrix.worlds.scheduling import DAY

SEES = "alice bob ivan"
BILLS = "alice bob"
ATTESTS = "alice charlie dana grace"
AT = {"at": DAY.isoformat()}


def _day(world: World, practice: Practice) -> dict[str, Any]:
    """A day of the calendar, which is in every practice."""
    return {"day": DAY.isoformat()}


def _of(name: str) -> Facts:
    return lambda world, practice: {"pk": world.one(practice, name).pk}


def _chosen(world: World, practice: Practice) -> dict[str, Any]:
    return AT | {"attendance": [world.one(practice, "attendance").pk], "attested": "yes"}


def _at(world: World, practice: Practice) -> dict[str, Any]:
    return AT


def _place(world: World, practice: Practice) -> dict[str, Any]:
    return AT | {"field": "place_of_service", "value": "12"}


def _no_show(world: World, practice: Practice) -> dict[str, Any]:
    return AT | {"value": "no_show"}


def _own(world: World, practice: Practice) -> dict[str, Any]:
    return {"attendance": [world.one(practice, "warned_attendance").pk]}


def _add_on(world: World, practice: Practice) -> dict[str, Any]:
    return AT | {"value": str(world.one(practice, "service_90785").pk)}


def _new_add_on(world: World, practice: Practice) -> dict[str, Any]:
    return AT | {"service": world.one(practice, "service_90785").pk, "units": "2"}


def _decision(world: World, practice: Practice) -> dict[str, Any]:
    return AT | {"code": "times_too_short", "reason": "Agreed with the client."}


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
    Row("billing_day_on", SEES, ids=_day, anywhere=True),
    Row("billing_progress", SEES, ids=_of("waiting_run")),
    Row("bill", BILLS, "POST", body=_chosen, changes=BillingRun),
    Row("use_scheduled_times", BILLS, "POST", body=_chosen, changes=Attendance),
    Row("stop_billing", BILLS, "POST", ids=_of("waiting_run"), changes=BillingRun),
    Row("undo_billing", BILLS, "POST", ids=_of("done_run"), changes=BillingRun),
    Row("undo_billed_session", BILLS, "POST", ids=_of("billed_attendance"), body=_at, changes=Attendance),
    Row("save_billing_facts", BILLS, "POST", ids=_of("attendance"), body=_place, changes=Attendance),
    Row("set_billing_status", BILLS, "POST", ids=_of("attendance"), body=_no_show, changes=Attendance),
    Row("add_billed_session", BILLS, ids=_day, anywhere=True),
    Row("add_billed_session", BILLS, "POST", ids=_day, body=_session, changes=Attendance, anywhere=True),
    Row("save_add_on", BILLS, "POST", ids=_of("warned_attendance"), body=_new_add_on, changes=AttendanceAddOn),
    Row("remove_add_on", BILLS, "POST", ids=_of("warned_attendance"), body=_add_on, changes=AttendanceAddOn),
    Row("override_finding", BILLS, "POST", ids=_of("warned_attendance"), body=_decision, changes=FindingOverride),
    Row("reopen_finding", BILLS, "POST", ids=_of("decided_attendance"), body=_decision, changes=FindingOverride),
    Row("attest_sessions", ATTESTS),
    Row("attest_sessions", "charlie", "POST", body=_own, changes=Attendance, hidden="alice dana grace"),
    Row(
        "save_attested_facts",
        "charlie",
        "POST",
        ids=_of("warned_attendance"),
        body=_place,
        changes=Attendance,
        hidden="alice dana grace",
    ),
    Row(
        "take_back_attestation",
        "charlie",
        "POST",
        ids=_of("attestation"),
        changes=Attendance,
        hidden="alice dana grace",
    ),
]
