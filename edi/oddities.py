"""What was odd in an answer that could still be read, in words and with the number of the segment."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Oddity:
    """One oddity; `segment` counts from ST as 1, and 0 means the transaction as a whole.

    `grave` says that money or an identifier could not be read: whatever the sums say, a person has to look.
    """

    segment: int
    words: str
    grave: bool = False
