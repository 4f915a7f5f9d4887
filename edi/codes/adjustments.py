"""Claim adjustment reasons (CAS, X12 external list 139): what an amount taken off a claim asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from edi.codes.tables import load


class Treatment(StrEnum):
    """What becomes of an adjusted amount by default; a practice may decide otherwise."""

    WRITEOFF = "writeoff"
    PATIENT = "patient"
    DENIAL_WORKLIST = "denial_worklist"
    NEXT_PAYER = "next_payer"
    HOLD = "hold"
    INFO = "info"


GROUPS: Mapping[str, str] = {
    "CO": "Contract: the client may not be asked for it",
    "PR": "The client's share",
    "OA": "Another reason, such as what an earlier payer did",
    "PI": "The payer's own decision, without a contract",
}


@dataclass(frozen=True, slots=True)
class AdjustmentReason:
    """One reason code; `by_group` holds its treatment under CO, PR, OA and PI."""

    code: str
    meaning: str
    category: str
    default: Treatment
    by_group: Mapping[str, Treatment]
    next_action: str
    relevance: str

    @property
    def is_patient_share(self) -> bool:
        """Whether the reason is by its nature the client's share: deductible, coinsurance, copay and the like."""
        return self.default is Treatment.PATIENT


@lru_cache(maxsize=1)
def adjustment_reasons() -> Mapping[str, AdjustmentReason]:
    """All reasons by code."""
    return load("claim_adjustment_reasons", _reason)


@lru_cache(maxsize=4096)
def treatment(group: str, reason: str) -> Treatment:
    """The default treatment of an amount under `group` and `reason`; held for a person when either is not known."""
    known = adjustment_reasons().get(reason)
    if known is None:
        return Treatment.HOLD
    decided = known.by_group.get(group, Treatment.HOLD)
    if group != "PR" and decided is Treatment.PATIENT:
        return Treatment.HOLD
    return decided


def _reason(row: Mapping[str, str]) -> AdjustmentReason:
    return AdjustmentReason(
        code=row["code"],
        meaning=row["meaning"],
        category=row["category"],
        default=Treatment(row["default_handling"]),
        by_group={group: Treatment(row[f"handling_{group.lower()}"]) for group in GROUPS},
        next_action=row["next_action"],
        relevance=row["relevance"],
    )
