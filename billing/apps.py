"""The billing app."""

from __future__ import annotations

from django.apps import AppConfig


class BillingConfig(AppConfig):
    name = "billing"

    def ready(self) -> None:
        from billing import places, today
        from billing.authorized import billed_units
        from billing.claims import leaving, searching, sending  # noqa: F401 - two register their due work
        from billing.clearinghouses import polling  # noqa: F401 - registers its due work
        from billing.connections import checking  # noqa: F401 - registers its due work
        from billing.day import running  # noqa: F401 - registers its due work
        from billing.inbound import reading  # noqa: F401 - registers its due work
        from billing.money import places as money_places
        from clients.authorizations import register_used_units

        places.register()
        today.register()
        searching.register()
        money_places.register()
        register_used_units(billed_units)
