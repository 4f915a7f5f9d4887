"""Addresses of claims of a former system, inside a practice."""

from __future__ import annotations

from django.urls import URLPattern, path

from billing.legacy import views

urlpatterns: list[URLPattern] = [
    path("remittances/claims/<int:pk>/legacy/", views.make_legacy_claim, name="make_legacy_claim"),
    path("remittances/legacy/<int:pk>/undo/", views.undo_legacy_claim, name="undo_legacy_claim"),
]
