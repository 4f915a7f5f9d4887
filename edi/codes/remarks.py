"""Remark codes (LQ, MOA and MIA, X12 external list 411): why, in more detail than the adjustment reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from edi.codes.tables import load


class RemarkKind(StrEnum):
    """What a remark is for."""

    FIX = "fix"
    EXPLAIN = "explain"
    ALERT = "alert"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class RemarkCode:
    """One remark code."""

    code: str
    kind: RemarkKind
    category: str
    meaning: str
    next_action: str


@lru_cache(maxsize=1)
def remark_codes() -> Mapping[str, RemarkCode]:
    """The remark codes a behavioral health practice meets, by code; the full list has more than a thousand."""
    return load("remark_codes", _remark)


def _remark(row: Mapping[str, str]) -> RemarkCode:
    return RemarkCode(
        code=row["code"],
        kind=RemarkKind(row["kind"]),
        category=row["category"],
        meaning=row["meaning"],
        next_action=row["next_action"],
    )
