"""What each figure means, and how it comes from facts of claims. Pure: no database, no clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Final

DEFINITIONS: Final[Mapping[str, tuple[str, str]]] = {
    "sent": ("Claims sent", "Originals to a first payer, in the month they were sent for the first time."),
    "first_pass": (
        "First-pass acceptance",
        "Of those that were answered, the share that no acknowledgment (999 or 277CA) ever sent back.",
    ),
    "denied": ("Denial rate", "Of those that a posted remittance answered, the share of which money was refused."),
    "days": (
        "Days to payment",
        "From the first sending to the date of the first remittance that paid something: the middle of all.",
    ),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One claim: first sent, answered at all, sent back ever, answered by a remittance, refused, days until paid."""

    claim_id: int
    payer_id: int
    sent_on: dt.date
    is_answered: bool
    is_rejected: bool
    is_decided: bool
    is_denied: bool
    days: int | None

    @property
    def month(self) -> str:
        """`2026-11`."""
        return f"{self.sent_on:%Y-%m}"


BEHIND: Final[Mapping[str, Callable[[Fact], bool]]] = {
    "sent": lambda one: True,
    "rejected": lambda one: one.is_answered and one.is_rejected,
    "accepted": lambda one: one.is_answered and not one.is_rejected,
    "decided": lambda one: one.is_decided,
    "denied": lambda one: one.is_decided and one.is_denied,
    "paid": lambda one: one.days is not None,
}
"""The claims behind a figure."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of some claims and what they come to; shares in percent with one decimal, None of nothing."""

    sent: int
    answered: int
    rejected: int
    decided: int
    denied: int
    paid: int
    days: float | None

    @property
    def first_pass(self) -> str:
        """`97.4 %` of what was answered."""
        return share(self.answered - self.rejected, self.answered)

    @property
    def denial_rate(self) -> str:
        """`5.1 %` of what was decided."""
        return share(self.denied, self.decided)

    @property
    def days_to_payment(self) -> str:
        """`14`, or `14.5` between two."""
        if self.days is None:
            return ""
        return f"{self.days:.1f}".removesuffix(".0")


def figures(facts: Iterable[Fact]) -> Figures:
    """The figures of these claims."""
    rows = list(facts)
    waits = [one.days for one in rows if one.days is not None]
    return Figures(
        sent=len(rows),
        answered=sum(one.is_answered for one in rows),
        rejected=sum(map(BEHIND["rejected"], rows)),
        decided=sum(one.is_decided for one in rows),
        denied=sum(map(BEHIND["denied"], rows)),
        paid=len(waits),
        days=median(waits) if waits else None,
    )


def share(part: int, whole: int) -> str:
    """A part of a whole in percent; empty where there is no whole."""
    if not whole:
        return ""
    tenths = (part * 2000 + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}%"
