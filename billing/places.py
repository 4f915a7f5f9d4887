"""Where billing shows outside of its own pages: the navigation and Settings."""

from __future__ import annotations

from django.db.models import Value
from django.db.models.expressions import Combinable

from billing.attesting.selectors import in_navigation as to_attest
from billing.claims.selectors.listing import in_navigation as claims_waiting
from billing.remittances.selectors.listing import in_navigation as remittances_waiting
from practice import navigation
from practice.actors import Actor
from practice.navigation import Item
from practice.setup import further
from practice.setup.further import Further


def _claims(actor: Actor) -> Combinable:
    return claims_waiting(actor) if actor.may("claims:edit") else Value(0)


def _remittances(actor: Actor) -> Combinable:
    return remittances_waiting(actor) if actor.may("remittances:edit") else Value(0)


def register() -> None:
    """Called once at start-up."""
    navigation.register(
        Item(
            "Attest sessions",
            "writing-sign",
            "attest_sessions",
            ("calendar:own",),
            "a",
            "",
            2,
            waiting=to_attest,
            tab="Attest",
        )
    )
    navigation.register(Item("Billing day", "calendar-check", "billing_day", ("billing:view",), "b", "", 2))
    navigation.register(Item("Claims", "file-invoice", "claims", ("claims:view",), "l", "", 3, waiting=_claims))
    navigation.register(
        Item(
            "Remittances",
            "receipt",
            "remittances",
            ("remittances:view",),
            "r",
            "",
            4,
            waiting=_remittances,
        )
    )
    further.register(
        Further(
            "Connections",
            "The clearinghouse through which claims leave and answers come back",
            "connections",
            "plug-connected",
            ("connections:view",),
            everywhere=True,
        )
    )
    further.register(
        Further(
            "Adjustment codes",
            "What is done with what payers take off, where you decide otherwise than the code table",
            "adjustment_codes",
            "receipt-off",
            ("remittances:view",),
        )
    )
