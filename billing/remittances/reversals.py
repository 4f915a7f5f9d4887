"""Finds the posted answer that a reversal takes back, and checks that it is its exact negation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from billing.models import Remittance, RemittanceClaim
from billing.remittances.loading import Said, as_payment, of_rows
from edi.remittances.model import PREDETERMINATION, REVERSAL
from edi.remittances.reversals import is_negation


@dataclass(slots=True)
class Found:
    """The original by the reversal's key, why the others cannot be posted, and what stands of each claim then."""

    originals: dict[int, Said] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    standing: dict[int, list[Said]] = field(default_factory=dict)


def find(reversals: Sequence[Said]) -> Found:
    """The originals of matched reversals: posted, not taken back yet, the latest under the payer's number first."""
    found = Found()
    if not reversals:
        return found
    found.standing = _standing({one.row.claim_id for one in reversals if one.row.claim_id})
    for one in reversals:
        candidates = found.standing.get(one.row.claim_id or 0, [])
        original = _original(one, candidates)
        if original is None:
            found.refused.append(_why(one, candidates))
        else:
            candidates.remove(original)
            found.originals[one.row.pk] = original
    return found


def _standing(claim_ids: set[int]) -> dict[int, list[Said]]:
    """Posted answers by claim, the latest first."""
    posted = RemittanceClaim.objects.filter(claim__in=claim_ids, remittance__status=Remittance.Status.POSTED)
    rows = [row for row in posted.order_by("-pk") if row.status_code not in {REVERSAL, PREDETERMINATION}]
    gone = RemittanceClaim.objects.filter(reverses__in=[row.pk for row in rows]).values_list("reverses_id", flat=True)
    taken = set(gone)
    found: dict[int, list[Said]] = {}
    for said in of_rows([row for row in rows if row.pk not in taken]):
        found.setdefault(said.row.claim_id or 0, []).append(said)
    return found


def _original(reversal: Said, candidates: Sequence[Said]) -> Said | None:
    number = reversal.row.payer_control_number
    first = sorted(candidates, key=lambda one: one.row.payer_control_number != number)
    back = as_payment(reversal)
    return next((one for one in first if is_negation(as_payment(one), back)), None)


def _why(reversal: Said, candidates: Sequence[Said]) -> str:
    what = f"Claim {reversal.row.number or reversal.row.position} takes back an earlier answer"
    if not candidates:
        return f"{what} that was never posted here. Post that remittance first."
    return f"{what}, but its amounts are not the opposite of what was posted."
