"""Under which reference a remittance's amounts stand in the books, however the payer wrote it this time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from billing.models import RemittanceClaim, Takeback
from billing.takebacks.keys import candidates, key_of


@dataclass(slots=True)
class Naming:
    """The references that are known, by key; `of` finds the one that is meant."""

    known: dict[str, str] = field(default_factory=dict)

    def of(self, reference: str) -> str:
        """The reference as it was written first, or this one where it is new."""
        for key in candidates(reference):
            if key in self.known:
                return self.known[key]
        self.known[key_of(reference)] = reference
        return reference


def naming(payer_id: int | None, references: Iterable[str], reversals: Iterable[RemittanceClaim]) -> Naming:
    """What is known of these references and of the answers taken back beside them; one statement.

    A takeback that is known goes before, by the payer's number of a reversal or by ours.
    """
    back = [(row.payer_control_number or row.number, row.number) for row in reversals]
    wanted = [key for one in (*references, *(name for pair in back for name in pair)) for key in candidates(one)]
    rows = Takeback.objects.filter(payer=payer_id, key__in=wanted)
    known = dict(rows.values_list("key", "reference"))
    for first, other in back:
        reference = known.get(key_of(first)) or known.get(key_of(other)) or first
        known.setdefault(key_of(first), reference)
        if other:
            known.setdefault(key_of(other), reference)
    return Naming(known)
