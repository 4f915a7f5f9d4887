"""Addresses of eligibility, inside a practice."""

from __future__ import annotations

from django.urls import URLPattern, path

from billing.eligibility import acts, views

urlpatterns: list[URLPattern] = [
    path("eligibility/", views.eligibility, name="eligibility"),
    path("eligibility/search/", views.search_eligibility, name="search_eligibility"),
    path("eligibility/verify/", views.verify_many, name="verify_many"),
    path("eligibility/asked/<uuid:together>/", views.eligibility_progress, name="eligibility_progress"),
    path("eligibility/undo/", acts.undo_use, name="undo_use"),
    path("eligibility/<int:pk>/", views.eligibility_check, name="eligibility_check"),
    path("eligibility/<int:pk>/files/<str:kind>/", views.eligibility_file, name="eligibility_file"),
    path("eligibility/<int:pk>/look/", acts.look_at_check, name="look_at_check"),
    path("eligibility/<int:pk>/look/undo/", acts.look_again_at_check, name="look_again_at_check"),
    path("eligibility/<int:pk>/set-aside/", acts.set_check_aside, name="set_check_aside"),
    path("eligibility/<int:pk>/set-aside/undo/", acts.count_check_again, name="count_check_again"),
    path("eligibility/<int:pk>/copay/", acts.use_copay, name="use_copay"),
    path("eligibility/<int:pk>/payer/", acts.use_payer, name="use_payer"),
    path("coverages/<int:pk>/verify/", views.verify_coverage, name="verify_coverage"),
    path("coverages/<int:pk>/eligibility/", views.coverage_eligibility, name="coverage_eligibility"),
    path("settings/eligibility/", views.eligibility_settings, name="eligibility_settings"),
]
