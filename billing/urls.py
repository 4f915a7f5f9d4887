"""Addresses of billing, inside a practice."""

from __future__ import annotations

from django.urls import URLPattern, path

from billing.day import acts, views
from billing.money.urls import urlpatterns as money

urlpatterns: list[URLPattern] = [
    path("billing/", views.billing_day, name="billing_day"),
    path("billing/open/", views.billing_open, name="billing_open"),
    path("billing/bill/", acts.bill, name="bill"),
    path("billing/times/", acts.use_scheduled_times, name="use_scheduled_times"),
    path("billing/runs/<int:pk>/progress/", views.billing_progress, name="billing_progress"),
    path("billing/runs/<int:pk>/stop/", acts.stop_billing, name="stop_billing"),
    path("billing/runs/<int:pk>/undo/", acts.undo_billing, name="undo_billing"),
    path("billing/sessions/<int:pk>/facts/", acts.save_billing_facts, name="save_billing_facts"),
    path("billing/sessions/<int:pk>/status/", acts.set_billing_status, name="set_billing_status"),
    path("billing/<str:day>/", views.billing_day_on, name="billing_day_on"),
    path("billing/<str:day>/add/", views.add_billed_session, name="add_billed_session"),
    *money,
]
