"""Answers of a next payer that the first one asked itself (crossover): they come under the first claim's number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from billing.models import Claim, Remittance, RemittanceClaim
from billing.secondary.turns import turns
from edi.remittances.model import REVERSAL
from practice.models import PracticePayer

_OVER: Final = (Claim.Status.WITHDRAWN, Claim.Status.REPLACED, Claim.Status.VOIDED)
LATER: Final = frozenset({"2", "3", "20", "21"})
"""CLP02: processed as secondary or tertiary, the latter two passed on further."""


def redirect(remittance: Remittance, rows: Sequence[RemittanceClaim]) -> list[RemittanceClaim]:
    """Lets rows that the next payer sent about a first claim speak of its own claim; those changed. Nothing is saved.

    Where the first payer passed nothing on there is none, and no statement is made beyond the one that looks.
    """
    found = _passed_on({row.claim_id for row in rows if row.claim_id is not None})
    changed = []
    for row in rows:
        follower = found.get(row.claim_id or 0)
        if follower is not None and _is_about(remittance, row, follower):
            row.claim_id = follower.pk
            changed.append(row)
    return changed


def early(remittance: Remittance, rows: Iterable[RemittanceClaim]) -> list[RemittanceClaim]:
    """Answers of the next payer that came before the first one’s was posted; no statement where none can be."""
    asked = [row for row in rows if row.claim_id is not None and row.status_code in LATER]
    if not asked:
        return []
    whose = turns({row.claim_id for row in asked if row.claim_id is not None})
    payers = PracticePayer.objects.in_bulk({turn.next_payer_id for turn in whose.values() if turn.next_payer_id})
    return [
        row
        for row in asked
        if (turn := whose.get(row.claim_id or 0)) is not None
        and turn.next_payer_id in payers
        and turn.next_payer_id != turn.payer_id
        and _is_from(remittance, payers[turn.next_payer_id or 0])
    ]


def _passed_on(claim_ids: set[int]) -> dict[int, Claim]:
    rows = Claim.objects.filter(follows__in=claim_ids, forwarded=True).exclude(status__in=_OVER)
    return {row.follows_id: row for row in rows.select_related("payer").order_by("pk") if row.follows_id is not None}


def _is_about(remittance: Remittance, row: RemittanceClaim, follower: Claim) -> bool:
    """Whether the next payer sent it: by its status, its name or number, or by the answer it takes back."""
    if row.status_code in LATER:
        return True
    if row.status_code == REVERSAL and row.payer_control_number:
        known = RemittanceClaim.objects.filter(claim=follower, payer_control_number=row.payer_control_number)
        return known.exists()
    return _is_from(remittance, follower.payer)


def _is_from(remittance: Remittance, payer: PracticePayer) -> bool:
    said = {remittance.payer_identifier.upper(), remittance.payer_name.upper()} - {""}
    return bool(said & {payer.payer_id.upper(), payer.name.upper()})
