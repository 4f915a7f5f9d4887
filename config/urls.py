"""Every address of the installation. What lies below `p/<slug>/` belongs to one practice."""

from __future__ import annotations

from django.urls import include, path

from desk.views.health import healthz
from desk.views.start import home

urlpatterns = [
    path("", home, name="home"),
    path("healthz", healthz, name="healthz"),
    path("account/", include("practice.accounts.urls")),
    path("account/", include("allauth.urls")),
    path("p/<slug:slug>/", include("desk.urls")),
    path("p/<slug:slug>/", include("practice.urls")),
]
