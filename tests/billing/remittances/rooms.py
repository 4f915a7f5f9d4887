"""The bench with a browser in which the biller is signed in, and what pages' tests say shortly."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.test import Client as Browser
from django.urls import reverse

from billing.models import Claim, Remittance
from edi.parties import Name
from edi.remittances import model as x12
from tests.billing.claim_factories import Bench, answer

SLUG = "fernhollow"


@dataclass
class Room:
    """`inside` opens the practice."""

    bench: Bench
    bob: Browser
    inside: Any

    def open(self) -> Any:
        return self.inside(self.bench.practice)

    def get(self, name: str, *ids: int, **query: str) -> str:
        response = self.bob.get(url(name, *ids), query)
        assert response.status_code == 200
        return response.content.decode()

    def post(self, name: str, *ids: int, **body: Any) -> str:
        return self.bob.post(url(name, *ids), body, follow=True).content.decode()

    def status(self, row: Remittance) -> str:
        """What the remittance is now."""
        with self.open():
            return str(Remittance.objects.get(pk=row.pk).status)


def url(name: str, *ids: int) -> str:
    return reverse(name, args=[SLUG, *ids])


def stranger(claim: Claim, name: str = "BROUDY", **facts: Any) -> x12.ClaimPayment:
    """An answer to a claim of ours that names neither number."""
    said = answer(claim, "97.83", "CO-45 52.17", **facts)
    lines = tuple(replace(one, references=()) for one in said.lines)
    who = Name("QC", name, "THEO", id_qualifier="MI", id=claim.coverage.member_id)
    return replace(said, patient_control_number="", payer_control_number="X1", names=(who,), lines=lines)
