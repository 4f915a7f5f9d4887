"""Pages of the practice itself: members, set-up, payers."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
