"""The billing app."""

from __future__ import annotations

from django.apps import AppConfig


class BillingConfig(AppConfig):
    name = "billing"

    def ready(self) -> None:
        from billing.day import running  # noqa: F401 - registers its due work
        from billing.money import places
        from practice import navigation
        from practice.navigation import Item

        navigation.register(Item("Billing day", "calendar-check", "billing_day", ("billing:view",), "b", "", 2))
        places.register()
