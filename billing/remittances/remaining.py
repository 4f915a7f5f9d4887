"""What stands of a claim when its payer takes one of several answers back, whatever order they were posted in. Pure.

An answer moves the client's share from where the answers before it had left it. When one of those is taken back later,
what it had moved has to stay, or the client would owe less than the answer that stands says.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from billing.ledger.postings import Posting
from billing.models import Account
from billing.remittances.loading import Said


@dataclass(frozen=True, slots=True)
class Remaining:
    """An answer that stands: how much it refused, and the charges of which it says the client's share."""

    said: Said
    refused: Decimal
    charges: frozenset[int] = field(default=frozenset())


def kept_shares(
    taken: Sequence[Posting],
    original: int,
    remaining: Sequence[Remaining],
    order: Mapping[int, int],
    *,
    remittance_id: int,
) -> dict[int, list[Posting]]:
    """What stays of the share that a taken answer had moved, by the first answer that was posted on top of it.

    `taken` are the lines of the answer `original` as it was posted, `order` says which answer was posted when.
    """
    later = [one for one in remaining if order.get(one.said.row.pk, 0) > order.get(original, 0)]
    later.sort(key=lambda one: order[one.said.row.pk])
    found: dict[int, list[Posting]] = {}
    for line in taken:
        if line.account == Account.CLIENT_RECEIVABLE and line.coverage_id is None:
            first = next((one for one in later if line.charge_id in one.charges), None)
            if first is not None:
                share = replace(line, remittance_id=remittance_id)
                owed = replace(share, account=Account.INSURER_RECEIVABLE, amount=-line.amount)
                found.setdefault(first.said.row.pk, []).extend([share, owed])
    return found


def refused_all(answers: Collection[bool], earlier: Collection[bool]) -> bool:
    """Whether everything that stands refused the claim: what this remittance says, and what stood before."""
    return all(answers) and all(earlier)
