"""Addresses of what a person does about the next payer, inside a practice."""

from __future__ import annotations

from django.urls import URLPattern, path

from billing.secondary import views

urlpatterns: list[URLPattern] = [
    path("claims/<int:pk>/next/", views.bill_next_payer, name="bill_next_payer"),
    path("claims/<int:pk>/next/send/", views.send_passed_on, name="send_passed_on"),
    path("claims/<int:pk>/next/anew/", views.tell_anew, name="tell_anew"),
    path("claims/<int:pk>/next/client/", views.ask_client_instead, name="ask_client_instead"),
]
