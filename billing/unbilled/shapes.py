"""What the filing clock shows: one thing that is not sent yet, how near its deadline is, and what is in the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from practice.money import ZERO


class Stage(StrEnum):
    """How far it is."""

    SESSION = "session"
    CHARGED = "charged"
    CLAIM = "claim"
    SECONDARY = "secondary"


STAGES: Final[Mapping[Stage, str]] = {
    Stage.SESSION: "Sessions not billed",
    Stage.CHARGED: "Billed without a claim",
    Stage.CLAIM: "Claims not sent",
    Stage.SECONDARY: "Secondary claims not sent",
}
OVER, SOON, MONTH, TWO, LATER, NONE = "over", "14", "30", "60", "later", "none"
DUE: Final = "due"
BUCKETS: Final[Mapping[str, str]] = {
    OVER: "Deadline over",
    SOON: "Within 14 days",
    MONTH: "15–30 days",
    TWO: "31–60 days",
    LATER: "Later",
    NONE: "No deadline",
}
_MOST: Final = ((-1, OVER), (14, SOON), (30, MONTH), (60, TWO))
SOON_DAYS: Final = 14


@dataclass(frozen=True, slots=True)
class Way:
    """The action that clears it: what its link says and where it leads."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing no payer was asked for: whose, of which day, dollars, and the sentence that says what is in the way.

    `code` is shared by all that wait for the same; `amount` is None while nothing says what it costs.
    """

    stage: Stage
    key: int
    url: str
    client: str
    on: dt.date
    payer: str
    payer_id: int
    clinician: str
    clinician_id: int
    deadline: dt.date | None
    amount: Decimal | None
    code: str
    title: str
    why: str = ""
    way: Way | None = None
    until: dt.date | None = None
    session_count: int = 1

    @property
    def service_on(self) -> dt.date:
        """The day of the session, or of the claim's first."""
        return self.on

    @property
    def last_on(self) -> dt.date:
        """The day of the claim's last session."""
        return self.until or self.on

    @property
    def dollars(self) -> Decimal:
        """The amount for sums; nothing while it has none."""
        return self.amount if self.amount is not None else ZERO


def bucket(deadline: dt.date | None, today: dt.date) -> str:
    """How near a deadline is."""
    if deadline is None:
        return NONE
    left = (deadline - today).days
    return next((key for most, key in _MOST if left <= most), LATER)
