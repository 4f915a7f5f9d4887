"""Addresses of the connections, inside a practice."""

from __future__ import annotations

from django.urls import URLPattern, path

from billing.connections import credential_views, sharing_views, views

urlpatterns: list[URLPattern] = [
    path("settings/connections/", views.connections, name="connections"),
    path("settings/connections/add/", views.add_connection, name="add_connection"),
    path("settings/connections/times/", views.sending_times, name="sending_times"),
    path("settings/connections/<int:pk>/", views.connection, name="connection"),
    path("settings/connections/<int:pk>/change/", views.change_connection, name="change_connection"),
    path("settings/connections/<int:pk>/check/", views.check_connection, name="check_connection"),
    path("settings/connections/<int:pk>/trust/", views.trust_key, name="trust_key"),
    path("settings/connections/<int:pk>/forget/", views.forget_key, name="forget_key"),
    path("settings/connections/<int:pk>/confirm/", views.confirm_layout, name="confirm_layout"),
    path("settings/connections/<int:pk>/doubt/", views.doubt_layout, name="doubt_layout"),
    path("settings/connections/<int:pk>/key/make/", credential_views.make_key, name="make_connection_key"),
    path("settings/connections/<int:pk>/key/paste/", credential_views.paste_key, name="paste_connection_key"),
    path("settings/connections/<int:pk>/key/drop/", credential_views.drop_key, name="drop_connection_key"),
    path("settings/connections/<int:pk>/late/<str:what>/", views.late_claims, name="late_claims"),
    path("settings/connections/<int:pk>/offer/", sharing_views.offer_connection, name="offer_connection"),
    path("settings/connections/<int:pk>/accept/", sharing_views.accept_connection, name="accept_connection"),
    path("settings/connections/<int:pk>/end/", sharing_views.end_through, name="end_through"),
    path("settings/connections/<int:pk>/files/", sharing_views.connection_files, name="connection_files"),
    path("settings/connections/<int:pk>/files/call/", sharing_views.call_for_batches, name="call_for_batches"),
    path("settings/connections/<int:pk>/unassigned/", sharing_views.unassigned_answers, name="unassigned_answers"),
    path("settings/connections/shares/<int:pk>/end/", sharing_views.end_share, name="end_share"),
    path("settings/connections/parts/<int:pk>/assign/", sharing_views.assign_answer, name="assign_answer"),
    path("settings/connections/parts/<int:pk>/aside/", sharing_views.set_unassigned_aside, name="set_unassigned_aside"),
    path(
        "settings/connections/parts/<int:pk>/back/", sharing_views.bring_unassigned_back, name="bring_unassigned_back"
    ),
    path("settings/connections/<int:pk>/default/", views.send_through, name="send_through"),
    path("settings/connections/<int:pk>/deactivate/", views.deactivate_connection, name="deactivate_connection"),
    path("settings/connections/<int:pk>/activate/", views.activate_connection, name="activate_connection"),
]
