"""Pages that belong to no single room."""

from __future__ import annotations

from django.urls import URLPattern, path

from desk.imports.urls import urlpatterns as imports
from desk.reports import views as reports
from desk.reports.aging import views as aging
from desk.reports.payers import views as payers
from desk.today import views as today

urlpatterns: list[URLPattern] = [
    path("", today.practice_start, name="practice_start"),
    path("today/authorizations/", today.today_authorizations, name="today_authorizations"),
    path("today/coverage/", today.today_coverage, name="today_coverage"),
    path("reports/", reports.reports, name="reports"),
    path("reports/file/", reports.export_report, name="export_report"),
    path("reports/rows/", reports.report_rows, name="report_rows"),
    path("reports/rows/file/", reports.export_report_rows, name="export_report_rows"),
    path("reports/aging/", aging.aging, name="aging"),
    path("reports/aging/file/", aging.export_aging, name="export_aging"),
    path("reports/aging/rows/", aging.aging_rows, name="aging_rows"),
    path("reports/aging/rows/file/", aging.export_aging_rows, name="export_aging_rows"),
    path("reports/payers/", payers.payer_figures, name="payer_figures"),
    path("reports/payers/claims/", payers.payer_claims, name="payer_claims"),
    *imports,
]
