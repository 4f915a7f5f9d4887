"""The addresses of the API, version 1, as OpenAPI describes them."""

from __future__ import annotations

from django.urls import include, path

ROOMS = ("practice.api.resources", "clinicians.api", "clients.api", "scheduling.api", "billing.api", "payroll.api")

urlpatterns = [path("api/v1/p/<slug:slug>/", include([path("", include(room)) for room in ROOMS]))]
