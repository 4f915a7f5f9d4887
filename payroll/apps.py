"""The payroll app."""

from __future__ import annotations

from django.apps import AppConfig


class PayrollConfig(AppConfig):
    name = "payroll"

    def ready(self) -> None:
        from payroll import places, waiting
        from payroll.explained import places as explained
        from payroll.services import work  # noqa: F401 - registers its due work

        explained.register()
        places.register()
        waiting.register()
