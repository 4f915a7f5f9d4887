"""What an adjustment does in the ledger: the practice's own rule, else the code table's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from billing.models import AdjustmentRule, Treatment
from edi.codes.adjustments import treatment as by_table

NOT_THE_CLIENTS: Final = frozenset({"CO", "PI"})
"""Groups whose amounts the client may not be asked for: the contract's, and what the payer decided by itself."""

REFUSED: Final = frozenset({Treatment.DENIAL.value, Treatment.HOLD.value})


@dataclass(frozen=True, slots=True)
class Rules:
    """The practice's own treatments by group and reason."""

    own: dict[tuple[str, str], str]

    def treatment(self, group: str, reason: str) -> str:
        """What becomes of the amount; what contract or payer take off (CO, PI) never goes to the client."""
        decided = self.own.get((group, reason)) or by_table(group, reason).value
        if group in NOT_THE_CLIENTS and decided == Treatment.PATIENT:
            return Treatment.HOLD.value
        return str(decided)

    def is_own(self, group: str, reason: str) -> bool:
        """Whether the practice decided this itself."""
        return (group, reason) in self.own


def rules() -> Rules:
    """All rules of the practice, in one statement."""
    rows = AdjustmentRule.objects.values_list("group", "reason", "treatment")
    return Rules({(group, reason): treatment for group, reason, treatment in rows})
