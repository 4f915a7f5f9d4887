"""What stays open when somebody leaves. Higher rooms register what they know: sessions booked, notes unsigned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final

StaysOpen = Callable[[int, dt.date], list[str]]
_askers: Final[list[StaysOpen]] = []


def register(asker: StaysOpen) -> StaysOpen:
    """Adds a function of a clinician's id and their last day that gives sentences; called at start-up."""
    if asker not in _askers:
        _askers.append(asker)
    return asker


def known_elsewhere(clinician_id: int, last_day: dt.date) -> list[str]:
    """What the registered rooms say stays open after the last day."""
    return [sentence for asker in _askers for sentence in asker(clinician_id, last_day)]
