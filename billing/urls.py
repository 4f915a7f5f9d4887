"""Addresses of billing, inside a practice."""

from __future__ import annotations

from django.urls import URLPattern, path

from billing.attesting import views as attesting
from billing.claims.urls import urlpatterns as claims
from billing.connections.urls import urlpatterns as connections
from billing.day import acts, row_acts, views
from billing.deposits.urls import urlpatterns as deposits
from billing.eligibility.urls import urlpatterns as eligibility
from billing.holds.urls import urlpatterns as holds
from billing.inbound.urls import urlpatterns as answers
from billing.legacy.urls import urlpatterns as legacy
from billing.money.urls import urlpatterns as money
from billing.paper.urls import urlpatterns as paper
from billing.rebilling.urls import urlpatterns as rebilling
from billing.rejections.urls import urlpatterns as rejections
from billing.remittances.urls import urlpatterns as remittances
from billing.secondary.urls import urlpatterns as secondary
from billing.statuses.urls import urlpatterns as statuses
from billing.takebacks.urls import urlpatterns as takebacks
from billing.unbilled.urls import urlpatterns as unbilled

urlpatterns: list[URLPattern] = [
    path("billing/", views.billing_day, name="billing_day"),
    path("billing/open/", views.billing_open, name="billing_open"),
    path("billing/bill/", acts.bill, name="bill"),
    path("billing/times/", acts.use_scheduled_times, name="use_scheduled_times"),
    path("billing/runs/<int:pk>/progress/", views.billing_progress, name="billing_progress"),
    path("billing/runs/<int:pk>/stop/", acts.stop_billing, name="stop_billing"),
    path("billing/runs/<int:pk>/undo/", acts.undo_billing, name="undo_billing"),
    path("billing/sessions/<int:pk>/undo/", acts.undo_billed_session, name="undo_billed_session"),
    path("billing/sessions/<int:pk>/facts/", acts.save_billing_facts, name="save_billing_facts"),
    path("billing/sessions/<int:pk>/status/", acts.set_billing_status, name="set_billing_status"),
    path("billing/sessions/<int:pk>/add-ons/", row_acts.save_add_on, name="save_add_on"),
    path("billing/sessions/<int:pk>/add-ons/remove/", row_acts.remove_add_on, name="remove_add_on"),
    path("billing/sessions/<int:pk>/override/", row_acts.override_finding, name="override_finding"),
    path("billing/sessions/<int:pk>/override/reopen/", row_acts.reopen_finding, name="reopen_finding"),
    path("attest/", attesting.attest_sessions, name="attest_sessions"),
    path("attest/<int:pk>/facts/", attesting.save_attested_facts, name="save_attested_facts"),
    path("attest/<int:pk>/undo/", attesting.take_back_attestation, name="take_back_attestation"),
    path("billing/<str:day>/", views.billing_day_on, name="billing_day_on"),
    path("billing/<str:day>/add/", views.add_billed_session, name="add_billed_session"),
    *claims,
    *rebilling,
    *secondary,
    *connections,
    *holds,
    *rejections,
    *unbilled,
    *eligibility,
    *statuses,
    *money,
    *answers,
    *remittances,
    *takebacks,
    *legacy,
    *paper,
    *deposits,
]
