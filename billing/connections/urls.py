"""Addresses of the connections, inside a practice."""

from __future__ import annotations

from django.urls import URLPattern, path

from billing.connections import views

urlpatterns: list[URLPattern] = [
    path("settings/connections/", views.connections, name="connections"),
    path("settings/connections/add/", views.add_connection, name="add_connection"),
    path("settings/connections/<int:pk>/", views.connection, name="connection"),
    path("settings/connections/<int:pk>/change/", views.change_connection, name="change_connection"),
    path("settings/connections/<int:pk>/check/", views.check_connection, name="check_connection"),
    path("settings/connections/<int:pk>/trust/", views.trust_key, name="trust_key"),
    path("settings/connections/<int:pk>/forget/", views.forget_key, name="forget_key"),
    path("settings/connections/<int:pk>/default/", views.send_through, name="send_through"),
    path("settings/connections/<int:pk>/deactivate/", views.deactivate_connection, name="deactivate_connection"),
    path("settings/connections/<int:pk>/activate/", views.activate_connection, name="activate_connection"),
]
