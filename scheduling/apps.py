"""The scheduling app."""

from __future__ import annotations

from django.apps import AppConfig


class SchedulingConfig(AppConfig):
    name = "scheduling"

    def ready(self) -> None:
        from scheduling import extending, places, today  # noqa: F401 - extending registers its due work
        from scheduling.readiness.checks import register_all

        places.register()
        today.register()
        register_all()
