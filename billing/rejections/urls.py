"""Addresses of the worklist of claims that came back, inside a practice."""

from __future__ import annotations

from django.urls import URLPattern, path

from billing.rejections import views

urlpatterns: list[URLPattern] = [
    path("claims/rejected/", views.rejections, name="rejections"),
    path("claims/rejected/search/", views.search_rejections, name="search_rejections"),
    path("claims/rejected/work/", views.work_rejections, name="work_rejections"),
    path("claims/rejected/undo/", views.take_up_again, name="take_up_again"),
]
