"""Addresses of payroll providers: set-up, numbers and files."""

from __future__ import annotations

from django.urls import URLPattern, path

from payroll.providers.views import files, setup

urlpatterns: list[URLPattern] = [
    path("payroll/providers/", setup.payroll_providers, name="payroll_providers"),
    path("payroll/providers/<str:target>/", setup.payroll_provider, name="payroll_provider"),
    path("payroll/providers/<str:target>/set-up/", setup.set_up_payroll_provider, name="set_up_payroll_provider"),
    path("payroll/providers/<str:target>/people/<int:clinician_id>/", setup.save_payee, name="save_payee"),
    path("payroll/runs/<int:pk>/files/<str:target>/", files.make_pay_file, name="make_pay_file"),
    path("payroll/runs/<int:pk>/files/<str:target>/rows/", files.pay_file_rows, name="pay_file_rows"),
    path("payroll/files/<int:pk>/", files.pay_file, name="pay_file"),
]
