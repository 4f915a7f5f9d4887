"""What a payer passed on to the next one by itself is known, so that no secondary claim is offered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from billing.models import ClaimEvent
from billing.remittances import services
from billing.remittances.forwarding import NEXT_PAYER, forwarded_to
from edi.parties import Name
from edi.remittances.reversals import negated
from tests.billing.claim_factories import Bench, answer, remittance
from tests.billing.remittances.hands import arrive, arrive_and_post

MEDICAID = Name("TT", "STATE MEDICAID", id_qualifier="PI", id="SKPA0", is_person=False)


@pytest.mark.parametrize("status", ["19", "20", "21"])
def test_a_status_of_passed_on_is_enough(bench: Bench, status: str) -> None:
    claim, other = bench.claim("150.00"), bench.claim("150.00")
    arrive(bench, remittance(answer(claim, "120.00", "CO-45 30.00", status=status), answer(other, "150.00")))
    assert forwarded_to([claim.pk, other.pk]) == {claim.pk: NEXT_PAYER}


def test_the_next_payer_is_named_on_the_claim(bench: Bench) -> None:
    claim = bench.claim("150.00")
    said = answer(claim, "120.00", "CO-45 30.00")
    arrive_and_post(bench, remittance(replace(said, names=(*said.names, MEDICAID))))
    assert forwarded_to([claim.pk]) == {claim.pk: "STATE MEDICAID"}
    event = ClaimEvent.objects.get(claim=claim, kind=ClaimEvent.Kind.REMITTED)
    assert "passed the claim on to STATE MEDICAID" in event.detail


def test_an_answer_taken_back_or_set_aside_passes_nothing_on(bench: Bench) -> None:
    claim, other = bench.claim("150.00"), bench.claim("150.00")
    said = answer(claim, "150.00", status="19")
    arrive_and_post(bench, remittance(said))
    arrive_and_post(bench, remittance(negated(said), trace="EFT0002"), control=2)
    [row] = arrive(bench, remittance(answer(other, "150.00", status="19"), trace="EFT0003"), control=3)
    services.set_aside(row.pk, reason="Of another practice", actor=bench.biller)
    assert forwarded_to([claim.pk, other.pk]) == {}
