"""Pages that belong to no single room."""

from __future__ import annotations

from django.urls import URLPattern, path

from desk.imports.urls import urlpatterns as imports
from desk.reports import views as reports
from desk.today import views as today

urlpatterns: list[URLPattern] = [
    path("", today.practice_start, name="practice_start"),
    path("today/authorizations/", today.today_authorizations, name="today_authorizations"),
    path("today/coverage/", today.today_coverage, name="today_coverage"),
    path("reports/", reports.reports, name="reports"),
    path("reports/file/", reports.export_report, name="export_report"),
    path("reports/rows/", reports.report_rows, name="report_rows"),
    path("reports/rows/file/", reports.export_report_rows, name="export_report_rows"),
    *imports,
]
