"""The API: the same people as the pages of the same rows, and tokens by which programs ask."""

from __future__ import annotations

from payroll.models import ExportFile
from practice.models import ApiToken
from tests.matrix.row import EVERYONE, Row
from tests.matrix.rows._facts import of, sends

TOKENS = "alice bob erin"
CLINICIANS = "alice charlie dana grace"
PAY = f"{CLINICIANS} erin ivan"
RUN = of("pay_run")
NEW = {"name": "Bookkeeping", "permissions": ["payroll:totals"], "expires_on": "2026-12-31"}

ROWS: list[Row] = [
    Row("api_me", EVERYONE),
    Row("api_schema", EVERYONE),
    Row("api_clinicians", f"{CLINICIANS} bob ivan"),
    Row("api_clients", f"{CLINICIANS} bob frank ivan"),
    Row("api_sessions", f"{CLINICIANS} bob frank ivan"),
    Row("api_claims", "alice bob ivan"),
    Row("api_remittances", "alice bob ivan"),
    Row("api_charges", "alice bob ivan"),
    Row("api_pay_runs", PAY),
    Row("api_pay_run_totals", "alice charlie erin ivan", ids=RUN, hidden="dana grace"),
    Row("api_pay_run_lines", "alice charlie ivan", ids=RUN, hidden="dana grace"),
    Row("api_pay_run_files", "alice erin ivan", ids=RUN),
    Row("api_pay_run_files", "alice erin", "POST", of("approved_run"), sends(target="generic"), ExportFile),
    Row("api_pay_file", "alice erin ivan", ids=of("pay_file")),
    Row("api_tokens", TOKENS),
    Row("make_api_token", TOKENS),
    Row("make_api_token", "alice erin", "POST", body=sends(**NEW), changes=ApiToken, unfit="bob"),
    Row("revoke_api_token", "alice bob", "POST", of("api_token"), changes=ApiToken, hidden="erin"),
]
