"""Addresses of what is on hold, inside a practice."""

from __future__ import annotations

from django.urls import URLPattern, path

from billing.holds import views

urlpatterns: list[URLPattern] = [
    path("claims/holds/", views.holds, name="holds"),
    path("claims/holds/release/", views.release_holds, name="release_holds"),
    path("claims/holds/again/", views.hold_again, name="hold_again"),
    path("claims/holds/<int:pk>/release/", views.release_hold, name="release_hold"),
    path("claims/<int:pk>/hold/", views.hold_claim, name="hold_claim"),
    path("billing/sessions/<int:pk>/hold/", views.hold_session, name="hold_session"),
]
