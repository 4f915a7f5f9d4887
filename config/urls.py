"""Every address of the installation. What lies below `p/<slug>/` belongs to one practice."""

from __future__ import annotations

from django.urls import include, path

from desk.views.health import healthz
from desk.views.start import home, practices
from practice.accounts.views.founding import new_practice
from practice.accounts.views.mailbox import letter, mailbox

handler429 = "practice.accounts.views.limits.too_many"

urlpatterns = [
    path("", home, name="home"),
    path("healthz", healthz, name="healthz"),
    path("practices/", practices, name="practices"),
    path("practices/new/", new_practice, name="found_practice"),
    path("demo/mailbox/", mailbox, name="demo_mailbox"),
    path("demo/mailbox/<int:pk>/", letter, name="demo_letter"),
    path("account/", include("practice.accounts.urls")),
    path("account/", include("allauth.urls")),
    path("", include("config.api_urls")),
    path("p/<slug:slug>/", include("desk.urls")),
    path("p/<slug:slug>/", include("practice.urls")),
    path("p/<slug:slug>/", include("clinicians.urls")),
    path("p/<slug:slug>/", include("scheduling.urls")),
    path("p/<slug:slug>/", include("charting.urls")),
    path("p/<slug:slug>/", include("clients.urls")),
    path("p/<slug:slug>/", include("billing.urls")),
    path("p/<slug:slug>/", include("payroll.urls")),
]
