"""The address of the filing clock, inside a practice."""

from __future__ import annotations

from django.urls import URLPattern, path

from billing.unbilled import views

urlpatterns: list[URLPattern] = [path("claims/unbilled/", views.unbilled, name="unbilled")]
