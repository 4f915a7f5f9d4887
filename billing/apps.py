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
        from billing.connections import checking as connection_checking  # noqa: F401 - registers its due work
        from billing.connections import sharing
        from billing.day import running  # noqa: F401 - registers its due work
        from billing.eligibility import checking, sweeping  # noqa: F401 - register their due work
        from billing.eligibility import places as eligibility_places
        from billing.fixes import fixed_from
        from billing.holds import releasing  # noqa: F401 - registers its due work
        from billing.holds.readiness import OnHold
        from billing.inbound import reading  # noqa: F401 - registers its due work
        from billing.inquiries import taking  # noqa: F401 - registers its due work
        from billing.money import places as money_places
        from billing.secondary.making import look_again
        from billing.statuses import checking as status_checking  # noqa: F401 - registers its due work
        from billing.statuses import sweeping as status_sweeping  # noqa: F401 - registers its due work
        from billing.takebacks import today as takebacks_today
        from clients import told
        from clients.authorizations import register_used_units
        from practice.setup import told as numbers_told
        from scheduling import readiness

        fixed_from.register()
        places.register()
        today.register()
        takebacks_today.register()
        searching.register()
        money_places.register()
        eligibility_places.register()
        register_used_units(billed_units)
        told.register(look_again)
        numbers_told.register(sharing.numbers_changed)
        readiness.register(OnHold())
