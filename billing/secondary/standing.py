"""What stands of a pair of claims: the first payer's latest answer, and the claim to the next payer under way."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from django.db.models import Exists, OuterRef

from billing.claims import batching
from billing.models import Claim, Remittance, RemittanceClaim
from edi.remittances.model import PREDETERMINATION, REVERSAL

HERE: Final = frozenset({Claim.Status.DRAFT, Claim.Status.READY, Claim.Status.BATCHED, Claim.Status.REJECTED})
"""Nobody has judged a claim in these states, so that it may still be changed in place or withdrawn."""

OVER: Final = (Claim.Status.WITHDRAWN, Claim.Status.REPLACED, Claim.Status.VOIDED)


def answers_of(claim_ids: Collection[int]) -> dict[int, RemittanceClaim]:
    """The latest posted answer of each claim that its payer has not taken back; one statement."""
    back = RemittanceClaim.objects.filter(reverses=OuterRef("pk"), remittance__status=Remittance.Status.POSTED)
    rows = RemittanceClaim.objects.filter(~Exists(back), claim__in=list(claim_ids))
    posted = rows.filter(remittance__status=Remittance.Status.POSTED).select_related("remittance").order_by("pk")
    kept = posted.exclude(status_code__in=(REVERSAL, PREDETERMINATION))
    return {row.claim_id: row for row in kept if row.claim_id is not None}


def followers_of(claim_ids: Collection[int]) -> dict[int, Claim]:
    """By claim to a first payer, the claim to the next one that stands, locked after its batch. Four statements.

    It is found by the session, so that a claim in place of the first finds it too. A claim to a later payer has none.
    """
    firsts = Claim.objects.filter(pk__in=list(claim_ids), follows__isnull=True)
    asked = dict(firsts.values_list("attendance_id", "pk"))
    rows = Claim.objects.filter(attendance__in=list(asked), follows__isnull=False).exclude(status__in=OVER)
    ids = list(rows.exclude(frequency=Claim.Frequency.VOID).values_list("pk", flat=True))
    if not ids:
        return {}
    batching.lock_batches_of_claims(ids)
    left = Claim.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=ids).select_related("payer")
    return {asked[row.attendance_id]: row for row in left.order_by("pk") if row.status not in OVER}
