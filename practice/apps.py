"""The practice app: users, tenants and the kernel."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PracticeConfig(AppConfig):
    name = "practice"

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added

        from practice import checks, second_factor  # noqa: F401
        from practice.tenancy import deletion

        deletion.install()
        post_migrate.connect(_grant, sender=self, dispatch_uid="practice.grants")
        authenticator_added.connect(second_factor.remember_added, dispatch_uid="practice.second_factor")


def _grant(using: str = "owner", **_: Any) -> None:
    """Grants on shared tables; the last app to migrate may come later, so every migrate repeats it."""
    from practice.tenancy import shared

    if using == "owner":
        shared.grant_all(using)
