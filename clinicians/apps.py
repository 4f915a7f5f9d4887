"""The clinicians app."""

from __future__ import annotations

from django.apps import AppConfig


class CliniciansConfig(AppConfig):
    name = "clinicians"
