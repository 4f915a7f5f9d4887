"""The rows, one module a room. A new address without a row fails the build."""

from __future__ import annotations

from tests.matrix.row import Row
from tests.matrix.rows import (
    api,
    billing,
    charting,
    claims,
    clients,
    clinicians,
    desk,
    imports,
    members,
    money,
    payroll_agreements,
    payroll_explained,
    payroll_providers,
    payroll_runs,
    practice,
    remittances,
    scheduling,
    setup,
)

ROWS: list[Row] = [
    *api.ROWS,
    *desk.ROWS,
    *imports.ROWS,
    *members.ROWS,
    *practice.ROWS,
    *setup.ROWS,
    *clinicians.ROWS,
    *clients.ROWS,
    *scheduling.ROWS,
    *charting.ROWS,
    *billing.ROWS,
    *money.ROWS,
    *claims.ROWS,
    *remittances.ROWS,
    *payroll_runs.ROWS,
    *payroll_explained.ROWS,
    *payroll_providers.ROWS,
    *payroll_agreements.ROWS,
]
