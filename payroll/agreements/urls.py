"""Addresses of pay rules."""

from __future__ import annotations

from django.urls import URLPattern, path

from payroll.agreements.views import editing, listing

urlpatterns: list[URLPattern] = [
    path("payroll/rules/", listing.pay_rules, name="pay_rules"),
    path("payroll/rules/search/", listing.search_pay_rules, name="search_pay_rules"),
    path("payroll/rules/<int:pk>/", listing.pay_rules_of, name="pay_rules_of"),
    path("payroll/rules/<int:pk>/new/", editing.add_pay_version, name="add_pay_version"),
    path("payroll/rules/<int:pk>/draft/", editing.choose_pay_rules, name="choose_pay_rules"),
    path("payroll/rules/versions/<int:pk>/", editing.change_pay_version, name="change_pay_version"),
    path("payroll/rules/versions/<int:pk>/end/", listing.end_pay_version, name="end_pay_version"),
    path("payroll/rules/versions/<int:pk>/keep/", listing.keep_pay_version, name="keep_pay_version"),
]
