"""What one cell of the enrollment grid says: pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from clinicians.words import short

AHEAD: Final = 90
UNDERWAY: Final = {
    "gathering": ("calm", "draft", "Gathering papers"),
    "sent": ("move", "quarter", "Applied"),
    "review": ("move", "half", "In review"),
}
SUPERVISED_LEVELS: Final = frozenset({"associate", "trainee"})


@dataclass(frozen=True, slots=True)
class Standing:
    """One enrollment: its status and the days from and to which it holds."""

    status: str
    effective_on: dt.date | None
    ends_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Cell:
    """Kind, glyph, word and the date below it. Only what somebody must notice is tinted."""

    kind: str
    glyph: str
    word: str
    note: str = ""
    is_tinted: bool = False

    @property
    def needs_somebody(self) -> bool:
        """Whether it stands among what needs somebody."""
        return self.kind in {"wait", "stop"}


def cell(standing: Standing | None, *, level: str, supervisor: str, supervised: str, today: dt.date) -> Cell:
    """The cell of a clinician and a payer.

    `supervisor` is the first name of who supervises them today, `supervised` the payer's rule about associates.
    """
    if standing is None:
        return _none(level, supervisor, supervised)
    if standing.status in UNDERWAY:
        return Cell(*UNDERWAY[standing.status])
    if standing.status == "denied":
        return Cell("stop", "stopped", "Denied", is_tinted=True)
    return _dated(standing, today)


def _none(level: str, supervisor: str, supervised: str) -> Cell:
    if level not in SUPERVISED_LEVELS:
        return Cell("calm", "", "Not applied")
    if supervised == "refused":
        return Cell("calm", "", "Not allowed", "associates")
    if supervisor:
        return Cell("done", "done", f"Via {supervisor}", "supervised")
    return Cell("wait", "needs-you", "No supervisor", is_tinted=True)


def _dated(standing: Standing, today: dt.date) -> Cell:
    """In network, not yet, ending soon, or over."""
    begins, ends = standing.effective_on, standing.ends_on
    if ends is not None and ends < today:
        return Cell("stop", "stopped", "Ended", short(ends, today), is_tinted=True)
    if standing.status == "ended" and ends is None:
        return Cell("stop", "stopped", "Ended", is_tinted=True)
    if begins is not None and begins > today:
        return Cell("move", "three-quarter", f"From {short(begins, today)}", is_tinted=True)
    if ends is not None and (ends - today).days <= AHEAD:
        return Cell("wait", "needs-you", "Ends", short(ends, today), is_tinted=True)
    return Cell("done", "done", f"Since {begins.year}" if begins else "In network")
