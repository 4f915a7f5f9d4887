"""Addresses of hours for pay."""

from __future__ import annotations

from django.urls import URLPattern, path

from payroll.hours.views import day, listing, week

urlpatterns: list[URLPattern] = [
    path("payroll/hours/", week.pay_hours, name="pay_hours"),
    path("payroll/hours/search/", week.search_pay_hours, name="search_pay_hours"),
    path("payroll/hours/save/", week.save_pay_hours, name="save_pay_hours"),
    path("payroll/hours/list/", listing.pay_hours_list, name="pay_hours_list"),
    path("payroll/hours/<int:pk>/<str:day>/", day.pay_hours_of, name="pay_hours_of"),
    path("payroll/hours/<int:pk>/<str:day>/add/", day.add_pay_hours, name="add_pay_hours"),
    path("payroll/hours/entries/<int:pk>/change/", day.change_pay_hours, name="change_pay_hours"),
    path("payroll/hours/entries/<int:pk>/correct/", day.correct_pay_hours, name="correct_pay_hours"),
    path("payroll/hours/entries/<int:pk>/remove/", day.remove_pay_hours, name="remove_pay_hours"),
    path("payroll/hours/entries/<int:pk>/restore/", day.restore_pay_hours, name="restore_pay_hours"),
]
