"""Addresses of explained pay."""

from __future__ import annotations

from django.urls import URLPattern, path

from payroll.explained.views import documents, own, person

_PERSON = "payroll/runs/<int:pk>/people/<int:clinician_id>/"

urlpatterns: list[URLPattern] = [
    path("my-pay/", own.my_pay, name="my_pay"),
    path("my-pay/<int:pk>/", own.my_pay_run, name="my_pay_run"),
    path("my-pay/<int:pk>/search/", own.search_my_pay, name="search_my_pay"),
    path("my-pay/<int:pk>/statement/", documents.my_pay_statement, name="my_pay_statement"),
    path(_PERSON, person.pay_of_person, name="pay_of_person"),
    path(f"{_PERSON}search/", person.search_pay_of_person, name="search_pay_of_person"),
    path(f"{_PERSON}statement/", documents.pay_statement, name="pay_statement"),
    path("payroll/runs/<int:pk>/statements/", documents.pay_statements, name="pay_statements"),
]
