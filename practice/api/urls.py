"""Addresses of the pages about tokens."""

from __future__ import annotations

from django.urls import URLPattern, path

from practice.api import pages

urlpatterns: list[URLPattern] = [
    path("api-tokens/", pages.api_tokens, name="api_tokens"),
    path("api-tokens/new/", pages.make_api_token, name="make_api_token"),
    path("api-tokens/<int:pk>/revoke/", pages.revoke_api_token, name="revoke_api_token"),
]
