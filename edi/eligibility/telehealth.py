"""What a payer says about sessions by video or telephone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from edi.eligibility.benefit import Benefit
from edi.eligibility.said import SERVICES, Said, concerns, said
from edi.eligibility.shares import COINSURANCE, COPAY, NOT_COVERED, Figure, visit_cost

TELEMEDICINE: Final = "E37"
PLACES: Final = frozenset({"02", "10"})
"""Telehealth outside the client's home and in it."""

ORDER: Final = (TELEMEDICINE, *SERVICES)
OUTSIDE: Final = "N"

_names_it = re.compile(
    r"\bTELE-?(?:HEALTH|MED|PSYCH|MENTAL|BEHAV|THERAP|VISIT)|\bVIRTUAL|\bVIDEO (?:VISIT|SESSION)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Telehealth:
    """In network or without a network; `messages` are the free texts that name it, which nobody has interpreted."""

    covered: Said[bool] | None = None
    copay: Figure | None = None
    coinsurance: Figure | None = None
    messages: tuple[str, ...] = ()


def telehealth(rows: Sequence[Benefit]) -> Telehealth:
    """What the rows limited to telehealth say (III with place 02 or 10, service type E37), and who else names it."""
    own = [row for row in rows if is_telehealth(row) and row.network != OUTSIDE]
    about = (row for row in rows if any(concerns(row, code) for code in ORDER))
    messages = (text for row in about for text in row.messages if _names_it.search(text))
    return Telehealth(said(own, _is_covered, ORDER), *visit_cost(own, ORDER), tuple(dict.fromkeys(messages)))


def is_telehealth(row: Benefit) -> bool:
    """Whether a row is about telehealth."""
    return TELEMEDICINE in row.service_types or not PLACES.isdisjoint(row.places)


def _is_covered(row: Benefit) -> bool | None:
    """A share of the client's says that the rest is covered."""
    if row.information == NOT_COVERED:
        return False
    if row.information in {COPAY, COINSURANCE}:
        return True
    return {"active": True, "inactive": False}.get(row.effect)
