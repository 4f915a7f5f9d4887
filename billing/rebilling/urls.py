"""Addresses of billing another payer after a refusal, inside a practice."""

from __future__ import annotations

from django.urls import URLPattern, path

from billing.rebilling import views

urlpatterns: list[URLPattern] = [
    path("claims/<int:pk>/instead/", views.bill_instead, name="bill_instead"),
    path("claims/instead/undo/", views.undo_instead, name="undo_instead"),
]
