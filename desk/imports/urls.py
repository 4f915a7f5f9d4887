"""Addresses of imports, inside a practice."""

from __future__ import annotations

from django.urls import URLPattern, path

from desk.imports import views

urlpatterns: list[URLPattern] = [
    path("settings/imports/", views.imports, name="imports"),
    path("settings/imports/templates/<slug:name>.csv", views.import_template, name="import_template"),
    path("settings/imports/<int:pk>/", views.import_run, name="import_run"),
    path("settings/imports/<int:pk>/columns/", views.import_columns, name="import_columns"),
    path("settings/imports/<int:pk>/start/", views.start_import, name="start_import"),
    path("settings/imports/<int:pk>/progress/", views.import_progress, name="import_progress"),
    path("settings/imports/<int:pk>/undo/", views.undo_import, name="undo_import"),
    path("settings/imports/<int:pk>/discard/", views.discard_import, name="discard_import"),
]
