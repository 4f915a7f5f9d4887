"""Payroll providers on pages: how the practice is set up there, under which numbers, and the files of a run."""

from __future__ import annotations

from typing import Any

from payroll.models import ExportFile, PayeeMapping, ProviderSetup
from practice.models import Practice
from tests.matrix.row import Row
from tests.matrix.rows._facts import of, sends
from tests.matrix.world import World

SEES = "alice erin ivan"
MAKES = "alice erin"
EDITS = "alice"


def _somebody(world: World, practice: Practice) -> dict[str, Any]:
    return {"target": "gusto", "clinician_id": world.one(practice, "clinician").pk}


def _file_of(world: World, practice: Practice) -> dict[str, Any]:
    return {"pk": world.one(practice, "approved_run").pk, "target": "generic"}


ROWS: list[Row] = [
    Row("payroll_providers", SEES),
    Row("payroll_provider", SEES, ids=sends(target="gusto"), anywhere=True),
    Row(
        "set_up_payroll_provider",
        EDITS,
        "POST",
        ids=sends(target="adp_run"),
        body=sends(company="R1ABC", salaries="file", code_salary="SAL"),
        changes=ProviderSetup,
        anywhere=True,
    ),
    Row("save_payee", EDITS, "POST", ids=_somebody, body=sends(external_id="a41Rzx"), changes=PayeeMapping),
    Row("make_pay_file", MAKES, "POST", ids=_file_of, changes=ExportFile),
    Row("pay_file_rows", SEES, ids=_file_of),
    Row("pay_file", SEES, ids=of("pay_file")),
]
