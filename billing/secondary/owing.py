"""What each of a client's payers still owes on charges, and whose debt an amount is taken from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from billing.ledger.postings import ChargeFacts
from billing.models import Claim
from billing.receivables import Owed, owed, owed_by_later
from clients.models import Coverage
from practice.money import ZERO, total


def open_with(claim: Claim, charge_ids: Iterable[int]) -> dict[int, Decimal]:
    """What the payer of a claim owes on each of these charges; two statements."""
    ids = list(charge_ids)
    every, later = owed(ids), owed_by_later(ids)
    if claim.follows_id is not None:
        return {pk: later.get(pk, {}).get(claim.coverage_id, Owed()).by_insurer for pk in ids}
    return {
        pk: every.get(pk, Owed()).by_insurer - total(one.by_insurer for one in later.get(pk, {}).values()) for pk in ids
    }


def left_for_later(charge_ids: Iterable[int]) -> Decimal:
    """What later payers owe on these charges together."""
    found = owed_by_later(charge_ids).values()
    return total(one.by_insurer for of_charge in found for one in of_charge.values())


def debts(facts: ChargeFacts, amount: Decimal, coverage_id: int | None = None) -> Sequence[tuple[ChargeFacts, Decimal]]:
    """Whose debts an amount that insurers owe on a charge is made of.

    The payer of `coverage_id` gives what it owes, then the charge's own, then the others; what nobody owes is the own
    insurer's.
    """
    later = {pk: one.by_insurer for pk, one in owed_by_later([facts.charge_id]).get(facts.charge_id, {}).items()}
    if not any(later.values()):
        return [(facts, amount)]
    own = owed([facts.charge_id]).get(facts.charge_id, Owed()).by_insurer - total(later.values())
    payers = dict(Coverage.objects.filter(pk__in=later).values_list("pk", "payer_id"))
    known = [(facts, own)]
    known += [(replace(facts, payer_id=payers[pk], coverage_id=pk), sum_) for pk, sum_ in sorted(later.items())]
    known.sort(key=lambda one: one[0].coverage_id != coverage_id)
    return _taken(known, amount, facts)


def _taken(
    known: Sequence[tuple[ChargeFacts, Decimal]], amount: Decimal, own: ChargeFacts
) -> list[tuple[ChargeFacts, Decimal]]:
    found: list[tuple[ChargeFacts, Decimal]] = []
    for facts, open_now in known:
        part = min(max(open_now, ZERO), amount)
        if part:
            found.append((facts, part))
            amount -= part
    return [*found, (own, amount)] if amount else found
