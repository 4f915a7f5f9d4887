"""The desk app."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "desk"

    def ready(self) -> None:
        from desk import places
        from desk.imports import running, undoing  # noqa: F401 - register their due work
        from practice.setup import further
        from practice.setup.further import Further

        places.register()
        further.register(
            Further(
                "Bring over your data",
                "Clinicians, clients, sessions and balances from files",
                "imports",
                "file-import",
                ("imports:edit",),
            )
        )
