"""Addresses of pay schedules."""

from __future__ import annotations

from django.urls import URLPattern, path

from payroll.schedules import views

urlpatterns: list[URLPattern] = [
    path("payroll/schedules/", views.pay_schedules, name="pay_schedules"),
    path("payroll/schedules/new/", views.add_pay_schedule, name="add_pay_schedule"),
    path("payroll/schedules/draft/", views.choose_pay_schedule, name="choose_pay_schedule"),
    path("payroll/schedules/<int:pk>/end/", views.end_pay_schedule, name="end_pay_schedule"),
    path("payroll/schedules/<int:pk>/keep/", views.keep_pay_schedule, name="keep_pay_schedule"),
    path("payroll/schedules/<int:pk>/periods/", views.make_pay_periods, name="make_pay_periods"),
]
