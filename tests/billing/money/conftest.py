"""A self-paying client with two charges, and one of an insurer's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from billing.models import Charge
from clients.models import Client
from practice.actors import Actor
from practice.models import Practice, PracticePayer
from tests.billing.money.making import make_charge, make_client, make_clinician
from tests.people import Cast

TODAY = dt.date(2026, 11, 17)


@dataclass(frozen=True)
class Books:
    """Maya owes $150.00 of Nov 2 and $100.00 of Nov 9 herself; of Nov 10 $25.00 copay, her insurer $142.00."""

    practice: Practice
    bob: Actor
    maya: Client
    old: Charge
    new: Charge
    insured: Charge

    def pays(self, amount: str, **facts: Any) -> dict[str, Any]:
        """The facts of a payment by check."""
        return {
            "actor": self.bob,
            "client_id": self.maya.pk,
            "method": "check",
            "amount": Decimal(amount),
            "received_on": TODAY,
        } | facts


@pytest.fixture
def books(people: Cast, inside: Any) -> Iterator[Books]:
    """Inside Fernhollow's context."""
    practice = people.fernhollow
    with inside(practice):
        maya, charlie = make_client(), make_clinician()
        payer = PracticePayer.objects.create(name="Keystone Mutual")
        yield Books(
            practice,
            people.actor(people.bob),
            maya,
            make_charge(practice, maya, charlie, "150.00"),
            make_charge(practice, maya, charlie, "100.00", day=dt.date(2026, 11, 9)),
            make_charge(practice, maya, charlie, "167.00", day=dt.date(2026, 11, 10), payer=payer, copay="25.00"),
        )
