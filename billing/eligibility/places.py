"""Where eligibility shows outside of its own pages: the navigation, coverage, readiness, Today and Settings."""

from __future__ import annotations

from billing.eligibility import asking, panels, readiness, today
from clients import panels as client_panels
from clients import told
from practice import navigation
from practice.navigation import Item
from practice.setup import further
from practice.setup.further import Further
from scheduling.readiness import register as register_check


def register() -> None:
    """Called once at start-up."""
    navigation.register(
        Item(
            "Eligibility", "shield-check", "eligibility", ("eligibility:view",), "v", "People", 2, waiting=today.waiting
        )
    )
    further.register(
        Further(
            "Eligibility",
            "Whether payers are asked by themselves who is covered, and by what",
            "eligibility_settings",
            "shield-check",
            ("practice:view",),
        )
    )
    told.register(asking.on_coverage)
    client_panels.register_of_coverages(panels.of_coverages)
    register_check(readiness.InactiveByPayer())
    today.register()
