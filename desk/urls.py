"""Pages that belong to no single room."""

from __future__ import annotations

from django.urls import path

from desk.views import start

urlpatterns = [path("", start.practice_start, name="practice_start")]
