"""What a category code means for a claim: only A2 is acceptance, and what is not known is never taken as one."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Verdict(StrEnum):
    """What a claim acknowledgment says."""

    ACCEPTED = "accepted"
    RECEIVED = "received"
    REJECTED = "rejected"
    UNKNOWN = "unknown"


VERDICTS = {
    "A0": Verdict.RECEIVED,
    "A1": Verdict.RECEIVED,
    "A2": Verdict.ACCEPTED,
    "A3": Verdict.REJECTED,
    "A4": Verdict.REJECTED,
    "A5": Verdict.RECEIVED,
    "A6": Verdict.REJECTED,
    "A7": Verdict.REJECTED,
    "A8": Verdict.REJECTED,
}

FROM_WORST = (Verdict.REJECTED, Verdict.UNKNOWN, Verdict.RECEIVED, Verdict.ACCEPTED)


def verdict(category: str) -> Verdict:
    """The meaning of a category (STC01-1)."""
    return VERDICTS.get(category, Verdict.UNKNOWN)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The worst of several; unknown when there is none."""
    return min(verdicts, key=FROM_WORST.index, default=Verdict.UNKNOWN)
