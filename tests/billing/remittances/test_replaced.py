"""A claim that was replaced or voided, taken back by the payer in the file that answers its successor."""

from __future__ import annotations

import pytest

from billing.claims import correcting
from billing.models import Claim, Denial
from edi.remittances.reversals import negated
from practice import states
from practice.actors import Actor
from tests.billing.claim_factories import Bench, answer, books, remittance
from tests.billing.remittances.hands import arrive_and_post, status


def on_its_way(bench: Bench, claim: Claim) -> Claim:
    """The successor as if it had been sent and accepted."""
    for state in (Claim.Status.BATCHED, Claim.Status.SENT, Claim.Status.ACCEPTED):
        states.transition(claim, state, actor=Actor.system(bench.practice.pk))
    return claim


def successor(bench: Bench, claim: Claim) -> Claim:
    """A replacement that changes nothing."""
    correction = correcting.correction_of(claim, list(claim.lines.order_by("position")))
    return correcting.replace(actor=bench.biller, claim_id=claim.pk, correction=correction)


@pytest.mark.parametrize("together", [True, False], ids=["in-one-file", "taken-back-first"])
def test_what_is_taken_back_of_a_replaced_claim_leaves_it_replaced(bench: Bench, together: bool) -> None:
    claim = bench.claim("150.00")
    refused = answer(claim, "0.00", "CO-16 150.00")
    arrive_and_post(bench, remittance(refused))
    claim.refresh_from_db()
    new = on_its_way(bench, successor(bench, claim))
    back, paid = negated(refused), answer(new, "150.00", icn="ICN-NEW")
    parts = [(back, paid)] if together else [(back,), (paid,)]
    for number, part in enumerate(parts, 2):
        arrive_and_post(bench, remittance(*part, trace=f"EFT000{number}"), control=number)
    assert (status(claim), status(new)) == ("replaced", "paid")
    assert books() == {"payer_clearing": "150.00", "revenue": "-150.00"}
    assert not Denial.objects.exclude(status="resolved").exists()
