"""Addresses of eligibility, inside a practice."""

from __future__ import annotations

from django.urls import URLPattern, path

from billing.eligibility import views

urlpatterns: list[URLPattern] = [
    path("eligibility/", views.eligibility, name="eligibility"),
    path("eligibility/verify/", views.verify_many, name="verify_many"),
    path("eligibility/asked/<uuid:together>/", views.eligibility_progress, name="eligibility_progress"),
    path("eligibility/<int:pk>/", views.eligibility_check, name="eligibility_check"),
    path("eligibility/<int:pk>/files/<str:kind>/", views.eligibility_file, name="eligibility_file"),
    path("eligibility/<int:pk>/look/", views.look_at_check, name="look_at_check"),
    path("eligibility/<int:pk>/look/undo/", views.look_again_at_check, name="look_again_at_check"),
    path("eligibility/<int:pk>/set-aside/", views.set_check_aside, name="set_check_aside"),
    path("eligibility/<int:pk>/set-aside/undo/", views.count_check_again, name="count_check_again"),
    path("eligibility/<int:pk>/copay/", views.use_copay, name="use_copay"),
    path("eligibility/<int:pk>/payer/", views.use_payer, name="use_payer"),
    path("coverages/<int:pk>/verify/", views.verify_coverage, name="verify_coverage"),
    path("coverages/<int:pk>/eligibility/", views.coverage_eligibility, name="coverage_eligibility"),
    path("settings/eligibility/", views.eligibility_settings, name="eligibility_settings"),
]
