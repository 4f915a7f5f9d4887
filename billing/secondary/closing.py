"""What a later payer's answer means for the claim before it: a refusal that is paid now needs no more work."""

from __future__ import annotations

from collections.abc import Collection

from billing.models import Claim, ClaimLine, Denial
from billing.remittances.aftermath import resolve_many
from billing.remittances.books import Books
from practice.actors import Actor
from practice.money import ZERO, total

_OPEN = (Denial.Status.OPEN, Denial.Status.WAITING)


def close_denials(claim_ids: Collection[int], books: Books, *, actor: Actor) -> None:
    """Closes open denials of the first claims where the later payers paid all that was still refused."""
    pairs = Claim.objects.filter(pk__in=list(claim_ids)).values_list("follows_id", "payer__name")
    names = {first: name for first, name in pairs if first is not None}
    denials = list(Denial.objects.select_for_update(no_key=True).filter(claim__in=list(names), status__in=_OPEN))
    if not denials:
        return
    charges: dict[int, list[int]] = {}
    lines = ClaimLine.objects.filter(claim__in=[row.claim_id for row in denials])
    for claim_id, charge_id in lines.values_list("claim_id", "charge_id"):
        charges.setdefault(claim_id, []).append(charge_id)
    for row in denials:
        known = [books.standings[pk] for pk in charges.get(row.claim_id, []) if pk in books.standings]
        if total(one.first for one in known) <= ZERO:
            resolve_many([row], Denial.Resolution.PAID, f"Paid by {names[row.claim_id]}", actor=actor)
