"""Pages that belong to no single room."""

from __future__ import annotations

from tests.matrix.row import EVERYONE, Row

REPORTS = "alice bob ivan"
FILES = "alice bob"
RECORDS = "alice bob frank"

ROWS = [
    Row("practice_start", EVERYONE),
    Row("today_authorizations", RECORDS),
    Row("today_coverage", RECORDS),
    Row("reports", REPORTS),
    Row("report_rows", REPORTS),
    Row("export_report", FILES),
    Row("export_report_rows", FILES),
    Row("aging", REPORTS),
    Row("aging_rows", REPORTS),
    Row("export_aging", FILES),
    Row("export_aging_rows", FILES),
    Row("payer_figures", REPORTS),
    Row("payer_claims", REPORTS),
]
