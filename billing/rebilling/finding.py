"""Payers that a 271 named besides the one that refused: a carve-out for behavioral health, or other insurance."""

from __future__ import annotations

from dataclasses import dataclass

from billing.eligibility.acting import payer_of
from billing.eligibility.facts import Party, from_data
from billing.models import Claim, EligibilityCheck
from practice.models import PracticePayer


@dataclass(frozen=True, slots=True)
class Found:
    """Who was named; `payer` is the practice's own entry of it, where it has one."""

    party: Party
    payer: PracticePayer | None
    is_carve_out: bool


def found_for(claim: Claim) -> list[Found]:
    """Whom the answer that counts for the claim's plan names; a query for each of the few it names."""
    rows = EligibilityCheck.objects.filter(coverage=claim.coverage_id, is_current=True, set_aside_at=None)
    check = rows.first()
    if check is None:
        return []
    facts = from_data(check.facts)
    named = [(one, True) for one in facts.carve_outs] + [(one, False) for one in facts.other_payers]
    return [Found(party, payer_of(party), carved) for party, carved in named]
