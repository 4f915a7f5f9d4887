"""Addresses of deposits, inside a practice."""

from __future__ import annotations

from django.urls import URLPattern, path

from billing.deposits import views

urlpatterns: list[URLPattern] = [
    path("remittances/deposits/", views.deposits, name="deposits"),
    path("remittances/deposits/compare/", views.choose_deposits, name="choose_deposits"),
    path("remittances/deposits/mark/", views.mark_deposits, name="mark_deposits"),
]
