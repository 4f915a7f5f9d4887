"""What became of a transaction: its own state, or that of the remittance which an 835 turned into, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from billing.claims.words import Chip
from billing.models import InboundTransaction, Remittance
from billing.remittances.chips import CHIPS as REMITTANCE_CHIPS

T = InboundTransaction.Status
R = Remittance.Status
PART_CHIPS: Final[dict[str, Chip]] = {
    T.APPLIED: Chip("done", "", "Applied"),
    T.UNMATCHED: Chip("wait", "", "Matches nothing of yours"),
    T.UNREADABLE: Chip("stop", "", "Unreadable"),
    T.SET_ASIDE: Chip("calm", "over", "Set aside"),
}
HELD: Final = "held"
_COUNTED: Final[dict[str, str]] = {
    R.HELD: HELD,
    R.READY: "ready to post",
    R.POSTED: "posted",
    R.SET_ASIDE: "set aside",
    R.DUPLICATE: "arrived before",
}


@dataclass(frozen=True, slots=True)
class PartRow:
    """A transaction of a file, the remittance it became, and the sentences that say how that one stands."""

    part: InboundTransaction
    chip: Chip
    remittance: Remittance | None = None
    why: Sequence[str] = ()


def with_remittances(rows: Iterable[InboundTransaction]) -> list[PartRow]:
    """The transactions as they stand; one query."""
    known = list(rows)
    found = {one.transaction_id: one for one in Remittance.objects.filter(transaction__in=[row.pk for row in known])}
    return [_standing(row, found.get(row.pk)) for row in known]


def counted(statuses: Iterable[str]) -> list[str]:
    """`1 held`, `2 ready to post`: the remittances of a file, those that wait for somebody first."""
    counts = Counter(statuses)
    return [f"{counts[status]} {words}" for status, words in _COUNTED.items() if counts[status]]


def _standing(part: InboundTransaction, remittance: Remittance | None) -> PartRow:
    """An 835 that was applied stands as its remittance does: nothing of a held one is in the books."""
    if remittance is None or part.status != T.APPLIED:
        return PartRow(part, PART_CHIPS[part.status], remittance)
    return PartRow(part, REMITTANCE_CHIPS[remittance.status], remittance, _why(remittance))


def _why(row: Remittance) -> list[str]:
    if row.status == R.HELD:
        return [hold["words"] for hold in row.held_for]
    if row.status == R.READY:
        return ["Nothing of it is posted yet: it waits until somebody posts it."]
    return []
