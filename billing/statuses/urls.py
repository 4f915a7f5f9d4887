"""Addresses of asking where claims stand, inside a practice."""

from __future__ import annotations

from django.urls import URLPattern, path

from billing.statuses import views

urlpatterns: list[URLPattern] = [
    path("claims/missing/", views.missing_claims, name="missing_claims"),
    path("claims/missing/work/", views.work_missing_claims, name="work_missing_claims"),
    path("claims/<int:pk>/ask/", views.ask_payer, name="ask_payer"),
    path("claims/<int:pk>/asked/", views.claim_asked, name="claim_asked"),
    path("claims/asked/<int:pk>/files/<str:kind>/", views.claim_status_file, name="claim_status_file"),
]
