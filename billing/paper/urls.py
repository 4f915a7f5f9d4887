"""Addresses of remittances on paper, inside a practice."""

from __future__ import annotations

from django.urls import URLPattern, path

from billing.paper import views

urlpatterns: list[URLPattern] = [
    path("remittances/paper/", views.paper_remittances, name="paper_remittances"),
    path("remittances/paper/start/", views.start_paper_remittance, name="start_paper_remittance"),
    path("remittances/paper/<int:pk>/", views.paper_remittance, name="paper_remittance"),
    path("remittances/paper/<int:pk>/save/", views.save_paper_remittance, name="save_paper_remittance"),
    path("remittances/paper/<int:pk>/add/", views.add_paper_claim, name="add_paper_claim"),
    path("remittances/paper/<int:pk>/remove/", views.remove_paper_claim, name="remove_paper_claim"),
    path("remittances/paper/<int:pk>/search/", views.search_paper_claims, name="search_paper_claims"),
    path("remittances/paper/<int:pk>/scan/", views.attach_paper_scan, name="attach_paper_scan"),
    path("remittances/paper/<int:pk>/discard/", views.discard_paper_remittance, name="discard_paper_remittance"),
    path("remittances/paper/<int:pk>/finish/", views.finish_paper_remittance, name="finish_paper_remittance"),
]
